"""Loading the demo district through the same actions that the bot uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from core import rubric_files
from core.actions import district, handing_out, marking, rounds, submitting
from core.actions.door import Moment
from core.people import Actor, Role
from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.store import people, units
from core.store import rounds as round_rows
from core.store.engine import Db
from core.store.handing_out import Pairing, assign, link, pairings

_SOURCE = Path(__file__).with_name("district.yaml")
_BEFORE_ANY_ROUND = date(2000, 1, 1)


class DistrictInUse(Exception):
    """The database holds units or people that are not the demo's."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo, as a client needs to play them."""

    name: str
    telegram_id: int
    role: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Demo:
    """The people of the demo and its group."""

    people: tuple[DemoPerson, ...]
    group: int
    group_title: str


def demo() -> Demo:
    """Who plays in the demo."""
    source = _read()
    names = {code: name for code, name, _ in [*source["townships"], *source["departments"]]}
    played = tuple(
        DemoPerson(name, telegram_id, role, names.get(unit)) for _, name, role, unit, telegram_id in source["people"]
    )
    return Demo(played, source["group"], source["group_title"])


def load_demo(db: Db, now: datetime, zone: ZoneInfo, language: str) -> None:
    """Load the district with a round of the month `now` lies in; harmless when it is there. Raises DistrictInUse."""
    source = _read()
    first = district.first_district(db, source["name"], str(zone), language)
    known = people.actors(db, [row[4] for row in source["people"]], now.astimezone(zone).date())
    if len(known) == len(source["people"]):
        return
    if known or units.unit_names(db, first.id, "township", now.astimezone(zone).date()):
        raise DistrictInUse
    unit_ids = {
        **_add_units(db, first.id, "township", source["townships"]),
        **_add_units(db, first.id, "department", source["departments"]),
    }
    actors = _add_people(db, first.id, source["people"], unit_ids, language)
    units.bind_group(db, first.id, source["group"], None)
    month = Period(PeriodKind.MONTH, now.astimezone(zone).year, now.astimezone(zone).month)
    _join(db, source, actors, unit_ids)
    district.take_stock(db, first.id, Moment(now, now.astimezone(zone).date()))
    opened = _open_month(db, first.id, month, now, zone)
    for sheet in source["sheets"]:
        rater = actors[sheet["rater"]]
        pairing = Pairing(unit_ids[sheet["unit"]], rater.person_id, None)
        _fill_sheet(db, opened[pairing], rater, sheet, now, zone)


def _read() -> dict[str, Any]:
    # Points as written: a float would not be exact.
    source: dict[str, Any] = yaml.load(_SOURCE.read_text(encoding="utf-8"), Loader=_Exact)  # noqa: S506  # a SafeLoader
    return source


class _Exact(yaml.SafeLoader):
    """Reads decimals exactly."""


_Exact.add_constructor("tag:yaml.org,2002:float", lambda _, node: Decimal(str(node.value)))


def _add_units(db: Db, district_id: int, kind: UnitKind, rows: Sequence[Sequence[str]]) -> dict[str, int]:
    return {
        code: units.add_unit(db, district_id, code, kind, name, short, _BEFORE_ANY_ROUND) for code, name, short in rows
    }


def _add_people(
    db: Db, district_id: int, rows: Sequence[Sequence[Any]], unit_ids: Mapping[str, int], language: str
) -> dict[str, Actor]:
    for _, name, role, unit, telegram_id in rows:
        person_id = people.add_person(db, district_id, name, telegram_id, language)
        people.appoint(db, person_id, Role(role), unit_ids.get(unit), _BEFORE_ANY_ROUND)
    found = people.actors(db, [row[4] for row in rows], _BEFORE_ANY_ROUND)
    return {row[0]: found[row[4]] for row in rows}


def _join(db: Db, source: Mapping[str, Any], actors: Mapping[str, Actor], unit_ids: Mapping[str, int]) -> None:
    """分工 and 联点."""
    for who, unit in source["assignments"]:
        assign(db, actors[who].person_id, unit_ids[unit], _BEFORE_ANY_ROUND)
    for department, township in source["links"]:
        link(db, unit_ids[department], unit_ids[township], _BEFORE_ANY_ROUND)


def _open_month(db: Db, district_id: int, month: Period, now: datetime, zone: ZoneInfo) -> Mapping[Pairing, int]:
    """The month's round with its sheets. Nobody is told: it is under way when the demo begins."""
    rules = rounds.rule_set(rubric_files.SHIPPED)["township"]
    opens_at = datetime.combine(month.first_day, time(), tzinfo=zone).astimezone(UTC)
    round_id = rounds.open_round(db, district_id, month, "township", rules, opens_at, month.ends_at(zone))
    record = round_rows.known(db, round_id)
    handing_out.hand_out_missing(db, record, None, Moment(now, now.astimezone(zone).date()))
    return pairings(db, round_id)


def _fill_sheet(db: Db, sheet_id: int, rater: Actor, sheet: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> None:
    at = Moment(now, now.astimezone(zone).date())
    lost = {item: (int(points * 100), reason) for item, points, reason in sheet["lost"]}
    view = marking.fill_rest if "until" not in sheet else None
    for item, (points, reason) in lost.items():
        marking.set_mark_with_reason(db, rater, sheet_id, item, points, reason, at)
    if view is not None:
        view(db, rater, sheet_id, at)
        submitting.submit(db, rater, sheet_id, at)
        return
    rubric = rubric_files.load_rubric(rubric_files.SHIPPED / "2013-township.yaml")
    for item in range(1, sheet["until"] + 1):
        if item not in lost:
            maximum = rubric.item(item).max_points
            marking.set_mark_with_reason(db, rater, sheet_id, item, maximum, None, at)
