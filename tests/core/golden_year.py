"""Living the golden year through: people do what `golden_2013` says they did, and the clock beats at its real times.

Nothing is computed here. Marks and the ledger come in through the store; the gate, 不了解, objections and corrections
through the actions; and everything else is the scheduler's, by the shipped policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

import golden_2013 as golden
from district import GROUP, LONG_AGO, SHANGHAI, District, moment
from golden_deeds import (
    RULES,
    Deed,
    assesses,
    beat,
    corrects,
    departments_are_scored,
    files,
    lets_through,
    objects,
    open_january,
    upholds,
)
from golden_departments import RATERS, known_departments
from golden_tables import blocks, lines
from sqlalchemy import insert, update

from core.actions import district as districts
from core.actions import rounds
from core.calendar import Duty
from core.people import Role
from core.periods import Period
from core.rubric import UnitKind
from core.store import handing_out, people, units
from core.store.engine import Database, Db
from core.store.tables import Unit, UnitName, table_of

Script = Iterator[tuple[str, Deed]]
"""What happens, and when on Shanghai's clock."""

BEGINS = "2013-01-17 12:00"
"""The district begins when nobody owes anything for 2012 any more; the round of January is opened by hand."""


def founded(database: Database) -> District:
    """The district as it is on its first day: what will be renamed and merged is known by its dates."""
    with database.transaction() as db:
        district_id = districts.first_district(db, "荷塘区", str(SHANGHAI), "zh").id
        ids = {name: _unit(db, district_id, name, "township") for name in golden.TOWNSHIPS}
        _rename_and_merge(db, ids)
        departments = {each.unit: _unit(db, district_id, each.unit, "department") for each in known_departments()}
        for department in departments.values():
            for rater in RATERS:
                handing_out.link(db, department, ids[rater], LONG_AGO)
        accounts = {"tang": 880001, "zhou": 880002} | {name: 880100 + number for number, name in enumerate(ids)}
        for name, account in accounts.items():
            role = {"tang": Role.ADMIN, "zhou": Role.ASSESSOR}.get(name, Role.OFFICER)
            person = people.add_person(db, district_id, name, account, "zh")
            people.appoint(db, person, role, ids.get(name), LONG_AGO)
            if role is Role.ASSESSOR:
                for unit_id in ids.values():
                    handing_out.assign(db, person, unit_id, LONG_AGO)
        units.bind_group(db, district_id, GROUP, None)
        rounds.take_policy(db, district_id, RULES["township"].policy, RULES["township"].policy_text)
        known = people.actors(db, list(accounts.values()), moment(BEGINS).today)
    ids[golden.RENAMED[1]] = ids[golden.RENAMED[0]]
    return District(database, district_id, ids | departments, {name: known[accounts[name]] for name in accounts}, 0)


def lived(database: Database) -> District:
    """The district after its golden year."""
    office = founded(database)
    for when, deed in sorted(_script(), key=lambda each: each[0]):
        deed(office, moment(when))
    return office


def _script() -> Script:
    # A name for each part of the year; at equal times they happen in this order.
    yield BEGINS, beat
    yield BEGINS, open_january
    yield from _months()
    yield from _quarters()
    yield from _ledger()
    yield from _words()
    yield from _clock()


def _clock() -> Script:
    """The clock beats when something is due, and a minute before, when nothing is."""
    days = [date(2013 + month // 12, month % 12 + 1, 1) for month in range(1, 13)]
    due = [f"{day} {hour}" for day in days for hour in ("08:00", "09:00")]
    due += [f"2013-{month}-20 08:00" for month in ("03", "06", "09", "12")]
    due += ["2013-04-08 00:00", "2013-07-05 00:00", "2013-10-11 00:00", "2014-01-07 00:00", "2014-01-22 00:00"]
    due += ["2014-01-05 08:00", "2014-01-16 09:00", "2013-07-01 10:00"]
    for each in due:
        yield f"{datetime.fromisoformat(each) - timedelta(minutes=1):%Y-%m-%d %H:%M}", beat
        yield each, beat
    for after in ("2013-07-05 00:01", "2013-07-05 09:00", "2014-01-01 10:00", "2014-01-16 10:00"):
        yield after, beat


def _months() -> Script:
    for month, placed in blocks(golden.MONTHS).items():
        yield f"{month}-25 10:00", assesses(month, {each.unit: each.lost for each in placed})


def _quarters() -> Script:
    for head, placed in blocks(golden.QUARTERS).items():
        quarter, version = head.split()
        if version == "v1":
            day = Period.parse(quarter).last_day.replace(day=25)
            yield f"{day} 10:00", assesses(quarter, {each.unit: each.lost for each in placed})
            yield f"{day} 11:00", departments_are_scored(quarter)
    yield "2014-01-10 10:00", assesses("2013", {unit: (10, int(lost)) for unit, lost, *_ in lines(golden.YEAR)})
    yield "2014-01-10 11:00", departments_are_scored("2013")


def _ledger() -> Script:
    """月报表 from May, 群众工作日 from October, 信息上报 from the week that ends on 3 November."""
    for unit, month in product(golden.TOWNSHIPS, range(5, 13)):
        key = f"2013-{month:02d}"
        merged = unit == golden.MERGED[0] and f"{key}-01" >= golden.MERGED[2]
        if not merged and (unit, key) != ("金山街道", "2013-06"):
            late = (unit, key) == ("茨菇塘街道", "2013-08")
            yield f"{key}-{'27 09:00' if late else '25 10:00'}", files(unit, Duty.MONTHLY_REPORT, key)
    for unit, month, day in product(golden.TOWNSHIPS[:-1], (10, 11, 12), ("08", "09")):
        key = f"2013-{month}-{day}"
        if (unit, key) != ("桂花街道", "2013-10-09"):
            yield f"{key} 18:00", files(unit, Duty.WORKDAY, key)
    for unit, week in product(golden.TOWNSHIPS[:-1], range(44, 53)):
        if (unit, week) != ("仙庾镇", 46):
            yield f"{date.fromisocalendar(2013, week, 3)} 15:00", files(unit, Duty.BRIEFING, f"2013-W{week}")


def _words() -> Script:
    """What the office and 金山街道 say."""
    yield "2013-07-01 10:00", lets_through("2013-Q2", "department")
    yield "2013-07-05 09:00", lets_through("2013-H1", "department")
    yield "2013-10-08 10:00", objects("金山街道", "2013-Q3")
    yield "2013-10-09 10:00", upholds("金山街道", "2013-Q3", "10 1 台账已补齐")
    yield "2013-11-05 10:00", corrects("2013-Q3", {"金山街道": "10 2 复核属实", "宋家桥街道": "10 5 复核属实"})
    yield "2014-01-01 10:00", lets_through("2013-Q4", "township")
    yield "2014-01-16 10:00", lets_through("2013", "township")
    yield "2014-01-16 10:00", lets_through("2013", "department")


def _unit(db: Db, district_id: int, name: str, kind: UnitKind) -> int:
    return units.add_unit(db, district_id, name, kind, name, name, LONG_AGO)


def _rename_and_merge(db: Db, ids: Mapping[str, int]) -> None:
    old, new, since = golden.RENAMED
    naming = {"unit_id": ids[old], "valid_from": date.fromisoformat(since), "name": new, "short_name": new}
    db.execute(insert(table_of(UnitName)).values(naming))
    gone, into, ends_on = golden.MERGED
    unit = table_of(Unit)
    values = {"ends_on": date.fromisoformat(ends_on), "successor_id": ids[into], "successor_inherits": True}
    db.execute(update(unit).where(unit.c.id == ids[gone]).values(values))
