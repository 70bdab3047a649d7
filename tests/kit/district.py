"""The district that tests are played in: the demo's, and what a story adds to it beforehand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.demo.data import load_demo
from core import rubric_files
from core.actions import marking, publishing, rounds, submitting
from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.ranking_inputs import of_period
from core.calendar import Duty
from core.people import Role
from core.periods import Period
from core.rubric import UnitKind
from core.store import people, units
from core.store.engine import Db, open_database
from core.store.filings import NewFiling
from core.store.filings import add as add_filing
from core.store.handing_out import assign, link
from core.store.migrate import upgrade
from core.store.occurrences import set_read_until
from core.store.rounds import find
from core.store.units import unit_names
from kit.clock import TEN_O_CLOCK, ZONE

DISTRICT = 1
Change = Callable[[Db], object]


def load_district(path: Path) -> None:
    """Make a database with the demo district in it, as of the demo's first morning."""
    change(path, lambda db: load_demo(db, TEN_O_CLOCK.astimezone(UTC), ZONE, "zh"))


def copy_district(source: Path, target: Path, *changes: Change) -> None:
    """A district of one's own, made faster than by loading it, with changes."""
    shutil.copy(source, target)
    if changes:
        change(target, *changes)


def change(path: Path, *changes: Change) -> None:
    """Act on a database that no bot has open."""
    database = open_database(f"sqlite:///{path}")
    try:
        upgrade(database)
        with database.transaction() as db:
            for each in changes:
                each(db)
    finally:
        database.close()


def hands_out(unit: str, telegram_id: int) -> Change:
    """One more sheet of the month's round: this assessor is to score this township."""

    def act(db: Db) -> None:
        month = find(db, DISTRICT, "2013-06", "township")
        if month is None:
            raise LookupError("the demo has no round of June")
        rater = people.actors(db, [telegram_id], TEN_O_CLOCK.date())[telegram_id]
        rounds.hand_out(db, month.id, _unit(db, "township", unit), rater.person_id)

    return act


def asks_townships_about(department: str, *townships: str) -> Change:
    """A department round of the second quarter (Annex 2) in which these townships score one department."""

    def act(db: Db) -> None:
        book = rubric_files.load_directory(rubric_files.SHIPPED)
        (policy,) = book.policies.values()
        rules = rounds.rules_from(rubric_files.SHIPPED, book.rubrics[policy.rubrics.department], policy)
        quarter = Period.parse("2013-Q2")
        opens = TEN_O_CLOCK.astimezone(UTC) - timedelta(days=4)
        opened = rounds.open_round(db, DISTRICT, quarter, "department", rules, opens, quarter.ends_at(ZONE))
        for township in townships:
            unit, rater = _unit(db, "department", department), _unit(db, "township", township)
            rounds.hand_out_to_unit(db, opened, unit, rater)

    return act


def renames(township: str, name: str) -> Change:
    """Another name for a township, as if it had always borne it."""

    def act(db: Db) -> None:
        unit = _unit(db, "township", township)
        db.exec_driver_sql("UPDATE unit_name SET name = ?, short_name = ? WHERE unit_id = ?", (name, name, unit))

    return act


def appoints(name: str, telegram_id: int, role: Role, township: str | None = None) -> Change:
    """One more person, in office since the year began."""

    def act(db: Db) -> None:
        person = people.add_person(db, DISTRICT, name, telegram_id, "zh")
        unit = None if township is None else _unit(db, "township", township)
        people.appoint(db, person, role, unit, date(2013, 1, 1))

    return act


def also_at(name: str, role: Role, township: str) -> Change:
    """A person who was appointed before holds a role at one more township."""

    def act(db: Db) -> None:
        person = int(db.exec_driver_sql("SELECT id FROM person WHERE name = ?", (name,)).scalar_one())
        people.appoint(db, person, role, _unit(db, "township", township), date(2013, 1, 1))

    return act


