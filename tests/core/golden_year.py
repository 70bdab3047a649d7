"""Living the golden year through: people do what `golden_2013` says they did, and the clock beats at its real times.

Nothing is computed here. Marks and the ledger come in through the store; the gate, 不了解, objections and corrections
through the actions; and everything else is the scheduler's, by the shipped policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

import golden_2013 as golden
from district import GROUP, LONG_AGO, SHANGHAI, District, moment
from golden_departments import RATERS, known_departments
from golden_tables import blocks, lines
from sqlalchemy import insert, update

from core.actions import admission, correcting, objecting, objection_desk, rounds, skipping
from core.actions import district as districts
from core.actions.door import Moment
from core.actions.marking import chained, told
from core.actions.questions import take_words
from core.calendar import Duty
from core.duties import FilingState
from core.people import Role
from core.periods import Period
from core.rubric import Item, Rubric, UnitKind
from core.rubric_files import SHIPPED
from core.scheduler import carry_out_due
from core.sheet import Mark
from core.snapshots import Question
from core.store import filings, handing_out, people, rankings, sheets, submissions, units
from core.store import rounds as stored
from core.store.audit_log import Act
from core.store.engine import Database, Db
from core.store.filings import NewFiling
from core.store.tables import MarkRow, Unit, UnitName, table_of

Deed = Callable[[District, Moment], None]
Script = Iterator[tuple[str, Deed]]
"""What happens, and when on Shanghai's clock."""

RULES = rounds.rule_set(SHIPPED)
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
    yield BEGINS, _beat
    yield BEGINS, _open_january
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
        yield f"{datetime.fromisoformat(each) - timedelta(minutes=1):%Y-%m-%d %H:%M}", _beat
        yield each, _beat
    for after in ("2013-07-05 00:01", "2013-07-05 09:00", "2014-01-01 10:00", "2014-01-16 10:00"):
        yield after, _beat


def _months() -> Script:
    for month, placed in blocks(golden.MONTHS).items():
        yield f"{month}-25 10:00", _assesses(month, {each.unit: each.lost for each in placed})


def _quarters() -> Script:
    for head, placed in blocks(golden.QUARTERS).items():
        quarter, version = head.split()
        if version == "v1":
            day = Period.parse(quarter).last_day.replace(day=25)
            yield f"{day} 10:00", _assesses(quarter, {each.unit: each.lost for each in placed})
            yield f"{day} 11:00", _departments_are_scored(quarter)
    yield "2014-01-10 10:00", _assesses("2013", {unit: (10, int(lost)) for unit, lost, *_ in lines(golden.YEAR)})
    yield "2014-01-10 11:00", _departments_are_scored("2013")


def _ledger() -> Script:
    """月报表 from May, 群众工作日 from October, 信息上报 from the week that ends on 3 November."""
    for unit, month in product(golden.TOWNSHIPS, range(5, 13)):
        key = f"2013-{month:02d}"
        merged = unit == golden.MERGED[0] and f"{key}-01" >= golden.MERGED[2]
        if not merged and (unit, key) != ("金山街道", "2013-06"):
            late = (unit, key) == ("茨菇塘街道", "2013-08")
            yield f"{key}-{'27 09:00' if late else '25 10:00'}", _files(unit, Duty.MONTHLY_REPORT, key)
    for unit, month, day in product(golden.TOWNSHIPS[:-1], (10, 11, 12), ("08", "09")):
        key = f"2013-{month}-{day}"
        if (unit, key) != ("桂花街道", "2013-10-09"):
            yield f"{key} 18:00", _files(unit, Duty.WORKDAY, key)
    for unit, week in product(golden.TOWNSHIPS[:-1], range(44, 53)):
        if (unit, week) != ("仙庾镇", 46):
            yield f"{date.fromisocalendar(2013, week, 3)} 15:00", _files(unit, Duty.BRIEFING, f"2013-W{week}")


