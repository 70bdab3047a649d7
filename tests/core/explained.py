"""What somebody is told by /why, and quarters to ask about."""

from __future__ import annotations

from fractions import Fraction

from assessed import assessed, beats, falls_due
from district import FIRST_OF_JULY, District, moment, shipped_rules

from core.actions import explaining, publishing
from core.actions.door import Moment
from core.actions.ranking_inputs import of_round
from core.people import Actor
from core.reasons import RoundReasons
from core.rubric import UnitKind
from core.store import rankings, rounds, units
from core.store.engine import Db
from core.why import Why

Q1, Q2 = "2013-Q1", "2013-Q2"
DUE = {Q1: moment("2013-04-01 09:00"), Q2: FIRST_OF_JULY}
OVER = {Q1: "2013-04-10 00:00", Q2: "2013-07-05 00:00"}
MOST = shipped_rules().rubric.item(10).max_points
ONE, NOTHING = Fraction(100), Fraction(0)
"""Points."""
FOUR = {"仙庾镇": 0, "月塘街道": 100, "明照乡": 200, "桂花街道": 300}


def explained(district: District, who: Actor, unit: str, period: str | None = None) -> Why:
    """What somebody is told on the first of July, or later."""
    found = None if period is None else district.act(rankings.newest, district.id, period, "township")
    ranking = 0 if found is None else found.id
    return district.act(explaining.why, who, district.units[unit], FIRST_OF_JULY, ranking)


def reasons(found: Why) -> RoundReasons:
    assert found.reasons is not None
    return found.reasons


def quarter(district: District, period: str, lost: dict[str, int], *, final: bool = True) -> None:
    """A quarter in which these units lost so many points, ranked, and made final."""
    assessed(district, period, lost)
    falls_due(district, "quarterly", DUE[period])
    if final:
        beats(district, OVER[period])


def published(district: District, period: str, kind: UnitKind = "township", at: Moment = FIRST_OF_JULY) -> None:
    """The office lets a round be ranked as it is, or ranked anew."""

    def act(db: Db) -> None:
        found = rounds.find(db, district.id, period, kind)
        assert found is not None
        publishing.publish(db, units.district(db, district.id), of_round(db, found, at), at)

    district.act(act)
