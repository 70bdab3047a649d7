"""Screens of filing and of the ledger: long texts fit, choices are offered, every state reads in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, NOON, PHRASES, sheet_view

from bot.buttons import pack
from bot.buttons.duties import FileBriefing, FileReport, FileWorkday, ShowUnitMonth
from bot.due_numbers import DUTIES, day_of, due_key, due_number, month_number, month_of
from bot.screens import filing as own
from bot.screens import ledger as office
from bot.screens.notices import arithmetic
from core.calendar import Due, Duty, DutyCalendar, due_of
from core.duties import DutyState, FilingState, LedgerEntry, Tally
from core.errors import BadPeriod, NoSuchDutyDay
from core.filing import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE
from core.filing_views import (
    AskedDecision,
    AskedExcuse,
    AskedFiling,
    Board,
    BoardLine,
    Excused,
    Filed,
    FileKept,
    FilingView,
    OpenDue,
    OwnUnit,
    UnitMonth,
)
from core.periods import Period
from core.policy import Duties
from core.rubric_files import SHIPPED, load_directory
from core.suggestions import Suggestion

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES: Duties = load_directory(SHIPPED).policies["2013-policy"].duties
CALENDAR = DutyCalendar(RULES, SHANGHAI)
JUNE = Period.parse("2013-06")
KEYS = {Duty.MONTHLY_REPORT: "2013-06", Duty.BRIEFING: "2013-W26", Duty.WORKDAY: "2013-06-08"}
LONGEST = 4096


def filing(duty: Duty, state: FilingState = FilingState.FILED, **other: object) -> FilingView:
    """As long as a filing can be."""
    view = FilingView(
        filing_id=5,
        unit_id=1,
        unit="仙庾镇",
        due=due_of(duty, KEYS[duty], CALENDAR),
        version=2,
        state=state,
        filed_at=NOON,
        person_id=3,
        person="刘芳",
        title="题" * LONGEST_TITLE if duty is Duty.BRIEFING else None,
        text="文" * LONGEST_TEXT,
        link=None,
        received=12 if duty is Duty.WORKDAY else None,
        heard=8 if duty is Duty.WORKDAY else None,
        solved=5 if duty is Duty.WORKDAY else None,
        files=3,
        prompt_id=9,
        decided_by=None,
        decision=None,
        withdrawn=False,
        alike="像" * LONGEST_TITLE if duty is Duty.BRIEFING else None,
        alike_unit="月塘街道" if duty is Duty.BRIEFING else None,
        alike_percent=91 if duty is Duty.BRIEFING else None,
        is_newest=True,
    )
    return replace(view, **other)  # type: ignore[arg-type]  # each test names fields of the view


def entry(duty: Duty, state: DutyState) -> LedgerEntry:
    due = due_of(duty, KEYS[duty], CALENDAR)
    filed_at = NOON if state in {DutyState.FILED, DutyState.LATE} else None
    return LedgerEntry(due, state, filed_at, "由" * LONGEST_REASON if state is DutyState.EXCUSED else None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("state", list(FilingState))
def test_every_filing_fits_one_message(language: str, duty: Duty, state: FilingState) -> None:
    decided = {"decided_by": "唐文静", "decision": "由" * LONGEST_REASON}
    for found in (filing(duty, state), filing(duty, state, **decided), filing(duty, state, withdrawn=True)):
        screen = office.filing_screen(PHRASES, language, found)
        assert 0 < len(screen.text) <= LONGEST
        assert all(pack(key.deed) for row in screen.rows for key in row)
        assert len(office.filing_decided_letter(PHRASES, language, {}, found).text) <= LONGEST
        assert own.receipt(PHRASES, language, Filed(found, again=True)) != own.receipt(PHRASES, language, Filed(found))


def test_what_may_be_done_is_offered() -> None:
    def labels(found: FilingView) -> list[str]:
        return [key.label for row in office.filing_screen(PHRASES, "zh", found).rows for key in row]

    back = "◀ 返回台账"
    assert labels(filing(Duty.MONTHLY_REPORT)) == ["退回", "查看文件（3）", back]
    assert labels(filing(Duty.MONTHLY_REPORT, is_newest=False, files=0)) == [back]
    assert labels(filing(Duty.BRIEFING, FilingState.PENDING)) == ["采用", "不采用", "查看文件（3）", "待审信息", back]
    assert labels(filing(Duty.BRIEFING, FilingState.ACCEPTED, files=0)) == ["不采用", "待审信息", back]
    assert labels(filing(Duty.BRIEFING, FilingState.REJECTED, files=0, withdrawn=True)) == ["待审信息", back]


@pytest.mark.parametrize("duty", DUTIES)
def test_a_filing_leads_back_to_the_month_of_its_unit(duty: Duty) -> None:
    *_, (back,) = office.filing_screen(PHRASES, "zh", filing(duty)).rows
    assert back.deed == ShowUnitMonth(1, month_number(JUNE))


@pytest.mark.parametrize(
    ("duty", "deed", "what"),
    [
        (Duty.MONTHLY_REPORT, FileReport(1, 2013 * 12 + 5), "2013年6月月报表</b>"),
        (Duty.BRIEFING, FileBriefing(1), "第"),
        (Duty.WORKDAY, FileWorkday(1, date(2013, 6, 8).toordinal()), "2013年6月8日群众工作日</b>"),
    ],
)
def test_what_went_back_is_named_and_can_be_filed_again(duty: Duty, deed: object, what: str) -> None:
    letter = office.filing_decided_letter(PHRASES, "zh", {}, filing(duty, FilingState.RETURNED, decision="缺附表"))
    assert [key.deed for row in letter.rows for key in row] == [deed]
    assert "缺附表" in letter.text
    assert what in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_tells_every_state(language: str) -> None:
    entries = {duty: tuple(entry(duty, state) for state in DutyState) for duty in DUTIES}
    lines = tuple(BoardLine(unit, f"单位{unit}", entries) for unit in range(1, 21))
    board = office.board_screen(PHRASES, language, Board(JUNE, lines, 4), 1)
    assert len(board.text) <= LONGEST
    assert "单位9" in board.text
    labels = [key.label for row in board.rows for key in row]
    assert any("4" in label and ("待审" in label or "Waiting" in label) for label in labels)
    calm = office.board_screen(PHRASES, language, Board(JUNE, lines[:1], 0), 0)
    assert len(calm.rows) < len(board.rows)
    filings = (filing(Duty.BRIEFING), filing(Duty.BRIEFING, FilingState.REJECTED, withdrawn=True))
    month = office.unit_month_screen(PHRASES, language, UnitMonth(JUNE, lines[0], filings))
    assert len(month.text) <= LONGEST
    # Two states need no excuse: what is filed, and what is excused.
    excuses = [key for row in month.rows for key in row if key.label.startswith(("免报", "Excuse"))]
    assert len(excuses) == 3 * (len(DutyState) - 2)
    empty = UnitMonth(JUNE, BoardLine(1, "单位1", dict.fromkeys(DUTIES, ())), ())
    assert office.unit_month_screen(PHRASES, language, empty).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("duty", DUTIES)
def test_questions_name_what_they_are_about(language: str, duty: Duty) -> None:
    key = KEYS[duty]
    due = due_of(duty, key, CALENDAR)
    for versions in (0, 1, 2):
        assert "仙庾镇" in own.filing_prompt(PHRASES, language, AskedFiling(1, "仙庾镇", due, versions))
    assert "仙庾镇" in office.decision_prompt(PHRASES, language, AskedDecision(1, filing(duty)))
    assert "仙庾镇" in office.excuse_prompt(PHRASES, language, AskedExcuse(1, "仙庾镇", duty, key))
    done = office.excused_screen(PHRASES, language, Excused(1, "仙庾镇", duty, key, HOSTILE))
    assert "&lt;b&gt;" in done.text
    told = {"unit": "仙庾镇", "duty": duty.value, "key": key, "reason": "抗洪"}
    assert "抗洪" in office.duty_excused_letter(PHRASES, language, told, None).text
    if duty is not Duty.MONTHLY_REPORT:
        assert "2" in own.file_kept(PHRASES, language, FileKept(duty, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_several_units_or_days_chooses(language: str) -> None:
    mine = (OwnUnit(1, "仙庾镇"), OwnUnit(2, "明照乡"))
    assert len(own.choose_unit_to_brief(PHRASES, language, mine).rows) == 2
    dues = [due_of(Duty.WORKDAY, f"2013-06-{day:02d}", CALENDAR) for day in (9, 8)]
    days = tuple(OpenDue(1, "仙庾镇", due, due.day.day == 8) for due in dues)
    keys = [key for (key,) in own.choose_workday(PHRASES, language, days).rows]
    assert [key.deed for key in keys] == [FileWorkday(1, date(2013, 6, day).toordinal()) for day in (9, 8)]
    assert [key.label[-1] == "✓" for key in keys] == [False, True]
    assert own.choose_workday(PHRASES, language, ()).text
    months = [due_of(Duty.MONTHLY_REPORT, f"2013-{month:02d}", CALENDAR) for month in (6, 7)]
    reports = tuple(OpenDue(1, "仙庾镇", due, due.key == "2013-06") for due in months)
    keys = [key for (key,) in own.choose_report(PHRASES, language, reports).rows]
    assert [key.deed for key in keys] == [FileReport(1, month_number(each.month)) for each in reports]
    assert [key.label[-1] == "✓" for key in keys] == [True, False]


def test_the_receipt_of_a_workday_says_whether_it_is_late() -> None:
    late = own.receipt(PHRASES, "zh", Filed(filing(Duty.WORKDAY)))
    assert "登记时间 2013年6月30日 12:00，已过2013年6月8日 24:00，为迟报。" in late
    in_time = filing(Duty.WORKDAY, filed_at=filing(Duty.WORKDAY).ends_at - timedelta(hours=1))
    assert "登记时间 2013年6月8日 23:00，按时。" in own.receipt(PHRASES, "zh", Filed(in_time))


def test_the_arithmetic_says_that_a_late_workday_counts_all_the_same() -> None:
    def said(tally: Tally) -> str:
        found = Suggestion(15, Duty.WORKDAY, tally, Fraction(1), Fraction(600), 600, 600, (100, 100, 0))
        sheet = replace(sheet_view().sheet, suggestions={15: found})
        return arithmetic(PHRASES, "zh", sheet, 15)

    assert "应登记2次，已登记2次（其中迟报1次，同样计入）；2÷2×6分＝" in said(Tally(on_time=1, late=1))
    assert "已登记2次；2÷2×6分＝" in said(Tally(on_time=2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_briefings_page(language: str) -> None:
    many = [filing(Duty.BRIEFING, FilingState.PENDING, filing_id=number) for number in range(1, 12)]
    screen = office.pending_screen(PHRASES, language, many, 1)
    assert len(screen.rows) == 3 + 1 + 1
    assert office.pending_screen(PHRASES, language, [], 0).text


@pytest.mark.parametrize("duty", DUTIES)
def test_due_dates_survive_a_button(duty: Duty) -> None:
    assert due_key(DUTIES.index(duty), due_number(duty, KEYS[duty])) == (duty, KEYS[duty])
    assert isinstance(due_of(duty, KEYS[duty], CALENDAR), Due)


def test_forged_numbers_are_refused() -> None:
    assert month_of(month_number(JUNE)) == JUNE
    for number in (0, 2**40):
        with pytest.raises(BadPeriod):
            month_of(number)
        with pytest.raises(NoSuchDutyDay):
            day_of(number)
    with pytest.raises(NoSuchDutyDay):
        due_key(DUTIES.index(Duty.BRIEFING), date.max.toordinal())
    assert due_key(10**6, date(2013, 6, 8).toordinal())[0] is DUTIES[-1]
