"""Awards (办法 六) as they follow from a district's finals: always derived anew, never kept.

Answers for which finals count and under which rules; what follows from them is `core.awards`'s to say.
"""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from core.awards import Final, YearAwards, derive
from core.frozen_text import firsts_of, ranks_of
from core.periods import Period, PeriodKind
from core.store import calendar_days, rankings, staff, units
from core.store.engine import Db
from core.store.rankings import FinalText, RankingRecord
from core.store.rules import policy_of


def awards_of(db: Db, district_id: int, periods: Collection[Period] | None = None) -> YearAwards:
    """Everything that the finals of a district's townships entitle to, of all its years, or those of some periods."""
    zone = ZoneInfo(units.district(db, district_id).timezone)
    finals = [_final(db, each, zone) for each in rankings.finals(db, district_id, periods) if each.period.kind in _GIVE]
    return derive(finals, staff.successions(db, district_id), calendar_days.overrides(db, district_id))


def awards_with(db: Db, record: RankingRecord) -> YearAwards:
    """The same, as if this version were still the final of its period, also where another took its place meanwhile."""
    zone = ZoneInfo(units.district(db, record.district_id).timezone)
    finals = [each for each in rankings.finals(db, record.district_id) if each.period.kind in _GIVE]
    if gives(record) and record.final_at is not None:
        period = Period.parse(record.period)
        own = FinalText(period, record.version, record.body, record.final_at, record.policy_hash)
        finals = [*(each for each in finals if each.period != period), own]
    return derive(
        [_final(db, each, zone) for each in finals],
        staff.successions(db, record.district_id),
        calendar_days.overrides(db, record.district_id),
    )


def gives(record: RankingRecord) -> bool:
    """Whether this ranking is one that awards rest on: a month's or a quarter's, of townships."""
    return record.unit_kind == "township" and Period.parse(record.period).kind in _GIVE


_GIVE = (PeriodKind.MONTH, PeriodKind.QUARTER)


def _final(db: Db, text: FinalText, zone: ZoneInfo) -> Final:
    """A final ranking as far as awards rest on it, with the rules of its own policy."""
    # A month gives the flag to its first, and nothing to anybody else.
    standings = firsts_of(text.body) if text.period.kind is PeriodKind.MONTH else ranks_of(text.body)
    published_on = text.final_at.astimezone(zone).date()
    return Final(text.period, text.version, standings, published_on, policy_of(db, text.policy_hash).awards)