def _words() -> Script:
    """What the office and 金山街道 say."""
    yield "2013-07-01 10:00", _lets_through("2013-Q2", "department")
    yield "2013-07-05 09:00", _lets_through("2013-H1", "department")
    yield "2013-10-08 10:00", _objects("金山街道", "2013-Q3")
    yield "2013-10-09 10:00", _upholds("金山街道", "2013-Q3", "10 1 台账已补齐")
    yield "2013-11-05 10:00", _corrects("2013-Q3", {"金山街道": "10 2 复核属实", "宋家桥街道": "10 5 复核属实"})
    yield "2014-01-01 10:00", _lets_through("2013-Q4", "township")
    yield "2014-01-16 10:00", _lets_through("2013", "township")
    yield "2014-01-16 10:00", _lets_through("2013", "department")


def _beat(office: District, at: Moment) -> None:
    office.act(carry_out_due, RULES, SHANGHAI, at)


def _open_january(office: District, at: Moment) -> None:
    plan = rounds.Plan(Period.parse("2013-01"), "township", moment("2013-02-01 00:00").now)
    office.act(rounds.begin, office.id, plan, RULES["township"], office.tang.person_id, at.now, at)


def _assesses(period: str, lost: Mapping[str, tuple[int, int] | None]) -> Deed:
    """周建国 hands in his sheets but those of units that are not assessed."""

    def deed(office: District, at: Moment) -> None:
        own = {office.units[unit]: dict((each,)) for unit, each in lost.items() if each is not None}

        def act(db: Db) -> None:
            found = stored.find(db, office.id, period, "township")
            assert found is not None
            for pairing, sheet_id in handing_out.pairings(db, found.id).items():
                if pairing.unit_id in own:
                    hands_in(db, RULES["township"].rubric, sheet_id, own[pairing.unit_id], office.zhou.person_id, at)

        office.act(act)

    return deed


def _departments_are_scored(period: str) -> Deed:
    """Five townships score every department."""

    def deed(office: District, at: Moment) -> None:
        found = office.act(stored.find, office.id, period, "department")
        assert found is not None
        known = office.act(handing_out.pairings, found.id)
        for department in known_departments():
            told = department.second if period == "2013-Q2" else (department.lost,) * len(RATERS)
            for rater, lost in zip(RATERS, told, strict=True):
                pairing = handing_out.Pairing(office.units[department.unit], None, office.units[rater])
                if lost is None:
                    office.act(skipping.skip, office.people[rater], known[pairing], at)
        office.act(lambda db: _score(db, office, period, known, at))

    return deed


def _score(db: Db, office: District, period: str, known: Mapping[handing_out.Pairing, int], at: Moment) -> None:
    for department in known_departments():
        told = department.second if period == "2013-Q2" else (department.lost,) * len(RATERS)
        for rater, lost in zip(RATERS, told, strict=True):
            if lost is not None:
                sheet_id = known[handing_out.Pairing(office.units[department.unit], None, office.units[rater])]
                rubric, person = RULES["department"].rubric, office.people[rater].person_id
                hands_in(db, rubric, sheet_id, {2: lost}, person, at)


def hands_in(db: Db, rubric: Rubric, sheet_id: int, lost: Mapping[int, int | None], person: int, at: Moment) -> None:
    """A sheet on which these items lost so many whole points (None: not applicable), and the rest got full marks."""
    marks = {item.number: _mark(item, lost) for item in rubric.items}
    rows = [
        {"sheet_id": sheet_id, "person_id": person, "marked_at": at.now}
        | {name: getattr(mark, name) for name in ("item", "points", "not_applicable", "reason", "bulk")}
        for mark in marks.values()
    ]
    db.execute(insert(table_of(MarkRow)), rows)
    record = sheets.known(db, sheet_id, at.today)
    for mark in marks.values():
        if not mark.bulk:
            body = {"item": mark.item, **told("old", None), **told("new", mark)}
            record = chained(db, record, Act(at.now, person, "mark", body))
    rest = ",".join(str(mark.item) for mark in marks.values() if mark.bulk)
    record = chained(db, record, Act(at.now, person, "fill_rest", {"items": rest}))
    sheets.set_submitted(db, sheet_id, 1, at.now)
    record = chained(db, record, Act(at.now, person, "submit", {}))
    submissions.add(db, sheet_id, 1, person, at.now, marks, record.head.hash)