def assigns(township: str, telegram_id: int) -> Change:
    """分工: this assessor scores this township in the rounds to come."""

    def act(db: Db) -> None:
        rater = people.actors(db, [telegram_id], TEN_O_CLOCK.date())[telegram_id]
        assign(db, rater.person_id, _unit(db, "township", township), date(2013, 1, 1))

    return act


def links(department: str, *townships: str) -> Change:
    """联点: these townships score this department in the rounds to come."""

    def act(db: Db) -> None:
        for township in townships:
            link(db, _unit(db, "department", department), _unit(db, "township", township), date(2013, 1, 1))

    return act


def logs_workday(township: str, telegram_id: int, day: date) -> Change:
    """A township's officer logs a 群众工作日 in the evening of it."""

    def act(db: Db) -> None:
        officer = people.actors(db, [telegram_id], TEN_O_CLOCK.date())[telegram_id]
        evening = datetime.combine(day, time(18), tzinfo=ZONE).astimezone(UTC)
        new = NewFiling(Duty.WORKDAY, day.isoformat())
        add_filing(db, DISTRICT, _unit(db, "township", township), officer.person_id, new, evening)

    return act


def ranks(period: str, lost: Mapping[str, Mapping[int, int]], published: str, final: str | None = None) -> Change:
    """A quarter in which 周建国 scored these townships, published at a local time; `final`: when it became so.

    `lost` are the points (hundredths) that items got instead of full ones.
    """

    def act(db: Db) -> None:
        quarter = assesses(period, lost)(db)
        at = _moment(published)
        publishing.publish(db, units.district(db, DISTRICT), of_period(db, DISTRICT, quarter, "township", at), at)
        if final is not None:
            (policy,) = rubric_files.load_directory(rubric_files.SHIPPED).policies.values()
            publishing.finalise_due(db, units.district(db, DISTRICT), policy, _moment(final))

    return act


def holds(period: str, lost: Mapping[str, Mapping[int, int]], due: str) -> Change:
    """A quarter that lacks units when it is due to be ranked, so that the office is asked."""

    def act(db: Db) -> None:
        assesses(period, lost)(db)
        at = _moment(due)
        (policy,) = rubric_files.load_directory(rubric_files.SHIPPED).policies.values()
        schedule = next(each for each in policy.schedules if each.id == "quarterly-ranking")
        firing = Firing(schedule.id, at.today, at.now)
        publishing.rank_due(db, units.district(db, DISTRICT), policy, schedule, firing, at)

    return act


def assesses(period: str, lost: Mapping[str, Mapping[int, int]]) -> Callable[[Db], Period]:
    """A quarter whose round is over, with a sheet of 周建国's for each of these townships."""

    def act(db: Db) -> Period:
        quarter = Period.parse(period)
        at = _moment(f"{quarter.last_day} 10:00")
        opens = at.now - timedelta(days=10)
        rules = rounds.rule_set(rubric_files.SHIPPED)["township"]
        opened = rounds.open_round(db, DISTRICT, quarter, "township", rules, opens, quarter.ends_at(ZONE))
        zhou = people.actors(db, [880002], at.today)[880002]
        for township, items in lost.items():
            sheet = rounds.hand_out(db, opened, _unit(db, "township", township), zhou.person_id)
            for item, points in items.items():
                marking.set_mark_with_reason(db, zhou, sheet, item, points, "台账缺页", at)
            marking.fill_rest(db, zhou, sheet, at)
            submitting.submit(db, zhou, sheet, at)
        return quarter

    return act


def was_down_since(moment: datetime, *schedules: str) -> Change:
    """The bot last looked at these schedules then."""

    def act(db: Db) -> None:
        for schedule in schedules:
            set_read_until(db, DISTRICT, schedule, moment)

    return act


def _moment(text: str) -> Moment:
    local = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    return Moment(local.astimezone(UTC), local.date())


def _unit(db: Db, kind: UnitKind, name: str) -> int:
    return next(unit for unit, known in unit_names(db, DISTRICT, kind, TEN_O_CLOCK.date()).items() if known == name)
