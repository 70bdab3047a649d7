"""A new time as people type it, in front of the reason."""

from __future__ import annotations

from datetime import date

import pytest
from district import SHANGHAI, moment

from core.errors import FiringReasonMissing, FiringTimeUnreadable
from core.moving_time import read_new_time

TODAY = date(2013, 6, 24)


@pytest.mark.parametrize(
    ("text", "when", "reason"),
    [
        ("7月2日 10:00 系统检修", "2013-07-02 10:00", "系统检修"),
        ("2013-07-02 10:00 原因", "2013-07-02 10:00", "原因"),
        ("７月２日　１０：００　开会，改期", "2013-07-02 10:00", "开会，改期"),
        ("2013年7月2日10点30分，第３季度开会", "2013-07-02 10:30", "第３季度开会"),
        ("7/2 9:05 because\nof this", "2013-07-02 09:05", "because\nof this"),
        ("2013.7.2 10:00 x", "2013-07-02 10:00", "x"),
        # Without a year the nearest: what has just gone by is that, and January is near in December.
        ("6月1日 10:00 补", "2013-06-01 10:00", "补"),
        ("1月5日 10:00 补", "2013-01-05 10:00", "补"),
        ("12月31日 10:00 补", "2012-12-31 10:00", "补"),
        ("10:00 是 7月2日 10:00", None, ""),
        ("2月30日 10:00 没有这天", None, ""),
        ("2013-02-29 10:00 没有这天", None, ""),
        ("7月2日 24:00 没有这时", None, ""),
        ("7月2日 10:000 太长", None, ""),
        ("开会", None, ""),
        ("", None, ""),
    ],
)
def test_times(text: str, when: str | None, reason: str) -> None:
    if when is None:
        with pytest.raises(FiringTimeUnreadable):
            read_new_time(text, SHANGHAI, TODAY)
    else:
        assert read_new_time(text, SHANGHAI, TODAY) == (moment(when).now, reason)


def test_the_nearest_year_is_taken() -> None:
    assert read_new_time("1月5日 10:00 补", SHANGHAI, date(2013, 12, 20))[0] == moment("2014-01-05 10:00").now
    assert read_new_time("2月29日 10:00 补", SHANGHAI, date(2015, 12, 20))[0] == moment("2016-02-29 10:00").now


def test_letters_that_become_several_do_not_move_the_reason() -> None:
    assert read_new_time("7月2日 10:00 ㈱㍻", SHANGHAI, TODAY)[1] == "㈱㍻"


def test_a_time_without_a_reason_is_given_back_to_be_sent_again_with_one() -> None:
    with pytest.raises(FiringReasonMissing) as refusal:
        read_new_time(" 7月2日 10:00 。", SHANGHAI, TODAY)
    assert refusal.value.typed == "7月2日 10:00 。"
