"""Objections that are refused: too late, for another's unit, without words, of items that did not count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from district import District
from objecting_quarter import answers, asks, corrects, objects, open_to_objections, refuses
from quarter import AFTER, DURING, Quarter

from core.actions import objecting, objection_desk
from core.actions.door import Moment
from core.actions.questions import take_words
from core.errors import (
    ItemNotInFocus,
    NoSuchItem,
    NoSuchObjection,
    NoSuchRanking,
    NotAllowed,
    NotProvisional,
    NotYourUnit,
    ObjectionsOver,
    TextMissing,
    TextTooLong,
)
from core.objections import LONGEST_OBJECTION, Objected
from core.store import rounds


@pytest.fixture
def quarter(district: District) -> Quarter:
    return open_to_objections(district)


def test_the_time_at_which_it_was_sent_counts(quarter: Quarter) -> None:
    district, liu, asked = quarter.district, quarter.district.liu, asks(quarter)
    until = quarter.newest().objections_until
    assert until is not None
    assert quarter.finalises(AFTER) == "final"
    refuses(quarter, ObjectionsOver, lambda: district.act(take_words, liu, asked, "晚了", until, AFTER))
    taken = district.act(take_words, liu, asked, "没有网络时写的", until - timedelta(seconds=1), AFTER)
    assert isinstance(taken, Objected)
    # It is final by then, and an upheld objection corrects that.
    corrects(quarter, "4 2 已核实", taken.objection.objection_id, AFTER)
    done = answers(quarter, taken.objection.objection_id, "属实", upholds=True, at=AFTER)
    assert (done.published, quarter.newest().state) == (2, "final")
    refuses(quarter, NotProvisional, lambda: asks(quarter, at=AFTER))
    refuses(quarter, NotProvisional, lambda: asks(quarter, at=DURING))


def test_what_is_refused(quarter: Quarter) -> None:
    district, liu, ranking = quarter.district, quarter.district.liu, quarter.newest().id
    mine, other = district.units["仙庾镇"], district.units["月塘街道"]

    def asking(number: int, unit: int, items: tuple[int, ...] = (), at: Moment = DURING) -> Callable[[], object]:
        return lambda: district.act(objecting.ask, liu, number, unit, items, at)

    refuses(quarter, NoSuchRanking, asking(99_999, mine))
    refuses(quarter, NotYourUnit, asking(ranking, other))
    refuses(quarter, NoSuchItem, asking(ranking, mine, (41,)))
    refuses(quarter, ObjectionsOver, asking(ranking, mine, (4,), AFTER))
    refuses(quarter, NotAllowed, lambda: district.act(objecting.choices, district.zhou, DURING))
    refuses(quarter, NotYourUnit, lambda: district.act(objecting.of_ranking, district.people["deng"], ranking, DURING))
    refuses(quarter, ObjectionsOver, lambda: district.act(objecting.of_ranking, liu, ranking, AFTER))
    refuses(quarter, TextMissing, lambda: objects(quarter, "  "))
    refuses(quarter, TextTooLong, lambda: objects(quarter, "长" * (LONGEST_OBJECTION + 1)))
    elsewhere = replace(liu, district_id=district.id + 1)
    refuses(quarter, NoSuchRanking, lambda: district.act(objecting.ask, elsewhere, ranking, mine, (), DURING))
    number = objects(quarter).objection.objection_id
    refuses(quarter, NoSuchObjection, lambda: district.act(objecting.own, district.people["chen"], number, DURING))
    refuses(quarter, NoSuchObjection, lambda: district.act(objecting.own, liu, 99_999, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objection_desk.look, liu, number, DURING))
    refuses(quarter, NoSuchObjection, lambda: district.act(objection_desk.look, district.tang, 99_999, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objecting.mine, district.zhou, DURING))
    refuses(quarter, NotAllowed, lambda: district.act(objection_desk.waiting, district.zhou, DURING))


def test_only_items_that_counted_can_be_named(quarter: Quarter) -> None:
    district = quarter.district
    record = district.act(rounds.known, quarter.round_id)
    district.act(rounds.set_focus, record, "4,5")
    refuses(quarter, ItemNotInFocus, lambda: asks(quarter, (6,)))
    unit = district.units["仙庾镇"]
    found = district.act(objecting.choosing, district.liu, quarter.newest().id, unit, (), DURING)
    assert [item.number for item in found.items] == [4, 5]
