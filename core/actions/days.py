"""The days of the year (节假日): what is known of them, and the office's notice that says more.

A notice is read, shown as what it would change, and counts once it is confirmed; until then it is kept with the
question that it answers. Entering it is an act in the district's chain; entering it twice is entering it once.
"""

from __future__ import annotations

from datetime import date

from core.actions.door import Moment
from core.actions.reactions import happened
from core.errors import NoSuchNotice, NoticeChanged
from core.events import HolidaysEntered
from core.filing import check_text
from core.holiday_entry import (
    AskedNotice,
    Entered,
    HolidayYear,
    NoticePreview,
    NoticeRefused,
    changes,
    digest_of,
    entered,
)
from core.holiday_notice import Notice, kept, read_notice, recalled
from core.people import Actor
from core.permissions import Right, may, require
from core.snapshots import Question
from core.store import calendar_days, prompts, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.text_files import LONGEST
from core.workdays import Overrides, source_of, standing_out

KIND = "holidays"
"""The question that a notice answers."""


def year_of_days(db: Db, actor: Actor, year: int) -> HolidayYear:
    """What is known of a year. Raises NotAllowed."""
    require(actor, Right.KEEP_CALENDAR)
    return _year(year, calendar_days.overrides(db, actor.district_id))


def ask_notice(db: Db, actor: Actor, year: int, at: Moment) -> AskedNotice:
    """Ask for the notice of a year. Raises NotAllowed."""
    require(actor, Right.KEEP_CALENDAR)
    return AskedNotice(prompts.add_question(db, actor.person_id, KIND, str(year), at.now), year)


def question_for_file(db: Db, actor: Actor, reply_to: int | None) -> Question | None:
    """The question for a notice that a file answers: the one it replies to, or the person's newest while that waits."""
    if not may(actor, Right.KEEP_CALENDAR):
        return None
    replied = None if reply_to is None else prompts.by_message(db, actor.person_id, reply_to)
    newest = prompts.newest(db, actor.person_id) if replied is None else None
    found = newest[0] if newest is not None and newest[1] is None else replied
    return found if isinstance(found, Question) and found.kind == KIND else None


def take_notice(db: Db, actor: Actor, question: Question, text: str, at: Moment) -> NoticePreview | NoticeRefused:
    """Read a notice; without problems it is kept until it is confirmed, in the place of one sent before.

    Raises NotAllowed, TextMissing or TextTooLong.
    """
    require(actor, Right.KEEP_CALENDAR)
    notice = read_notice(check_text(text, LONGEST))
    if notice.problems:
        return NoticeRefused(question.prompt_id, _asked_year(question), notice.year, notice.problems)
    prompts.set_about(db, question.prompt_id, kept(notice))
    prompts.close(db, question.prompt_id, at.now)
    return _preview(question.prompt_id, notice, calendar_days.overrides(db, actor.district_id))


def take_notice_file(db: Db, actor: Actor, prompt_id: int, text: str, at: Moment) -> NoticePreview | NoticeRefused:
    """Read a notice that was sent as a file. Raises NoSuchNotice, and as `take_notice` does."""
    question = prompts.question(db, actor.person_id, prompt_id)
    if question is None or question.kind != KIND:
        raise NoSuchNotice
    return take_notice(db, actor, question, text, at)


def preview(db: Db, actor: Actor, prompt_id: int) -> NoticePreview:
    """What entering the notice that answers a question would do now. Raises NotAllowed or NoSuchNotice."""
    require(actor, Right.KEEP_CALENDAR)
    return _preview(prompt_id, _kept(db, actor, prompt_id), calendar_days.overrides(db, actor.district_id))


def enter(db: Db, actor: Actor, prompt_id: int, check: str, at: Moment) -> Entered:
    """Let a notice count whose digest begins with `check`. Raises NotAllowed, NoSuchNotice or NoticeChanged."""
    require(actor, Right.KEEP_CALENDAR)
    notice = _kept(db, actor, prompt_id)
    if not digest_of(notice).startswith(check):
        raise NoticeChanged
    # The chain is the turn of whoever changes the days: nobody else does between looking and writing.
    units.roster_head(db, actor.district_id)
    before = calendar_days.overrides(db, actor.district_id)
    after = entered(notice, before)
    year = notice.year or 0
    if before != after:
        calendar_days.forget(db, actor.district_id, before.keys() - after.keys())
        new = {day: worked for day, worked in after.items() if before.get(day) is not worked}
        calendar_days.set_days(db, actor.district_id, new, actor.person_id, at.now)
        told: dict[str, str | int | None] = {"notice": kept(notice), "forgotten": _listed(before.keys() - after.keys())}
        units.append_act(db, actor.district_id, Act(at.now, actor.person_id, "enter_holidays", told))
        happened(db, HolidaysEntered(actor.district_id, year, actor.person_id), at)
    return Entered(_year(year, after), again=before == after)


def _year(year: int, overrides: Overrides) -> HolidayYear:
    return HolidayYear(year, source_of(year, overrides), standing_out(year, overrides))


def _asked_year(question: Question) -> int:
    """The year that was asked for; a notice that was taken before stands in its place."""
    before = recalled(question.about)
    return int(question.about) if before is None else before.year or 0


def _kept(db: Db, actor: Actor, prompt_id: int) -> Notice:
    question = prompts.question(db, actor.person_id, prompt_id)
    notice = None if question is None or question.kind != KIND else recalled(question.about)
    if notice is None:
        raise NoSuchNotice
    return notice


def _preview(prompt_id: int, notice: Notice, before: Overrides) -> NoticePreview:
    after = entered(notice, before)
    year = notice.year or 0
    return NoticePreview(
        prompt_id=prompt_id,
        year=year,
        digest=digest_of(notice),
        changes=changes(notice, before, after),
        before=source_of(year, before),
        after=source_of(year, after),
    )


def _listed(days: set[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(days))
