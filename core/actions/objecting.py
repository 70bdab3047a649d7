"""/object (异议): a unit objects to a provisional ranking, to items of its sheets or to the ranking as a whole.

What answers the bot's question is the objection, raised when it was sent: an outage of ours makes nobody late. Each is
kept as it was said; other words are another objection, the same words twice are one. Files hang on the question.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from core import objections as rules
from core.actions import answer_files
from core.actions.computing import append_act
from core.actions.door import Moment
from core.actions.objection_views import view_of
from core.actions.reactions import happened
from core.actions.round_reasons import round_reasons
from core.errors import NoSuchObjection, NoSuchRanking, NotYourUnit
from core.events import ObjectionRaised
from core.filing import check_text
from core.filing_views import FileKept
from core.focus import read_focus, write_focus
from core.frozen_ranking import read_body, row_of
from core.objections import AskedObjection, ItemChoice, Objected, ObjectionView, Standing
from core.people import Actor
from core.permissions import Right, require
from core.reasons import ItemLoss
from core.rubric import Rubric
from core.snapshots import Question
from core.store import filing_files, objections, prompts, rankings, rounds
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.objections import ObjectionRecord
from core.store.rankings import RankingRecord
from core.store.rounds import RoundRecord
from core.store.rules import rubric_of


def choices(db: Db, actor: Actor, at: Moment) -> tuple[Standing, ...]:
    """Where the person's units can object now, the ranking computed first, first. Raises NotAllowed."""
    require(actor, Right.OBJECT)
    open_ones = [
        each
        for each in rankings.in_state(db, actor.district_id, "provisional")
        if each.objections_until is None or at.now < each.objections_until
    ]
    return tuple(standing for each in open_ones for standing in _standings(each, actor))


def of_ranking(db: Db, actor: Actor, ranking_id: int, at: Moment) -> tuple[Standing, ...]:
    """The person's units in one ranking that can be objected to, as its newest version has them.

    Raises NotAllowed, NoSuchRanking, NotYourUnit, ObjectionsOver or NotProvisional.
    """
    record = _newest(db, actor, ranking_id)
    found = _standings(record, actor)
    if not found:
        raise NotYourUnit
    rules.check_in_time(record.period, record.objections_until, record.final_at, at.now)
    return found


def choosing(db: Db, actor: Actor, ranking_id: int, unit_id: int, items: Collection[int], at: Moment) -> ItemChoice:
    """What an objection can name, with what was lost there. Raises as `ask` does."""
    standing, found = _standing(db, actor, ranking_id, unit_id, items, at.now)
    if found is None:
        return ItemChoice(standing, (), {})
    rubric, focus = rubric_of(db, found.rubric_hash), read_focus(found.focus)
    counting = tuple(item for item in rubric.items if focus is None or item.number in focus)
    return ItemChoice(standing, counting, _losses(db, found, unit_id))


def ask(db: Db, actor: Actor, ranking_id: int, unit_id: int, items: Collection[int], at: Moment) -> AskedObjection:
    """Ask what the unit objects; without items it is about the ranking as a whole.

    Raises NotAllowed, NoSuchRanking, NotYourUnit, NoSuchItem, ItemNotInFocus, ObjectionsOver or NotProvisional.
    """
    standing, _ = _standing(db, actor, ranking_id, unit_id, items, at.now)
    named = tuple(sorted(set(items)))
    about = f"{standing.ranking_id}:{unit_id}:{','.join(map(str, named))}"
    prompt_id = prompts.add_question(db, actor.person_id, "objection", about, at.now)
    return AskedObjection(prompt_id, standing, named)


def take_words(db: Db, actor: Actor, question: Question, text: str, sent_at: datetime, at: Moment) -> Objected:
    """Raise the objection that answers a question; `sent_at` (UTC) is when it was sent, which is when it counts.

    Raises as `ask` does, and TextMissing or TextTooLong.
    """
    standing, items = _asked_for(db, actor, question, sent_at)
    said = check_text(text, rules.LONGEST_OBJECTION)
    prompts.close(db, question.prompt_id, at.now)
    before = _said_before(db, standing, items, said)
    if before is not None:
        return Objected(view_of(db, before, at.today), again=True)
    new = ObjectionRecord(
        id=0,
        district_id=actor.district_id,
        ranking_id=standing.ranking_id,
        unit_id=standing.unit_id,
        person_id=actor.person_id,
        prompt_id=question.prompt_id,
        items=items,
        text=said,
        raised_at=sent_at,
        state="open",
    )
    objection_id = objections.raise_objection(db, new)
    told: dict[str, str | int | None] = {"objection": objection_id, "unit": standing.unit_id, "items": items}
    body = {**told, "version": standing.version, "text": said, "raised_at": sent_at.isoformat()}
    body["prompt_id"] = question.prompt_id
    ranking = rankings.known(db, standing.ranking_id)
    append_act(db, ranking, Act(at.now, actor.person_id, "object", body))
    happened(db, ObjectionRaised(objection_id, actor.person_id), at)
    return Objected(view_of(db, replace(new, id=objection_id), at.today))


