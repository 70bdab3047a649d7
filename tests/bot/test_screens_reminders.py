"""Letters of the clock: every kind in both languages, with the key that does what they ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from snapshot_samples import LANGUAGES, PHRASES, actor, owing

from bot.buttons.duties import FileBriefing, FileReport, FileWorkday
from bot.buttons.home import SetDigests
from bot.screens import reminders
from bot.screens.home import digest_screen, home_screen
from core.calendar import Due, Duty
from core.filing_views import OwedDuty
from core.policy_schedules import DutyKind
from core.workdays import DayKind

ENDS = datetime(2013, 6, 26, 16, tzinfo=UTC)
REPORT = Due(Duty.MONTHLY_REPORT, "2013-06", date(2013, 6, 26), ENDS)
WORKDAY = Due(Duty.WORKDAY, "2013-06-08", date(2013, 6, 8), ENDS)
OWED = {
    "remind_report": OwedDuty(1, "仙庾镇", REPORT, is_over=False),
    "chase_report": OwedDuty(1, "仙庾镇", REPORT, is_over=True),
    "remind_workday": OwedDuty(1, "仙庾镇", WORKDAY, is_over=False),
    "chase_workday": OwedDuty(1, "仙庾镇", WORKDAY, is_over=False),
    "chase_briefing": OwedDuty(1, "仙庾镇", Due(Duty.BRIEFING, "2013-W26", date(2013, 6, 30), ENDS), is_over=False),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OWED)
def test_a_reminder_has_the_key_that_files(language: str, kind: str) -> None:
    for day in DayKind:
        view = {"kind": kind, "day": day.value, "key": OWED[kind].key, "duty": OWED[kind].duty.value}
        screen = reminders.reminder_screen(PHRASES, language, view, OWED[kind])
        assert "仙庾镇" in screen.text
        assert isinstance(screen.rows[0][0].deed, FileReport | FileBriefing | FileWorkday)
        done = reminders.reminder_screen(PHRASES, language, view, None)
        assert done.rows == ()
        assert done.text != screen.text


def test_a_day_off_is_said_and_an_unknown_one_not_guessed() -> None:
    def text(day: DayKind) -> str:
        return reminders.reminder_screen(
            PHRASES, "zh", {"kind": "remind_workday", "day": day.value}, OWED["remind_workday"]
        ).text

    assert "休息日，日期不变" in text(DayKind.DAY_OFF)
    assert "不明" in text(DayKind.UNKNOWN)
    assert "休息日" not in text(DayKind.WORKDAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_office_hears_of_the_clock(language: str) -> None:
    missed = [(kind, "2013-06-26T01:00:00+00:00") for kind in get_args(DutyKind)] * 6
    text = reminders.reminders_missed_letter(PHRASES, language, {"missed": missed}, None).text
    assert str(len(missed) - 30) in text
    assert len(text) < 4096
    assert "7" in reminders.reminders_late_letter(PHRASES, language, {"count": 7}, None).text
    assert "2027" in reminders.holidays_unknown_letter(PHRASES, language, {"year": 2027}, None).text
    told = {"unit": "仙庾镇", "period": "2013-06"}
    assert "仙庾镇" in reminders.talk_asked_letter(PHRASES, language, told, None).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_lists_duties_and_the_digest_can_be_ended_and_resumed(language: str) -> None:
    todo = owing([], list(OWED.values()))
    home = home_screen(PHRASES, language, actor(), todo)
    assert len(home.rows) == len(OWED)
    assert home.text.count("仙庾镇") == len(OWED)
    digest = digest_screen(PHRASES, language, actor(), todo)
    assert digest.rows[-1][0].deed == SetDigests(0)
    without = home_screen(PHRASES, language, actor(), owing([], wants=False))
    assert without.rows[-1][0].deed == SetDigests(1)
