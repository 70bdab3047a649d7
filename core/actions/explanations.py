"""说明情况 (办法 六-2): what units owe after last places in a row, what they file, and what the office reads.

What is owed is derived from the finals, each time anew: a correction that ends the streak ends the task. What comes
late is marked, never refused; words that come again are the next version, and files hang on the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.actions import answer_files
from core.actions.awarding import awards_of
from core.actions.computing import append_act_of
from core.actions.door import Moment
from core.actions.reactions import happened
from core.awards import Step
from core.calendar import end_of_day
from core.errors import NoExplanationOwed, NotYourUnit
from core.events import ExplanationFiled
from core.explanations import AskedExplanation, Explained, ExplanationLine, ExplanationView, OwedExplanation
from core.filing import check_text
from core.filing_views import FiledFile, FileKept
from core.people import Actor
from core.periods import Period
from core.permissions import Right, may, require
from core.snapshots import Question
from core.store import filing_files, objections, people, prompts, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.objections import ExplanationRecord


def owed_by(db: Db, actor: Actor, at: Moment) -> tuple[OwedExplanation, ...]:
    """What the person's units have to explain and did not yet, the earliest quarter first."""
    if not may(actor, Right.EXPLAIN):
        return ()
    return tuple(each for each in unexplained(db, actor.district_id, at) if each.unit_id in actor.unit_ids)


def unexplained(db: Db, district_id: int, at: Moment) -> Iterator[OwedExplanation]:
    """What the units of a district have to explain and did not yet, the earliest quarter first."""
    for each in _owed(db, district_id, at):
        if objections.explanation(db, each.unit_id, str(each.quarter)) is None:
            yield each


def ask(db: Db, actor: Actor, unit_id: int, quarter: Period, at: Moment) -> AskedExplanation:
    """Ask a unit to explain its last place. Raises NotAllowed, NotYourUnit or NoExplanationOwed."""
    owed = _own(db, actor, unit_id, str(quarter), at)
    prompt_id = prompts.add_question(db, actor.person_id, "explanation", f"{unit_id}:{quarter}", at.now)
    before = objections.explanation(db, unit_id, str(quarter))
    return AskedExplanation(prompt_id, owed, 0 if before is None else before.version)


def take_words(db: Db, actor: Actor, question: Question, text: str, sent_at: datetime, at: Moment) -> Explained:
    """File what explains a last place; `sent_at` (UTC) is when it was sent, which is when it counts.

    Raises as `ask` does, and TextMissing or TextTooLong.
    """
    owed = _asked_for(db, actor, question, at)
    said, quarter = check_text(text), str(owed.quarter)
    prompts.close(db, question.prompt_id, at.now)
    before = objections.explanation(db, owed.unit_id, quarter)
    if before is not None and before.text == said:
        return Explained(_view(db, owed, before), again=True)
    filed = objections.explain(db, owed.unit_id, quarter, said, question.prompt_id, actor.person_id, sent_at)
    body: dict[str, str | int | None] = {"unit": owed.unit_id, "version": filed.version, "text": said}
    _append(db, actor, owed, "explain", body | {"filed_at": sent_at.isoformat(), "prompt_id": question.prompt_id}, at)
    happened(db, ExplanationFiled(owed.unit_id, quarter, filed.version, actor.person_id), at)
    return Explained(_view(db, owed, filed))


def take_file(
    db: Db, actor: Actor, question: Question, piece: Piece, text: str, sent_at: datetime, at: Moment
) -> Explained | FileKept:
    """Keep a photo or file that answers a question, with the words beneath it; before its words it waits for them.

    Raises as `take_words` does, and FileTooBig.
    """
    owed = _asked_for(db, actor, question, at)
    is_new = answer_files.keep(db, actor, question, piece, at)
    if text:
        return replace(take_words(db, actor, question, text, sent_at, at), added_file=True)
    before = objections.explained_in(db, question.prompt_id)
    if before is None:
        return FileKept("explanation", filing_files.count(db, question.prompt_id))
    if is_new:
        _append(db, actor, owed, "attach", {"unit": owed.unit_id, "source": piece.source_key}, at)
    return Explained(_view(db, owed, before), added_file=True, again=not is_new)


