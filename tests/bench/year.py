"""The year that the large district is ranked over, and its clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.periods import Period, PeriodKind

ZONE = ZoneInfo("Asia/Shanghai")
YEAR = Period(PeriodKind.YEAR, 2013, 1)


def periods() -> tuple[Period, ...]:
    """The rounds of a year in the order in which they are ranked."""
    return tuple(sorted((*YEAR.parts(PeriodKind.MONTH), *YEAR.parts(PeriodKind.QUARTER), YEAR)))