def _mark(item: Item, lost: Mapping[int, int | None]) -> Mark:
    if item.number not in lost:
        return Mark(item.number, item.max_points, bulk=True)
    own = lost[item.number]
    points = None if own is None else item.max_points - 100 * own
    return Mark(item.number, points, not_applicable=own is None, reason=None if own == 0 else "台账缺页")


def _files(unit: str, duty: Duty, key: str) -> Deed:
    """A unit files, and the office accepts what it has to; both as the ledger's chain tells it."""

    def deed(office: District, at: Moment) -> None:
        unit_id, officer, tang = office.units[unit], office.people[unit].person_id, office.tang.person_id
        named: dict[str, str | int | None] = {"duty": duty.value, "key": key, "version": 1}
        empty = dict.fromkeys(("title", "text", "link", "received", "heard", "solved"))

        def act(db: Db) -> None:
            filing_id, _ = filings.add(db, office.id, unit_id, officer, NewFiling(duty, key), at.now)
            told = named | empty | {"filed_at": at.now.isoformat()}
            filings.append_act(db, unit_id, Act(at.now, officer, "file", told))
            if duty is Duty.BRIEFING:
                filings.decide(db, filing_id, FilingState.ACCEPTED, None, tang, at.now)
                filings.append_act(db, unit_id, Act(at.now, tang, "accepted", named | {"reason": None}))

        office.act(act)

    return deed


def _lets_through(period: str, kind: UnitKind) -> Deed:
    return lambda office, at: office.act(admission.let_through, office.tang, Period.parse(period), kind, at)


def _objects(unit: str, period: str) -> Deed:
    def deed(office: District, at: Moment) -> None:
        ranking, officer, unit_id = _newest(office, period), office.people[unit], office.units[unit]
        asked = office.act(objecting.ask, officer, ranking, unit_id, (10,), at)
        question = Question(asked.prompt_id, "objection", f"{ranking}:{unit_id}:10")
        office.act(take_words, officer, question, "台账已补齐，请复核", at.now, at)

    return deed


def _upholds(unit: str, period: str, correction: str) -> Deed:
    def deed(office: District, at: Moment) -> None:
        (waiting,) = office.act(objection_desk.waiting, office.tang, at)
        number = waiting.objection_id
        _correct(office, period, unit, correction, number, at)
        asked = office.act(objection_desk.ask, office.tang, number, at, upholds=True)
        question = Question(asked.prompt_id, "uphold", str(number))
        office.act(take_words, office.tang, question, "台账已补齐，情况属实", at.now, at)

    return deed


def _corrects(period: str, corrections: Mapping[str, str]) -> Deed:
    def deed(office: District, at: Moment) -> None:
        for unit, correction in corrections.items():
            _correct(office, period, unit, correction, 0, at)
        found = office.act(stored.find, office.id, period, "township")
        assert found is not None
        office.act(correcting.publish_waiting, office.tang, found.id, at)

    return deed


def _correct(office: District, period: str, unit: str, correction: str, objection: int, at: Moment) -> None:
    found = office.act(stored.find, office.id, period, "township")
    assert found is not None
    of_round = office.act(sheets.of_round, office.id, found.id, at.today)
    (sheet_id,) = (each.id for each in of_round if each.unit_id == office.units[unit])
    asked = office.act(correcting.ask, office.tang, sheet_id, objection, at)
    question = Question(asked.prompt_id, "correction", f"{sheet_id}:{objection}")
    office.act(take_words, office.tang, question, correction, at.now, at)


def _newest(office: District, period: str) -> int:
    found = office.act(rankings.newest, office.id, period, "township")
    assert found is not None
    return found.id


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
