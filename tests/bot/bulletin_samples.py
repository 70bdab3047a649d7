"""Bulletins to lay out: quarters under 公示, final and corrected, with what follows from them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

from snapshot_samples import ranking, row, told_of

from core.awards import EligibilityChanged, FlagChanged, LastPlace, LastQuarter, PrizeChanged, Step
from core.awards.rewards import rewards
from core.bulletin_views import (
    AwardTold,
    BulletinView,
    LastPlaceTold,
    Placing,
    RowChanged,
    ToldLastPlace,
)
from core.periods import Period
from core.ranking import Standing
from core.snapshots import RankingRow

Q2 = Period.parse("2013-Q2")
UNTIL = datetime(2013, 7, 4, 16, tzinfo=UTC)
FINAL_AT = datetime(2013, 7, 5, 1, tzinfo=UTC)
LONG = "荷塘区金山新城及宋家桥工业集中区建设开发管理委员会"[:24]
PRIZES = (300_000, 200_000, 100_001)


def unit(number: int, rank: int | None, score: int = 9000, name: str = "", *, tied: bool = False) -> RankingRow:
    return dataclasses.replace(row(name or f"单位{number}", rank, score, tied=tied), unit_id=number)


QUARTER = (
    unit(1, 1, 9650, "仙庾镇"),
    unit(2, 2, 9525, "月塘街道", tied=True),
    unit(3, 2, 9525, "茨菇塘街道", tied=True),
    unit(4, 4, 8500, "金山街道"),
    unit(5, None, 0, "明照乡"),
)


def provisional(rows: Sequence[RankingRow] = QUARTER, period: str = "2013-Q2", **about: object) -> BulletinView:
    view = dataclasses.replace(ranking(rows, state="provisional"), period=period, absent=(), objections_until=UNTIL)
    return told_of(dataclasses.replace(view, **about))  # type: ignore[arg-type]


def final(rows: Sequence[RankingRow] = QUARTER, period: str = "2013-Q2", **about: object) -> BulletinView:
    return told_of(dataclasses.replace(ranking(rows), period=period, absent=(), final_at=FINAL_AT), **about)


def awarded(rows: Sequence[RankingRow] = QUARTER, *last: LastPlace, prizes: Sequence[int] = PRIZES) -> BulletinView:
    standings = [Standing(each.unit_id, each.rank, each.tied, each.score, None) for each in rows]
    found = rewards(standings, prizes, "split")
    return final(rows, rewards=found, prizes=found.shares, last_places=last)


def last(step: Step | None, following: Step | None, due: date | None = None, count: int = 2) -> LastPlace:
    return LastPlace(4, Q2, (LastQuarter(Q2, 4),) * count, step, following, due)


CHANGES: tuple[AwardTold, ...] = (
    FlagChanged(Period.parse("2013-06"), None, (1, 2)),
    PrizeChanged(Q2, 1, 0, 150_050),
    LastPlaceTold(Q2, 4, None, ToldLastPlace(2, Step.EXPLAIN, None, date(2013, 7, 18))),
    LastPlaceTold(Q2, 4, ToldLastPlace(3, Step.DISQUALIFY, None, None), ToldLastPlace(1, Step.WARN, None, None)),
    EligibilityChanged(2013, 4, True),
    EligibilityChanged(2013, 1, False),
)
ROWS = (
    RowChanged(1, Placing(2, Fraction(9500)), Placing(1, Fraction(9650))),
    RowChanged(5, Placing(None, None), None),
)