def take_file(
    db: Db, actor: Actor, question: Question, piece: Piece, text: str, sent_at: datetime, at: Moment
) -> Objected | FileKept:
    """Keep a photo or file that answers a question, with the words beneath it; before its words it waits for them.

    Raises as `take_words` does, and FileTooBig. What was objected in time may be completed until it is decided.
    """
    before = objections.of_prompt(db, question.prompt_id)
    if before is None or before.state != "open" or text:
        _asked_for(db, actor, question, sent_at)
    is_new = answer_files.keep(db, actor, question, piece, at)
    if text:
        return replace(take_words(db, actor, question, text, sent_at, at), added_file=True)
    if before is None:
        return FileKept("objection", filing_files.count(db, question.prompt_id))
    if is_new:
        told: dict[str, str | int | None] = {"objection": before.id, "source": piece.source_key}
        ranking = rankings.known(db, before.ranking_id)
        append_act(db, ranking, Act(at.now, actor.person_id, "attach", told))
    return Objected(view_of(db, before, at.today), added_file=True, again=not is_new)


def mine(db: Db, actor: Actor, at: Moment) -> tuple[ObjectionView, ...]:
    """What the person's units objected to, the newest first, with what the office said. Raises NotAllowed."""
    require(actor, Right.OBJECT)
    found = [record for unit_id in sorted(actor.unit_ids) for record in objections.of_unit(db, unit_id)]
    return tuple(view_of(db, each, at.today) for each in sorted(found, key=lambda each: -each.id))


def own(db: Db, actor: Actor, objection_id: int, at: Moment) -> ObjectionView:
    """One objection of the person's units. Raises NotAllowed or NoSuchObjection."""
    require(actor, Right.OBJECT)
    record = objections.find(db, actor.district_id, objection_id)
    if record is None or record.unit_id not in actor.unit_ids:
        raise NoSuchObjection
    return view_of(db, record, at.today)


def _newest(db: Db, actor: Actor, ranking_id: int) -> RankingRecord:
    """The newest version of a ranking: a button under an older one is about the same ranking."""
    require(actor, Right.OBJECT)
    named = rankings.find(db, ranking_id)
    if named is None or named.district_id != actor.district_id:
        raise NoSuchRanking(period="")
    return rankings.newest(db, named.district_id, named.period, named.unit_kind) or named


def _standings(record: RankingRecord, actor: Actor) -> tuple[Standing, ...]:
    told = read_body(record.body)
    rows = [row for unit_id in sorted(actor.unit_ids) if (row := row_of(told, unit_id)) is not None]
    until = record.objections_until
    return tuple(
        Standing(record.id, record.version, record.period, record.unit_kind, row.unit_id, row.unit, row.rank, until)
        for row in rows
    )


def _standing(
    db: Db, actor: Actor, ranking_id: int, unit_id: int, items: Collection[int], sent_at: datetime
) -> tuple[Standing, RoundRecord | None]:
    record = _newest(db, actor, ranking_id)
    standing = next((each for each in _standings(record, actor) if each.unit_id == unit_id), None)
    if standing is None:
        raise NotYourUnit
    rules.check_in_time(record.period, record.objections_until, record.final_at, sent_at)
    found = rounds.find(db, record.district_id, record.period, record.unit_kind)
    rules.check_items(rubric_of(db, record.rubric_hash), None if found is None else read_focus(found.focus), items)
    return standing, found


def _asked_for(db: Db, actor: Actor, question: Question, sent_at: datetime) -> tuple[Standing, str]:
    """Where the unit stands, and the items as an objection keeps them; every item is the ranking as a whole."""
    ranking, unit, named = question.about.split(":")
    items = tuple(map(int, filter(None, named.split(","))))
    standing, found = _standing(db, actor, int(ranking), int(unit), items, sent_at)
    if not items or found is None:
        return standing, ""
    rubric: Rubric = rubric_of(db, found.rubric_hash)
    return standing, write_focus(rubric, items) or ""


def _said_before(db: Db, standing: Standing, items: str, text: str) -> ObjectionRecord | None:
    """The same objection to the same ranking, whichever of its versions, while it is open."""
    for each in objections.of_unit(db, standing.unit_id):
        ranking = rankings.known(db, each.ranking_id)
        is_same = (each.items, each.text, each.state) == (items, text, "open")
        if is_same and (ranking.period, ranking.unit_kind) == (standing.period, standing.unit_kind):
            return each
    return None


def _losses(db: Db, found: RoundRecord, unit_id: int) -> dict[int, ItemLoss]:
    """What the unit lost, as /why tells it; where that is nothing, or nobody's to hear, the items stand alone."""
    frozen = rankings.newest(db, found.district_id, found.period, found.unit_kind)
    inputs = None if frozen is None else frozen.inputs
    told = round_reasons(db, found, unit_id, inputs, None, with_pieces=False)
    return {} if told is None else {loss.item.number: loss for loss in told.losses}
