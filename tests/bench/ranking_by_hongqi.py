"""Rank a whole year in the database given as the only argument, as the program does it when the periods fall due.

    python -m tests.bench.ranking_by_hongqi year.db

All months, quarters, the half-years and the year are computed, frozen, made final and announced, awards derived. Prints
the winner of the year and the seconds of each step to the error output.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter

from bot.collector import leave_alone_what_is_loaded
from core.actions import publishing
from core.actions.awarding import awards_of
from core.actions.door import Moment
from core.actions.ranking_inputs import of_finals, of_round, of_year
from core.frozen_text import ranks_of
from core.periods import Period, PeriodKind
from core.store import rankings, rounds, units
from core.store.engine import Db, open_database
from core.store.rules import policy_of

from .year import YEAR, ZONE, periods


def main() -> None:
    """Rank, and tell."""
    leave_alone_what_is_loaded()
    database = open_database(f"sqlite:///{sys.argv[1]}")
    for period in sorted((*periods(), *YEAR.parts(PeriodKind.HALF))):
        began = perf_counter()
        with database.transaction() as db:
            _rank(db, period)
        print(f"{period}: {perf_counter() - began:.2f} s", file=sys.stderr)  # noqa: T201
    with database.transaction() as db:
        (district,) = units.districts(db)
        found, awards = rankings.newest(db, district.id, str(YEAR), "township"), awards_of(db, district.id)
    database.close()
    if found is None:
        raise SystemExit("the year was not ranked")
    first = [each.unit_id for each in ranks_of(found.body) if each.rank == 1]
    prizes = sum(each.rewards.paid for each in awards.rewards)
    print(f"first {first}, prizes {prizes}, flags {sum(len(each.given_to) for each in awards.flags)}")  # noqa: T201


def _rank(db: Db, period: Period) -> None:
    (district,) = units.districts(db)
    found = rounds.find(db, district.id, str(period), "township")
    days = 16 if period.kind is PeriodKind.YEAR else 1
    at = _moment(period, days)
    if found is None:
        inputs = of_finals(db, district.id, period, "township")
    else:
        inputs = of_year(db, found) if period.kind is PeriodKind.YEAR else of_round(db, found, at)
    publishing.publish(db, district, inputs, at)
    publishing.finalise_due(db, district, policy_of(db, inputs.policy_hash), _moment(period, days + 15))


def _moment(period: Period, days: int) -> Moment:
    day = period.last_day + timedelta(days=days)
    return Moment(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE).astimezone(UTC), day)


if __name__ == "__main__":
    main()
