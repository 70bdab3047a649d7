"""Which clauses of the measures apply to a unit's row of a ranking: the flag, prizes, last places (办法 六), and how.

Derived from the finals, as `core.actions.awarding` does, but only from those that concern the row: /why answers at
once, also in a district of a thousand units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.actions.awarding import awards_of
from core.awards import LastPlace, YearAwards, red_flag
from core.awards.rewards import rewards
from core.frozen_text import Place, firsts_of, ranks_of
from core.periods import Period, PeriodKind
from core.policy import Awards
from core.store import rankings
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rules import policy_of
from core.why import Clause


def clauses_of(db: Db, record: RankingRecord, place: Place, known: Mapping[Period, int]) -> tuple[Clause, ...]:
    """What applies to the row, in the order of the measures; `known` are the newest rankings by period."""
    period = Period.parse(record.period)
    if record.unit_kind != "township":
        return (Clause("department"),)
    if record.state != "final":
        return (Clause("provisional"),) if period.kind is not PeriodKind.HALF else ()
    rule = policy_of(db, record.policy_hash).awards
    unit_id = place.row.unit_id
    match period.kind:
        case PeriodKind.MONTH:
            return tuple(_flag(db, record, unit_id, known, rule))
        case PeriodKind.QUARTER:
            return tuple(_quarter(db, record, place, known, rule))
        case PeriodKind.HALF:
            return (Clause("half_year"),)
    is_out = unit_id in _awards(db, record, known, rule).disqualified(period.year)
    return (Clause("disqualified"),) if is_out else (Clause("year"),)


def _flag(db: Db, record: RankingRecord, unit_id: int, known: Mapping[Period, int], rule: Awards) -> Iterator[Clause]:
    given_to = red_flag(firsts_of(record.body), rule.red_flag.tie)
    if unit_id in given_to:
        yield Clause("flag_given" if rule.red_flag.talk else "flag_given_quietly")
    elif unit_id in _held_before(db, known, Period.parse(record.period)):
        yield Clause("flag_handed_over" if given_to else "flag_kept")


def _held_before(db: Db, known: Mapping[Period, int], month: Period) -> tuple[int, ...]:
    """Who held the flag until this month: the newest final before it that gave it to somebody."""
    earlier = (each for each in known if each.kind is PeriodKind.MONTH and each < month)
    for period in sorted(earlier, reverse=True):
        record = rankings.known(db, known[period])
        rule = policy_of(db, record.policy_hash).awards.red_flag
        if record.state == "final" and (given_to := red_flag(firsts_of(record.body), rule.tie)):
            return given_to
    return ()


def _quarter(
    db: Db, record: RankingRecord, place: Place, known: Mapping[Period, int], rule: Awards
) -> Iterator[Clause]:
    unit_id = place.row.unit_id
    shares = rewards(ranks_of(record.body), rule.rewards.prizes, rule.rewards.tie).shares
    if unit_id in shares:
        yield Clause("prize", fen=shares[unit_id])
    # Who has somebody below is not last, and the quarters before need not be read.
    if place.row.rank is not None and not place.below:
        last = _last_place(_awards(db, record, known, rule), Period.parse(record.period), unit_id)
        if last is not None:
            yield Clause("last_place", count=last.count, step=last.step, next_step=last.next_step, due=last.due)


def _last_place(awards: YearAwards, quarter: Period, unit_id: int) -> LastPlace | None:
    found = (each for each in awards.last_places if each.quarter == quarter and each.unit_id == unit_id)
    return next(found, None)


def _awards(db: Db, record: RankingRecord, known: Mapping[Period, int], rule: Awards) -> YearAwards:
    """What the quarters up to this period entitle to: those of its year, and earlier ones where streaks go on."""
    own = Period.parse(record.period)
    quarters = [each for each in known if each.kind is PeriodKind.QUARTER and each <= own]
    if not rule.last_place.carry_over:
        quarters = [each for each in quarters if each.year == own.year]
    return awards_of(db, record.district_id, quarters)
