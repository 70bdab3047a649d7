"""The yearly notice as people paste it: read whole, checked against itself, never guessed at."""

from __future__ import annotations

from datetime import date

import pytest

from core.holiday_notice import kept, read_notice, recalled
from core.workdays import DayKind, kind_of

OF_2013 = """国务院办公厅关于2013年部分节假日安排的通知
一、元旦：1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班。
二、春节：2月9日至15日放假调休，共7天。2月16日（星期六）、2月17日（星期日）上班。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月27日（星期六）、4月28日（星期日）上班。
五、端午节：6月10日至12日放假调休，共3天。6月8日（星期六）、6月9日（星期日）上班。
六、中秋节：9月19日至21日放假调休，共3天。9月22日（星期日）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""

WITHOUT_COUNT = (
    "春节：2月5日至11日放假。劳动节：5月1日至3日放假。端午节：6月9日放假，与周末连休。"
    "中秋节：9月15日放假。国庆节：10月1日至7日放假。"
)


def codes(text: str) -> list[str]:
    """What is wrong with a notice."""
    return [problem.code for problem in read_notice(text).problems]


def test_the_notice_of_2013_is_read_whole_and_agrees_with_the_package() -> None:
    notice = read_notice(OF_2013)
    assert (notice.year, notice.problems) == (2013, ())
    assert sum(not worked for worked in notice.days.values()) == 3 + 7 + 3 + 3 + 3 + 3 + 7
    assert (notice.days[date(2013, 6, 8)], notice.days[date(2013, 4, 30)]) == (True, False)
    for day, worked in notice.days.items():
        assert kind_of(day, {}) is (DayKind.WORKDAY if worked else DayKind.DAY_OFF), day


def test_asides_full_width_digits_and_the_turn_of_the_year_are_read() -> None:
    notice = read_notice(
        "（2026年11月5日发布）２０２７年节假日安排：元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天；"
        "清明节：4月5日（农历二月廿九、周一）放假1天。5月8日（周六）上班。" + WITHOUT_COUNT + "放假期间，请安排好值班。"
    )
    assert notice.year == 2027
    assert notice.problems == ()
    assert notice.is_whole_year
    assert list(notice.days.values())[:3] == [False, False, False]
    assert (notice.days[date(2027, 4, 5)], notice.days[date(2027, 5, 8)]) == (False, True)
    assert min(notice.days) == date(2026, 12, 31)


def test_a_holiday_made_up_for_is_off_and_the_word_behind_a_day_counts() -> None:
    notice = read_notice("2017年补充：1月9日上班，1月3日放假，1月4日补休，共2天。")
    assert notice.problems == ()
    assert notice.days == {date(2017, 1, 3): False, date(2017, 1, 4): False, date(2017, 1, 9): True}
    assert not notice.is_whole_year


def test_the_line_ends_of_a_page_divide_nothing() -> None:
    wrapped = OF_2013.replace("至", "至\n").replace("上班", "上\n班").replace("。\n", "\n")
    assert read_notice(wrapped) == read_notice(OF_2013)


def test_a_notice_is_kept_as_it_was_read() -> None:
    notice = read_notice(OF_2013)
    assert recalled(kept(notice)) == notice
    assert recalled("2013") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("元旦：1月1日放假", ["no_year"]),
        ("2027年节假日另行通知", ["no_days"]),
        ("2027年元旦：1月1日至3日放假，共4天", ["other_count"]),
        ("2027年春节：2月30日放假", ["no_such_day"]),
        ("2027年国庆节：10月7日至1日放假", ["no_such_day"]),
        ("2027年元旦：1月1日放假。1月1日上班", ["both"]),
        ("2027年元旦放假", ["no_days_in"]),
        ("2027年清明节：4月4日、5日放假", ["unread_day"]),
        ("2027年清明节：4月5日放假，6日", ["unread_day"]),
        ("2027年清明节：4月5日放假，4月6日", ["unread_day"]),
        ("2027年清明节：2072年4月5日放假", ["other_year"]),
        ("2027年清明节：4月5日放假，4月5日上班", ["both"]),
        ("2027年元旦：1月1日至3日放假，共3天", ["holidays_missing"]),
        ("1927年元旦：1月1日放假", ["no_year"]),
    ],
)
def test_what_cannot_be_right_is_told(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