def all_of(db: Db, actor: Actor, at: Moment) -> tuple[ExplanationLine, ...]:
    """Everything that is to be explained in the district, with what was filed, the latest first. Raises NotAllowed."""
    require(actor, Right.CORRECT)
    lines = [ExplanationLine(owed, _filed(db, owed)) for owed in _owed(db, actor.district_id, at)]
    return tuple(reversed(lines))


def look(db: Db, actor: Actor, unit_id: int, quarter: Period, at: Moment) -> ExplanationLine:
    """One explanation. Raises NotAllowed or NoExplanationOwed."""
    require(actor, Right.CORRECT)
    found = line_of(db, actor.district_id, unit_id, str(quarter), at)
    if found is None:
        raise NoExplanationOwed(period=str(quarter))
    return found


def line_of(db: Db, district_id: int, unit_id: int, quarter: str, at: Moment) -> ExplanationLine | None:
    """What a unit has to explain of a quarter, with what it filed; None where it need not (any more)."""
    owed = _owed_for(db, district_id, unit_id, quarter, at)
    return None if owed is None else ExplanationLine(owed, _filed(db, owed))


def files_of(db: Db, actor: Actor, unit_id: int, quarter: Period, at: Moment) -> tuple[FiledFile, ...]:
    """The files of an explanation. Raises NotAllowed or NoExplanationOwed."""
    filed = look(db, actor, unit_id, quarter, at).filed
    return () if filed is None or filed.prompt_id is None else tuple(filing_files.of_prompt(db, filed.prompt_id))


def _owed(db: Db, district_id: int, at: Moment) -> Iterator[OwedExplanation]:
    zone = ZoneInfo(units.district(db, district_id).timezone)
    for place in awards_of(db, district_id).last_places:
        if place.step is Step.EXPLAIN:
            name = units.name_of(db, place.unit_id, at.today)
            ends_at = None if place.due is None else end_of_day(place.due, zone)
            is_over = ends_at is not None and ends_at <= at.now
            yield OwedExplanation(place.unit_id, name, place.quarter, place.count, place.due, ends_at, is_over)


def _owed_for(db: Db, district_id: int, unit_id: int, quarter: str, at: Moment) -> OwedExplanation | None:
    places = _owed(db, district_id, at)
    return next((each for each in places if (each.unit_id, str(each.quarter)) == (unit_id, quarter)), None)


def _own(db: Db, actor: Actor, unit_id: int, quarter: str, at: Moment) -> OwedExplanation:
    require(actor, Right.EXPLAIN)
    if unit_id not in actor.unit_ids:
        raise NotYourUnit
    owed = _owed_for(db, actor.district_id, unit_id, quarter, at)
    if owed is None:
        raise NoExplanationOwed(period=quarter)
    return owed


def _asked_for(db: Db, actor: Actor, question: Question, at: Moment) -> OwedExplanation:
    unit, _, quarter = question.about.partition(":")
    return _own(db, actor, int(unit), quarter, at)


def _filed(db: Db, owed: OwedExplanation) -> ExplanationView | None:
    record = objections.explanation(db, owed.unit_id, str(owed.quarter))
    return None if record is None else _view(db, owed, record)


def _view(db: Db, owed: OwedExplanation, record: ExplanationRecord) -> ExplanationView:
    zone = ZoneInfo(units.district(db, units.district_of(db, owed.unit_id)).timezone)
    return ExplanationView(
        owed=owed,
        version=record.version,
        text=record.text,
        person=people.addressee(db, record.person_id).name,
        filed_at=record.filed_at,
        late=owed.due is not None and record.filed_at >= end_of_day(owed.due, zone),
        prompt_id=record.prompt_id,
        files=0 if record.prompt_id is None else filing_files.count(db, record.prompt_id),
    )


def _append(
    db: Db, actor: Actor, owed: OwedExplanation, act: str, body: dict[str, str | int | None], at: Moment
) -> None:
    done = Act(at.now, actor.person_id, act, body)
    append_act_of(db, actor.district_id, str(owed.quarter), "township", done)
