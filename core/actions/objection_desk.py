"""The office and objections (异议): what waits, one with the sheets that it is about, and the office's word on it.

未支持 takes a reason. 支持 takes a reason too, and a correction: the ranking is computed anew and published as its next
version. Whatever is decided is told to the unit and stands in the round's audit chain.
"""

from __future__ import annotations

from core.actions import corrections, publishing
from core.actions.computing import append_act, canonical
from core.actions.door import Moment
from core.actions.objection_views import items_in, view_of
from core.actions.ranking_inputs import of_period
from core.actions.reactions import happened
from core.errors import NoSuchObjection, NothingCorrected, ObjectionDecided
from core.events import ObjectionDecided as Decision
from core.filing import LONGEST_REASON, check_text
from core.filing_views import FiledFile
from core.objections import AskedDecision, ContestedSheet, ObjectionAnswered, ObjectionCase, ObjectionView
from core.people import Actor
from core.periods import Period
from core.permissions import Right, require
from core.rubric import Item
from core.sheet import SheetState
from core.snapshots import Question
from core.store import filing_files, objections, prompts, rankings, rounds, sheets, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.objections import ObjectionRecord
from core.store.rankings import RankingRecord
from core.store.rules import rubric_of
from core.store.sheets import SheetRecord

DECISIONS = ("uphold", "reject_objection")
"""The questions that are answered with the office's reason."""


def waiting(db: Db, actor: Actor, at: Moment) -> tuple[ObjectionView, ...]:
    """The objections that wait for the office, the oldest first. Raises NotAllowed."""
    require(actor, Right.CORRECT)
    return tuple(view_of(db, each, at.today) for each in objections.of_district(db, actor.district_id, "open"))


def look(db: Db, actor: Actor, objection_id: int, at: Moment) -> ObjectionCase:
    """An objection with the unit's sheets of that round. Raises NotAllowed or NoSuchObjection."""
    return case_of(db, _record(db, actor, objection_id), at)


def case_of(db: Db, record: ObjectionRecord, at: Moment) -> ObjectionCase:
    """An objection that the office may look into, with the unit's sheets of that round."""
    ranking = rankings.known(db, record.ranking_id)
    found = rounds.find(db, ranking.district_id, ranking.period, ranking.unit_kind)
    handed_in = [
        each
        for each in ([] if found is None else sheets.of_round(db, record.district_id, found.id, at.today))
        if each.unit_id == record.unit_id and each.state == SheetState.SUBMITTED
    ]
    rubric = rubric_of(db, ranking.rubric_hash)
    items = [rubric.item(number) for number in items_in(record)]
    return ObjectionCase(view_of(db, record, at.today), tuple(_contested(db, each, items) for each in handed_in))


def files_of(db: Db, actor: Actor, objection_id: int) -> tuple[FiledFile, ...]:
    """The files of an objection. Raises NotAllowed or NoSuchObjection."""
    record = _record(db, actor, objection_id)
    return () if record.prompt_id is None else tuple(filing_files.of_prompt(db, record.prompt_id))


def ask(db: Db, actor: Actor, objection_id: int, at: Moment, *, upholds: bool) -> AskedDecision:
    """Ask why an objection is upheld, or rejected. Raises as `take_reason` does."""
    record = _open(db, actor, objection_id)
    if upholds:
        _check_corrected(db, record, at)
    kind = "uphold" if upholds else "reject_objection"
    prompt_id = prompts.add_question(db, actor.person_id, kind, str(objection_id), at.now)
    return AskedDecision(prompt_id, upholds, view_of(db, record, at.today))


def take_reason(db: Db, actor: Actor, question: Question, text: str, at: Moment) -> ObjectionAnswered:
    """Uphold or reject an objection, with the reason that answers the question.

    Raises NotAllowed, NoSuchObjection, ObjectionDecided, TextMissing, TextTooLong, or NothingCorrected when it is to
    be upheld and nothing was corrected.
    """
    record = _open(db, actor, int(question.about))
    reason = check_text(text, LONGEST_REASON)
    upholds = question.kind == "uphold"
    if upholds:
        _check_corrected(db, record, at)
    prompts.close(db, question.prompt_id, at.now)
    objections.decide(db, record.id, "upheld" if upholds else "rejected", reason, actor.person_id, at.now)
    ranking = rankings.known(db, record.ranking_id)
    act = Act(at.now, actor.person_id, question.kind, {"objection": record.id, "reason": reason})
    append_act(db, ranking, act)
    published = _publish(db, ranking, at) if upholds else None
    happened(db, Decision(record.id, actor.person_id), at)
    return ObjectionAnswered(view_of(db, objections.known(db, record.id), at.today), published)


def _publish(db: Db, ranking: RankingRecord, at: Moment) -> int | None:
    district = units.district(db, ranking.district_id)
    return publishing.publish_again(db, district, ranking.period, ranking.unit_kind, at)


def _check_corrected(db: Db, record: ObjectionRecord, at: Moment) -> None:
    """An objection is upheld by what was corrected: published since for another one, or waiting to be."""
    ranking = rankings.known(db, record.ranking_id)
    if ranking.state == "superseded":
        return
    now = of_period(db, ranking.district_id, Period.parse(ranking.period), ranking.unit_kind, at)
    if canonical(now.pinned) == ranking.inputs:
        raise NothingCorrected(period=ranking.period)


def _contested(db: Db, sheet: SheetRecord, items: list[Item]) -> ContestedSheet:
    marks = sheets.marks(db, sheet.id)
    told = tuple((item, marks.get(item.number)) for item in items)
    return ContestedSheet(sheet.id, sheet.rater, told, corrections.waiting(db, sheet))


def _record(db: Db, actor: Actor, objection_id: int, *, to_change: bool = False) -> ObjectionRecord:
    require(actor, Right.CORRECT)
    record = objections.find(db, actor.district_id, objection_id, to_change=to_change)
    if record is None:
        raise NoSuchObjection
    return record


def _open(db: Db, actor: Actor, objection_id: int) -> ObjectionRecord:
    record = _record(db, actor, objection_id, to_change=True)
    if record.state != "open":
        raise ObjectionDecided(number=record.id, unit=units.name_of(db, record.unit_id, record.raised_at.date()))
    return record
