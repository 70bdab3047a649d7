"""After an outage: who is owed the open screen again, once, and who is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clock_hand import ticks
from district import CHAT, NOON, District, found_district, later, moment, shipped_rules
from inviting_office import letters, ready

from core.actions import overview, submitting
from core.actions.door import Moment
from core.actions.marking import fill_rest
from core.actions.outages import TAPS_LIVE, owe_open_screens
from core.policy import Contact
from core.store import outages as store
from core.store.engine import Database

ZHOU = CHAT.chat_id
SINCE = later(NOON, minutes=1)
"""The last beat before the outage."""
BACK = later(SINCE, minutes=10)


def scores(office: District, at: Moment = NOON) -> int:
    """Zhou marks an item of a sheet, which stands in the chat from then on."""
    sheet = office.hand_out()
    office.tap(sheet, 4, 200, at)
    return sheet


def starts(office: District, at: Moment) -> list[dict[str, object]]:
    """What a start of the bot owes beyond what was owed before."""
    before = len(letters(office))
    office.act(owe_open_screens, at)
    return letters(office)[before:]


def test_who_was_at_work_is_owed_the_screen_once(either: Database) -> None:
    office = ready(found_district(either))
    scores(office)
    ticks(office, SINCE)
    told = {"name": "screen_again", "since": SINCE.now.isoformat(), "until": BACK.now.isoformat(), "to": ZHOU}
    assert starts(office, BACK) == [told]
    # Killed before the first beat, and started again: the same outage.
    assert starts(office, later(BACK, minutes=1)) == []
    ticks(office, later(BACK, minutes=1))
    assert starts(office, later(BACK, minutes=2)) == []
    # Another outage is another one.
    assert len(starts(office, later(BACK, minutes=20))) == 1


def test_a_silence_in_which_no_tap_was_lost_owes_nothing(office: District) -> None:
    scores(office)
    ticks(office, SINCE)
    lives = int(TAPS_LIVE.total_seconds())
    assert starts(office, later(SINCE, seconds=lives)) == []
    assert len(starts(office, later(SINCE, seconds=lives + 1))) == 1


def test_nothing_is_owed_before_the_first_beat(office: District) -> None:
    scores(office)
    assert starts(office, BACK) == []


def test_who_did_nothing_for_two_hours_is_not_at_work(office: District) -> None:
    scores(office)
    ticks(office, later(NOON, hours=1, minutes=50))
    assert starts(office, later(NOON, hours=2, seconds=1)) == []
    assert len(starts(office, later(NOON, hours=2))) == 1


def test_who_only_looked_is_not_at_work(office: District) -> None:
    sheet = office.hand_out()
    office.act(overview.shown, ZHOU, sheet, 1, 77)
    ticks(office, SINCE)
    assert starts(office, BACK) == []


def _hands_in(office: District, sheet: int) -> None:
    office.act(fill_rest, office.zhou, sheet, NOON)
    office.act(submitting.submit, office.zhou, sheet, NOON)


def _ends(office: District, _sheet: int) -> None:
    office.act(lambda db: db.exec_driver_sql("UPDATE round SET closes_at = '2013-06-24 04:05:00'"))


def _leaves(office: District, _sheet: int) -> None:
    office.act(lambda db: db.exec_driver_sql("UPDATE appointment SET ends_on = '2013-06-24'"))


def _becomes_another_persons(office: District, _sheet: int) -> None:
    luo = "UPDATE sheet SET rater_person_id = (SELECT id FROM person WHERE name = '罗晓梅')"
    office.act(lambda db: db.exec_driver_sql(luo))


@pytest.mark.parametrize("change", [_hands_in, _ends, _leaves, _becomes_another_persons])
def test_only_open_sheets_that_are_theirs_come_again(office: District, change: Callable[[District, int], None]) -> None:
    sheet = scores(office)
    ticks(office, SINCE)
    change(office, sheet)
    assert starts(office, BACK) == []


def test_nothing_comes_in_the_quiet_hours_nor_after_them(office: District) -> None:
    scores(office, moment("2013-06-24 19:50"))
    ticks(office, moment("2013-06-24 19:51"))
    assert starts(office, moment("2013-06-24 20:00")) == []
    ticks(office, moment("2013-06-24 20:00"))
    assert starts(office, moment("2013-06-24 20:02")) == []
    ticks(office, moment("2013-06-25 07:30"))
    assert starts(office, moment("2013-06-25 07:30")) == []


def test_a_district_without_a_policy_is_passed_over(district: District) -> None:
    scores(district)
    ticks(district, SINCE)
    district.act(lambda db: db.exec_driver_sql("UPDATE district SET policy_hash = NULL"))
    assert starts(district, BACK) == []


def test_the_screen_moves_only_while_it_is_that_sheets(either: Database) -> None:
    office = ready(found_district(either))
    sheet = scores(office)
    office.act(store.move_screen, ZHOU, sheet, 99)
    place = office.act(overview.on_screen, ZHOU)
    assert place is not None
    assert (place.sheet_id, place.message_id) == (sheet, 99)
    office.act(store.move_screen, ZHOU, sheet + 1, 100)
    assert office.act(overview.on_screen, ZHOU) == place


def test_policies_older_than_the_value_mean_two_hours() -> None:
    written = shipped_rules().policy.contact
    older = {name: value for name, value in dict(written).items() if name != "active_hours"}
    assert Contact.model_construct(**older).active_hours == written.active_hours == 2
