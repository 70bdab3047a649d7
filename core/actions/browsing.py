"""/rank: a ranking opened, with what stands around it, and the ranks of a year (走势)."""

from __future__ import annotations

from dataclasses import dataclass

from core.actions.bulletins import bulletin_of
from core.bulletin_views import BulletinView
from core.errors import NoSuchRanking, NoSuchUnit
from core.frozen_ranking import read_body, rows_of
from core.periods import Period, PeriodKind
from core.ranking_shelf import Shelf, shelf_around
from core.rubric import UnitKind
from core.store import rankings
from core.store.engine import Db
from core.trends import Trend, YearPoint, trend

KINDS: tuple[UnitKind, ...] = ("township", "department")


@dataclass(frozen=True, slots=True)
class OpenRanking:
    """A ranking and where one can go from it."""

    bulletin: BulletinView
    shelf: Shelf


def newest(db: Db, district_id: int, period: Period | None, kind: UnitKind) -> OpenRanking:
    """The newest version of a period's ranking; without a period that of the ranking computed last.

    Raises NoSuchRanking.
    """
    if period is None:
        known = rankings.periods(db, district_id, kind)
        if not known:
            raise NoSuchRanking(period="")
        period = Period.parse(known[0])
    record = rankings.newest(db, district_id, str(period), kind)
    if record is None:
        raise NoSuchRanking(period=str(period))
    return _opened(db, district_id, record.id)


def version(db: Db, district_id: int, ranking_id: int) -> OpenRanking:
    """One version, by its id. Raises NoSuchRanking."""
    return _opened(db, district_id, ranking_id)


def trend_of(db: Db, district_id: int, kind: UnitKind, year: int, length: PeriodKind, unit_id: int = 0) -> Trend:
    """The ranks of a year's periods of one length, of one unit or of all (0), by the newest version of each.

    Raises NoSuchRanking where nothing of that year was ranked, NoSuchUnit for a unit that never was among them.
    """
    periods = Period(PeriodKind.YEAR, year, 1).parts(length)
    found = {each: rankings.newest(db, district_id, str(each), kind) for each in periods}
    points = {
        each: YearPoint(rows_of(read_body(record.body)), is_final=record.final_at is not None)
        for each, record in found.items()
        if record is not None
    }
    if not points:
        raise NoSuchRanking(period=str(year))
    drawn = trend(kind, periods, points)
    if not unit_id:
        return drawn
    only = drawn.of_unit(unit_id)
    if only is None:
        raise NoSuchUnit(unit_id=unit_id)
    return only


def _opened(db: Db, district_id: int, ranking_id: int) -> OpenRanking:
    bulletin = bulletin_of(db, district_id, ranking_id)
    view = bulletin.ranking
    ranked = {kind: [Period.parse(each) for each in rankings.periods(db, district_id, kind)] for kind in KINDS}
    versions = rankings.versions(db, district_id, view.period, view.unit_kind)
    return OpenRanking(bulletin, shelf_around(Period.parse(view.period), view.unit_kind, ranked, versions))
