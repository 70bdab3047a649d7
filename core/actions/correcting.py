"""更正: the office corrects a sealed sheet, with a reason, as its next version, and publishes what follows from it.

Nothing is overwritten: the sheet as it was handed in stays, the old mark stands in the audit chain, and a ranking that
was published is followed by its next version. Whoever scored the sheet is told.
"""

from __future__ import annotations

from dataclasses import replace

from core import sheet as rules
from core.actions import corrections, publishing
from core.actions.door import Moment, snapshot, view_of
from core.actions.marking import chained, told
from core.actions.reactions import happened
from core.corrections import AskedCorrection, Corrected, CorrectedSheet, RoundCorrections, read_corrections
from core.errors import NoSuchRound, NoSuchSheet, NotHandedIn, NothingToPublish, NotSealed
from core.events import SheetCorrected
from core.people import Actor
from core.permissions import Right, require
from core.sheet import Mark, Sheet, SheetState
from core.snapshots import Question
from core.store import objections, prompts, rankings, rounds, sheets, submissions, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.sheets import SheetRecord


def ask(db: Db, actor: Actor, sheet_id: int, objection_id: int, at: Moment) -> AskedCorrection:
    """Ask what is to be corrected; `objection_id` 0: in answer to none. Raises as `take_words` does."""
    record = _sealed(db, actor, sheet_id, at)
    answers = _objection(db, record, objection_id)
    prompt_id = prompts.add_question(db, actor.person_id, "correction", f"{sheet_id}:{answers}", at.now)
    return AskedCorrection(prompt_id, view_of(db, record, snapshot(db, record, at)), answers)


def take_words(db: Db, actor: Actor, question: Question, text: str, at: Moment) -> Corrected:
    """Correct what the text names: all of it, or nothing. The same words twice are one correction.

    Raises NotAllowed, NoSuchSheet, NotHandedIn, NotSealed, CorrectionUnreadable, UnreadableMark, NoSuchItem,
    ItemNotInFocus, MarkOutOfRange, MarkNotAStep, ReasonMissing or ReasonTooLong.
    """
    sheet_id, objection_id = map(int, question.about.split(":"))
    record = _sealed(db, actor, sheet_id, at)
    sheet = snapshot(db, record, at)
    checked = {mark.item: _checked(sheet, mark) for mark in read_corrections(text)}
    new = {item: mark for item, mark in checked.items() if not _says_the_same(sheet.marks[item], mark)}
    prompts.close(db, question.prompt_id, at.now)
    if new:
        record, sheet = _correct(db, actor, record, sheet, new, objection_id, at)
    return Corrected(
        view_of(db, record, sheet),
        record.round_id,
        record.version,
        objection_id,
        tuple(checked),
        corrections.waiting(db, record),
        again=not new,
    )


def waiting_in_round(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundCorrections:
    """The corrections of a round that no ranking holds yet. Raises NotAllowed or NoSuchRound."""
    found = _round(db, actor, round_id)
    frozen = rankings.newest(db, actor.district_id, found.period, found.unit_kind)
    if frozen is None:
        return RoundCorrections(found.id, found.period, found.unit_kind, ())
    lines = [
        CorrectedSheet(each.id, each.unit, each.rater, corrections.waiting_for(db, each, frozen))
        for each in sheets.of_round(db, actor.district_id, found.id, at.today)
        if each.state == SheetState.SUBMITTED
    ]
    changed = tuple(each for each in lines if each.corrections)
    return RoundCorrections(found.id, found.period, found.unit_kind, changed)


def publish_waiting(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundCorrections:
    """公布更正: the round's ranking comes out as its next version.

    Raises NotAllowed, NoSuchRound, or NothingToPublish when that was done already.
    """
    waits = waiting_in_round(db, actor, round_id, at)
    if not waits.sheets:
        raise NothingToPublish(period=waits.period)
    found = _round(db, actor, round_id)
    told_sheets = ",".join(str(each.sheet_id) for each in waits.sheets)
    rounds.append_act(db, found, Act(at.now, actor.person_id, "publish_corrections", {"sheets": told_sheets}))
    district = units.district(db, actor.district_id)
    published = publishing.publish_again(db, district, found.period, found.unit_kind, at)
    return replace(waits, sheets=(), published=published)


def _correct(
    db: Db,
    actor: Actor,
    record: SheetRecord,
    sheet: Sheet,
    new: dict[int, Mark],
    objection_id: int,
    at: Moment,
) -> tuple[SheetRecord, Sheet]:
    version = record.version + 1
    for item, mark in new.items():
        sheets.set_mark(db, record.id, mark, actor.person_id, at.now)
        body = {"item": item, **told("old", sheet.marks[item]), **told("new", mark)}
        body |= {"objection": objection_id or None, "version": version}
        act = Act(at.now, actor.person_id, corrections.ACT, body)
        record = chained(db, record, act)
    corrected = replace(sheet, marks={**sheet.marks, **new})
    sheets.set_version(db, record.id, version)
    submissions.add(db, record.id, version, actor.person_id, at.now, corrected.marks, record.head.hash)
    happened(db, SheetCorrected(record.id, version, tuple(new), objection_id, actor.person_id), at)
    return replace(record, version=version), corrected


def _checked(sheet: Sheet, mark: Mark) -> Mark:
    item = sheet.item(mark.item)
    if mark.points is not None:
        rules.check_points(item, mark.points, sheet.rubric.step)
    return replace(mark, reason=rules.check_reason(item, mark.reason or ""))


def _says_the_same(before: Mark, new: Mark) -> bool:
    return (before.points, before.reason) == (new.points, new.reason)


def _sealed(db: Db, actor: Actor, sheet_id: int, at: Moment) -> SheetRecord:
    require(actor, Right.CORRECT)
    record = sheets.record(db, actor.district_id, sheet_id, at.today, to_change=True)
    if record is None:
        raise NoSuchSheet(sheet_id=sheet_id)
    if at.now < record.closes_at:
        raise NotSealed(unit=record.unit)
    if record.state != SheetState.SUBMITTED:
        raise NotHandedIn(unit=record.unit)
    return record


def _objection(db: Db, record: SheetRecord, objection_id: int) -> int:
    """The objection that a correction answers, if it is about this sheet's unit and not decided yet; else none."""
    found = objections.find(db, record.district_id, objection_id)
    fits = found is not None and found.unit_id == record.unit_id and found.state == "open"
    return objection_id if fits else 0


def _round(db: Db, actor: Actor, round_id: int) -> RoundRecord:
    require(actor, Right.CORRECT)
    found = rounds.by_id(db, round_id)
    if found is None or found.district_id != actor.district_id:
        raise NoSuchRound(round_id=round_id)
    return found
