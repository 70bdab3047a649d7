"""What is said of a ranking, gathered: its rows, the awards that follow from it, and what it changed.

Everything is derived when it is asked for. A version whose place was taken meanwhile is said as it was: its awards are
derived as if nothing had come after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from core.actions.awarding import awards_with
from core.actions.ranking import view_of
from core.awards import EligibilityChanged, FlagChanged, PrizeChanged, Step, YearAwards
from core.bulletin_views import (
    AwardTold,
    BulletinView,
    Correction,
    LastPlaceTold,
    Placing,
    RowChanged,
    ToldLastPlace,
)
from core.composites import eligibility
from core.errors import NoSuchRanking
from core.frozen_ranking import read_body, rows_of
from core.frozen_text import ranks_of
from core.periods import Period, PeriodKind
from core.store import rankings, units
from core.store.engine import Db
from core.store.rankings import RankingRecord

Told = Mapping[str, Any]


def bulletin_of(db: Db, district_id: int, ranking_id: int, told: Told | None = None) -> BulletinView:
    """What is said of a ranking of the district; `told` is the view of its outbox row, which knows what it replaced.

    Raises NoSuchRanking.
    """
    record = _own(db, district_id, ranking_id)
    view = view_of(db, record)
    names = {row.unit_id: row.unit for row in view.rows}
    correction = None
    if told is not None and "replaced" in told:
        replaced = _own(db, district_id, told["replaced"])
        correction = _correction(record, replaced, told["changes"])
        names = {**{row.unit_id: row.unit for row in rows_of(read_body(replaced.body))}, **names}
    awarded = _awarded(db, record)
    day = Period.parse(record.period).last_day
    for unit_id, known_on in (*((each, day) for each in _in_flag(awarded)), *_in_correction(correction)):
        if unit_id not in names:
            names[unit_id] = units.name_of(db, unit_id, max(day, known_on))
    return BulletinView(ranking=view, names=names, correction=correction, **awarded)


def changes_read(told: Iterable[Told]) -> tuple[AwardTold, ...]:
    """The changes that an outbox row keeps (`announcing_rankings.as_told`), as they were told."""
    return tuple(_change(each) for each in told)


def _own(db: Db, district_id: int, ranking_id: int) -> RankingRecord:
    record = rankings.find(db, ranking_id)
    if record is None or record.district_id != district_id:
        raise NoSuchRanking(period="")
    return record


def _awarded(db: Db, record: RankingRecord) -> dict[str, Any]:
    """What follows from a ranking that is, or was, final; nothing from another, nor from a department's (办法 六-3)."""
    if record.unit_kind != "township" or record.final_at is None:
        return {}
    period = Period.parse(record.period)
    awards = awards_with(db, record)
    if period.kind is PeriodKind.MONTH:
        return {"flag": next(each for each in awards.flags if each.month == period)}
    if period.kind is PeriodKind.QUARTER:
        rewards = next(each.rewards for each in awards.rewards if each.quarter == period)
        last = tuple(each for each in awards.last_places if each.quarter == period)
        return {"rewards": rewards, "prizes": rewards.shares, "last_places": last}
    return _eligible(record, awards, period.year) if period.kind is PeriodKind.YEAR else _flags_of(period, awards)


def _eligible(record: RankingRecord, awards: YearAwards, year: int) -> dict[str, Any]:
    disqualified = awards.disqualified(year)
    return {
        "eligibility": eligibility(ranks_of(record.body), disqualified),
        "disqualified": disqualified,
    }


def _flags_of(half: Period, awards: YearAwards) -> dict[str, Any]:
    """半年一小结: nothing follows from a half-year, but it sums up the flag's way."""
    known = {each.month: each for each in awards.flags}
    return {"flags": {month: known.get(month) for month in half.parts(PeriodKind.MONTH)}}


def _in_flag(awarded: Mapping[str, Any]) -> Iterable[int]:
    """The units that are named for the flag."""
    for each in (awarded.get("flag"), *awarded.get("flags", {}).values()):
        if each is not None:
            yield from (*each.before, *each.holders)


def _correction(record: RankingRecord, replaced: RankingRecord, told: Sequence[Told]) -> Correction:
    changes = changes_read(told)
    if replaced.final_at is None:
        # Nothing had followed from a version that never was final: what its period gives now is no correction, nor is
        # what that means for its year.
        given_now = {record.period, str(Period.parse(record.period).year)}
        changes = tuple(each for each in changes if _period_of(each) not in given_now)
    return Correction(replaced.version, tuple(_rows_changed(record, replaced)), changes)


def _rows_changed(record: RankingRecord, replaced: RankingRecord) -> Iterable[RowChanged]:
    before, after = _placings(replaced), _placings(record)
    for unit_id in (*after, *(each for each in before if each not in after)):
        if before.get(unit_id) != after.get(unit_id):
            yield RowChanged(unit_id, before.get(unit_id), after.get(unit_id))


def _placings(record: RankingRecord) -> dict[int, Placing]:
    return {each.unit_id: Placing(each.rank, each.score) for each in rows_of(read_body(record.body))}


def _in_correction(correction: Correction | None) -> Iterable[tuple[int, date]]:
    """The units whose awards changed, with the end of the period in which they did."""
    for each in () if correction is None else correction.awards:
        last_day = Period.parse(_period_of(each)).last_day
        unit_ids = (*(each.before or ()), *(each.after or ())) if isinstance(each, FlagChanged) else (each.unit_id,)
        yield from ((unit_id, last_day) for unit_id in unit_ids)


def _change(told: Told) -> AwardTold:
    if told["what"] == "flag":
        return FlagChanged(Period.parse(told["period"]), _ids(told["before"]), _ids(told["after"]))
    if told["what"] == "prize":
        return PrizeChanged(Period.parse(told["period"]), told["unit"], told["before"], told["after"])
    if told["what"] == "eligibility":
        return EligibilityChanged(told["year"], told["unit"], told["lost"])
    places = (_last_place(told["before"]), _last_place(told["after"]))
    return LastPlaceTold(Period.parse(told["period"]), told["unit"], *places)


def _period_of(change: AwardTold) -> str:
    if isinstance(change, FlagChanged):
        return str(change.month)
    return str(change.year) if isinstance(change, EligibilityChanged) else str(change.quarter)


def _ids(told: Sequence[int] | None) -> tuple[int, ...] | None:
    return None if told is None else tuple(told)


def _last_place(told: Told | None) -> ToldLastPlace | None:
    if told is None:
        return None
    step, following = (None if told[name] is None else Step(told[name]) for name in ("step", "next_step"))
    return ToldLastPlace(
        told["count"], step, following, None if told["due"] is None else date.fromisoformat(told["due"])
    )
