"""说明情况 (办法 六-2): owed after two last places in a row, filed late or in time, gone when the streak is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from district import District, moment, shipped_rules
from quarter import FIRST, SECOND, THIRD, Quarter, assessed, four_townships, letters, question

from core.actions import correcting, explanations, reminding
from core.actions.correcting import publish_waiting
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.questions import question_for_file, take_file, take_words
from core.actions.todo import todo
from core.errors import NoExplanationOwed, NotAllowed, NotYourUnit, TextMissing
from core.explanations import Explained
from core.filing_views import FileKept
from core.periods import Period
from core.snapshots import Question
from core.store import units
from core.store.evidence import Piece

FINALS = {FIRST: moment("2013-04-12 09:00"), SECOND: moment("2013-07-05 09:00"), THIRD: moment("2013-10-12 09:00")}
PHOTO = Piece("photo", "one", "file-1", None, 1000)
IN_TIME, LATE = moment("2013-07-08 10:00"), moment("2013-07-15 10:00")
"""The explanation is due on the fifth working day after 5 July, which is the 12th."""


def is_final(quarter: Quarter) -> Quarter:
    """A quarter that nobody objected to."""
    quarter.publish(moment(f"{quarter.period.next().first_day} 09:00"))
    assert quarter.finalises(FINALS[quarter.period]) == "final"
    return quarter


@pytest.fixture
def second(district: District) -> Quarter:
    """仙庾镇 was last in the first quarter, and in this one."""
    there = four_townships(district)
    is_final(assessed(there, FIRST))
    return is_final(assessed(there, SECOND))


def asks(district: District, at: Moment = IN_TIME) -> Question:
    """刘芳 of 仙庾镇 is asked to explain."""
    unit = district.units["仙庾镇"]
    asked = district.act(explanations.ask, district.liu, unit, SECOND, at)
    return question(asked.prompt_id, "explanation", f"{unit}:{SECOND}")


def explains(district: District, text: str, at: Moment = IN_TIME) -> Explained:
    """刘芳 explains."""
    taken = district.act(take_words, district.liu, asks(district, at), text, at.now, at)
    assert isinstance(taken, Explained)
    return taken


def test_two_last_places_in_a_row_are_explained_by_a_day(second: Quarter) -> None:
    district = second.district
    (owed,) = district.act(todo, district.liu, IN_TIME).explanations
    assert (owed.unit, owed.quarter, owed.count, owed.due, owed.is_over) == (
        "仙庾镇",
        SECOND,
        2,
        date(2013, 7, 12),
        False,
    )
    assert district.act(todo, district.tang, IN_TIME).explanations == ()
    assert district.act(todo, district.people["chen"], IN_TIME).explanations == ()
    taken = explains(district, " 人员调整，台账脱节 ")
    filed = taken.explanation
    assert (filed.text, filed.version, filed.late, filed.person) == ("人员调整，台账脱节", 1, False, "刘芳")
    assert letters(district, "explanation_filed") == [district.tang.telegram_id]
    assert district.act(todo, district.liu, IN_TIME).explanations == ()
    assert explains(district, "人员调整，台账脱节").again
    assert explains(district, "另附整改措施").explanation.version == 2
    assert second.acts().count("explain") == 2
    (line,) = district.act(explanations.all_of, district.tang, IN_TIME)
    assert line.filed is not None
    assert (line.filed.text, line.filed.version) == ("另附整改措施", 2)
    assert district.act(explanations.ask, district.liu, owed.unit_id, SECOND, IN_TIME).versions == 2


def test_what_comes_late_is_marked_and_not_refused(second: Quarter) -> None:
    district = second.district
    (owed,) = district.act(todo, district.liu, LATE).explanations
    assert owed.is_over
    assert explains(district, "来晚了", LATE).explanation.late
    # An outage of ours makes nobody late: the time at which it was sent counts.
    taken = district.act(take_words, district.liu, asks(district, LATE), "早已写好", IN_TIME.now, LATE)
    assert isinstance(taken, Explained)
    assert not taken.explanation.late


def test_a_due_date_that_nobody_knows_is_none(second: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.workdays._known", lambda _day: None)
    district = second.district
    own = district.act(todo, district.liu, LATE)
    (owed,) = own.explanations
    assert (owed.due, owed.ends_at, owed.is_over) == (None, None, False)
    # What has no day yet is not overdue: it stands behind everything that has one.
    assert own.by_time[-1] == owed
    assert len(own.by_time) > 1
    assert not explains(district, "情况如下", LATE).explanation.late


def digests(district: District, day: str) -> list[int]:
    """Whom the digest of a morning goes to, and those before it."""
    policy, at = shipped_rules().policy, moment(f"{day} 08:30")
    (schedule,) = (each for each in policy.schedules if each.kind == "send_digest")
    firing = Firing(schedule.id, at.today, at.now)
    district.act(lambda db: reminding.remind(db, units.district(db, district.id), policy, schedule, firing, at))
    return letters(district, "digest")


def test_the_digest_of_the_day_on_which_it_is_due_goes_to_who_owes_it(second: Quarter) -> None:
    assert digests(second.district, "2013-07-11") == []
    assert digests(second.district, "2013-07-12") == [second.district.liu.telegram_id]


def test_who_has_explained_needs_no_digest(second: Quarter) -> None:
    explains(second.district, "人员调整")
    assert digests(second.district, "2013-07-12") == []


def test_files_go_with_it(second: Quarter) -> None:
    district, asked = second.district, asks(second.district)

    def sends(piece: Piece, text: str = "") -> object:
        return district.act(take_file, district.liu, asked, piece, text, IN_TIME.now, IN_TIME)

    assert district.act(question_for_file, district.liu, None, None, IN_TIME, goes_with=True) == asked
    assert sends(PHOTO) == FileKept("explanation", 1)
    assert district.act(explanations.files_of, district.tang, district.units["仙庾镇"], SECOND, IN_TIME) == ()
    said = sends(replace(PHOTO, source_key="two"), "情况如下")
    assert isinstance(said, Explained)
    assert (said.added_file, said.explanation.files) == (True, 2)
    more, again = sends(replace(PHOTO, source_key="three")), sends(replace(PHOTO, source_key="three"))
    assert isinstance(more, Explained)
    assert isinstance(again, Explained)
    assert (more.again, again.again, again.explanation.files) == (False, True, 3)
    files = district.act(explanations.files_of, district.tang, district.units["仙庾镇"], SECOND, IN_TIME)
    assert len(files) == 3
    assert second.acts().count("attach") == 1


def test_a_correction_that_ends_the_streak_ends_the_task(second: Quarter) -> None:
    district = second.district
    unit, tang = district.units["仙庾镇"], district.tang
    sheet = second.sheets["仙庾镇"]
    asked = district.act(correcting.ask, tang, sheet, 0, IN_TIME)
    full = [asked.view.sheet.item(number) for number in (4, 5)]
    text = "\n".join(f"{item.number} {item.max_points // 100} 已核实" for item in full)
    about = question(asked.prompt_id, "correction", f"{sheet}:0")
    district.act(take_words, tang, about, text, IN_TIME.now, IN_TIME)
    before = asks(district)
    assert district.act(publish_waiting, tang, second.round_id, IN_TIME).published == 2
    assert district.act(todo, district.liu, IN_TIME).explanations == ()
    assert district.act(explanations.all_of, tang, IN_TIME) == ()
    with pytest.raises(NoExplanationOwed):
        district.act(take_words, district.liu, before, "还要说明吗", IN_TIME.now, IN_TIME)
    with pytest.raises(NoExplanationOwed):
        district.act(explanations.look, tang, unit, SECOND, IN_TIME)
    # Who was told of the last place hears that it no longer holds.
    assert letters(district, "last_place").count(district.liu.telegram_id) == 3


def test_a_third_one_asks_for_nothing_more(second: Quarter) -> None:
    district = second.district
    third = is_final(assessed(district, THIRD))
    at = FINALS[THIRD]
    owed = district.act(todo, district.liu, at).explanations
    assert [each.quarter for each in owed] == [SECOND]
    assert third.newest().state == "final"
    with pytest.raises(NoExplanationOwed):
        district.act(explanations.ask, district.liu, district.units["仙庾镇"], THIRD, at)


def test_only_the_units_officers_explain_and_only_the_office_reads(second: Quarter) -> None:
    district, unit = second.district, second.district.units["仙庾镇"]
    with pytest.raises(NotYourUnit):
        district.act(explanations.ask, district.people["chen"], unit, SECOND, IN_TIME)
    with pytest.raises(NotAllowed):
        district.act(explanations.ask, district.people["deng"], unit, SECOND, IN_TIME)
    with pytest.raises(NoExplanationOwed):
        district.act(explanations.ask, district.liu, unit, Period.parse("2013-Q4"), IN_TIME)
    with pytest.raises(TextMissing):
        explains(district, " ")
    with pytest.raises(NotAllowed):
        district.act(explanations.all_of, district.liu, IN_TIME)
    with pytest.raises(NotAllowed):
        district.act(explanations.look, district.liu, unit, SECOND, IN_TIME)
    line = district.act(explanations.look, district.tang, unit, SECOND, IN_TIME)
    assert line.filed is None
