"""What is made up for after an outage, by the policy."""

from __future__ import annotations

from datetime import datetime

import pytest
from district import moment

from core.catch_up import CatchingUp, sort_out


def at(text: str) -> datetime:
    return moment(f"2013-06-{text}").now


NINE, SIXTEEN = at("26 09:00"), at("26 16:00")


@pytest.mark.parametrize(
    ("arrives_at", "due"),
    [
        (at("26 09:00"), (NINE,)),
        (at("26 11:00"), (NINE,)),
        (at("26 21:00"), (NINE,)),
        (at("26 21:01"), ()),
        (at("27 12:00"), ()),
    ],
)
def test_a_reminder_is_worth_sending_for_so_many_hours(arrives_at: datetime, due: tuple[datetime, ...]) -> None:
    found = sort_out([NINE], "latest", 12, arrives_at)
    assert found.due == due
    assert {*found.due, *found.missed} == {NINE}


def test_the_latest_alone_or_every_one() -> None:
    moments = [NINE, SIXTEEN]
    assert sort_out(moments, "latest", None, at("30 09:00")) == CatchingUp((SIXTEEN,), (NINE,))
    assert sort_out(moments, "all", None, at("30 09:00")) == CatchingUp((NINE, SIXTEEN), ())
    assert sort_out(moments, "all", 12, at("27 03:00")) == CatchingUp((SIXTEEN,), (NINE,))
    assert sort_out([], "latest", 12, NINE) == CatchingUp((), ())
