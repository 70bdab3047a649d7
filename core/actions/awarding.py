"""Awards (办法 六) as they follow from a district's finals: always derived anew, never kept.

Answers for which finals count and under which rules; what follows from them is `core.awards`'s to say.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.awards import Final, YearAwards, derive
from core.frozen_text import ranks_of
from core.periods import Period
from core.store import calendar_days, rankings, staff, units
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.rules import policy_of


def awards_of(db: Db, district_id: int) -> YearAwards:
    """Everything that the finals of a district's townships entitle to, of all its years."""
    zone = ZoneInfo(units.district(db, district_id).timezone)
    finals = [
        final_of(db, record, record.final_at, zone)
        for record in rankings.in_state(db, district_id, "final")
        if record.unit_kind == "township" and record.final_at is not None
    ]
    return derive(finals, staff.successions(db, district_id), calendar_days.overrides(db, district_id))


def final_of(db: Db, record: RankingRecord, final_at: datetime, zone: ZoneInfo) -> Final:
    """A final ranking as far as awards rest on it, with the rules of its own policy."""
    return Final(
        Period.parse(record.period),
        record.version,
        ranks_of(record.body),
        final_at.astimezone(zone).date(),
        policy_of(db, record.policy_hash).awards,
    )
