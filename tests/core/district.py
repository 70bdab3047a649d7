"""A small district, built through the actions, to act in and look at.

Three townships, a department, two assessors, an officer, a liaison and an admin; a round
of June 2013 that is open. Nobody has a sheet until one is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from core import audit, rubric_files
from core.actions import district, door, marking, rounds, submitting
from core.actions.door import Moment
from core.actions.rounds import Rules
from core.people import Actor, Role
from core.periods import Period
from core.snapshots import Marked, Place, SheetView
from core.store import audit_log, people, units
from core.store.engine import Database, Db

P = ParamSpec("P")
T = TypeVar("T")

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2000, 1, 1)
JUNE = Period.parse("2013-06")
GROUP = -880100
CHAT = Place(chat_id=880002, message_id=77)


def moment(text: str) -> Moment:
    """The moment of a Shanghai wall clock, as `2013-06-24 10:00`."""
    local = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    return Moment(local.astimezone(UTC), local.date())


def later(at: Moment, **by: int) -> Moment:
    """The same day, so much later."""
    return Moment(at.now + timedelta(**by), at.today)


NOON = moment("2013-06-24 12:00")
"""While the round of June is open."""
FIRST_OF_JULY = moment("2013-07-01 09:00")
"""When the ranking of June is computed."""


@cache
def shipped_rules(kind: str = "township") -> Rules:
    """The rules the program ships with."""
    book = rubric_files.load_directory(rubric_files.SHIPPED)
    return rounds.rules_from(rubric_files.SHIPPED, book.rubrics[f"2013-{kind}"], book.policies["2013-policy"])


@dataclass(frozen=True)
class District:
    """Acts in one district; every act is a transaction of its own."""

    database: Database
    id: int
    units: Mapping[str, int]
    people: Mapping[str, Actor]
    round_id: int

    def act(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action and commit."""
        with self.database.transaction() as db:
            return action(db, *args, **kwargs)

    @property
    def zhou(self) -> Actor:
        """An assessor."""
        return self.people["zhou"]

    @property
    def luo(self) -> Actor:
        """Another assessor."""
        return self.people["luo"]

    @property
    def liu(self) -> Actor:
        """An officer of 仙庾镇."""
        return self.people["liu"]

    @property
    def tang(self) -> Actor:
        """An admin."""
        return self.people["tang"]

    def hand_out(self, unit: str = "仙庾镇", rater: str = "zhou") -> int:
        """A sheet of June for an assessor."""
        return self.act(rounds.hand_out, self.round_id, self.units[unit], self.people[rater].person_id)

    def tap(self, sheet_id: int, item: int, points: int, at: Moment = NOON, rater: str = "zhou") -> Marked:
        """A tap on a mark."""
        return self.act(marking.set_mark, self.people[rater], CHAT, sheet_id, item, points, at)

    def sees(self, sheet_id: int, at: Moment = NOON, rater: str = "zhou") -> SheetView:
        """The sheet as its rater sees it."""
        return self.act(door.look, self.people[rater], sheet_id, at)

    def submitted(
        self,
        unit: str,
        lost: Mapping[int, int] | None = None,
        *,
        rater: str = "zhou",
        not_applicable: tuple[int, ...] = (),
        at: Moment = NOON,
    ) -> int:
        """A sheet handed in: `lost` are the items with less than full points (hundredths)."""
        sheet_id, actor = self.hand_out(unit, rater), self.people[rater]
        for item, points in (lost or {}).items():
            self.act(marking.set_mark_with_reason, actor, sheet_id, item, points, "台账缺页", at)
        for item in not_applicable:
            self.act(marking.set_not_applicable, actor, sheet_id, item, "没有这项工作", at)
        self.act(marking.fill_rest, actor, sheet_id, at)
        self.act(submitting.submit, actor, sheet_id, at)
        return sheet_id

    def chain(self, sheet_id: int) -> list[dict[str, Any]]:
        """The acts on a sheet, oldest first; their hashes are verified on the way."""
        links = self.act(audit_log.links, f"sheet:{sheet_id}")
        assert audit.verify(links) is None
        return [dict(link.entry) for link in links]

    def chain_head(self, sheet_id: int) -> str:
        """The hash of the newest act on a sheet."""
        return self.act(audit_log.links, f"sheet:{sheet_id}")[-1].hash

    def acts(self, sheet_id: int) -> list[str]:
        """The names of the acts on a sheet."""
        return [entry["act"] for entry in self.chain(sheet_id)]


def found_district(database: Database) -> District:
    """Build the district in an empty, migrated database."""
    with database.transaction() as db:
        district_id = district.first_district(db, "荷塘区", str(SHANGHAI), "zh").id
        names = {"仙庾镇": "仙庾", "月塘街道": "月塘", "明照乡": "明照"}
        unit_ids = {
            name: units.add_unit(db, district_id, name, "township", name, short, LONG_AGO)
            for name, short in names.items()
        }
        unit_ids["区民政局"] = units.add_unit(db, district_id, "区民政局", "department", "区民政局", "民政局", LONG_AGO)
        actors = _settle(db, district_id, unit_ids)
        june = rounds.open_round(
            db, district_id, JUNE, "township", shipped_rules(), moment("2013-06-01 00:00").now, JUNE.ends_at(SHANGHAI)
        )
    return District(database, district_id, unit_ids, actors, june)


def _settle(db: Db, district_id: int, unit_ids: Mapping[str, int]) -> dict[str, Actor]:
    rows = [
        ("tang", "唐文静", Role.ADMIN, None, 880001),
        ("zhou", "周建国", Role.ASSESSOR, None, 880002),
        ("luo", "罗晓梅", Role.ASSESSOR, None, 880003),
        ("liu", "刘芳", Role.OFFICER, unit_ids["仙庾镇"], 880005),
        ("chen", "陈立新", Role.OFFICER, unit_ids["月塘街道"], 880006),
        ("deng", "邓丽华", Role.LIAISON, unit_ids["区民政局"], 880008),
    ]
    for _, name, role, unit_id, telegram_id in rows:
        person_id = people.add_person(db, district_id, name, telegram_id, "zh")
        people.appoint(db, person_id, role, unit_id, LONG_AGO)
    known = people.actors(db, [row[4] for row in rows], NOON.today)
    return {row[0]: known[row[4]] for row in rows}
