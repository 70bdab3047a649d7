"""What people and the clock do in the golden year; each deed is done to a district at a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from district import SHANGHAI, District, moment
from golden_departments import RATERS, known_departments
from sqlalchemy import insert

from core.actions import admission, correcting, objecting, objection_desk, rounds, skipping
from core.actions.door import Moment
from core.actions.marking import chained, told
from core.actions.questions import take_words
from core.calendar import Duty
from core.duties import FilingState
from core.periods import Period
from core.rubric import Item, Rubric, UnitKind
from core.rubric_files import SHIPPED
from core.scheduler import carry_out_due
from core.sheet import Mark
from core.snapshots import Question
from core.store import filings, handing_out, rankings, sheets, submissions
from core.store import rounds as stored
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.filings import NewFiling
from core.store.tables import MarkRow, table_of

Deed = Callable[[District, Moment], None]
RULES = rounds.rule_set(SHIPPED)


def beat(office: District, at: Moment) -> None:
    """The clock beats."""

    office.act(carry_out_due, RULES, SHANGHAI, at)


def open_january(office: District, at: Moment) -> None:
    """The office opens the round of the month in which the district began."""

    plan = rounds.Plan(Period.parse("2013-01"), "township", moment("2013-02-01 00:00").now)
    office.act(rounds.begin, office.id, plan, RULES["township"], office.tang.person_id, at.now, at)


def assesses(period: str, lost: Mapping[str, tuple[int, int] | None]) -> Deed:
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


def departments_are_scored(period: str) -> Deed:
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


def files(unit: str, duty: Duty, key: str) -> Deed:
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


def lets_through(period: str, kind: UnitKind) -> Deed:
    """The office lets a ranking that was held through the gate."""

    return lambda office, at: office.act(admission.let_through, office.tang, Period.parse(period), kind, at)


def objects(unit: str, period: str) -> Deed:
    """A unit objects to what it lost on 第10条."""

    def deed(office: District, at: Moment) -> None:
        ranking, officer, unit_id = _newest(office, period), office.people[unit], office.units[unit]
        asked = office.act(objecting.ask, officer, ranking, unit_id, (10,), at)
        question = Question(asked.prompt_id, "objection", f"{ranking}:{unit_id}:10")
        office.act(take_words, officer, question, "台账已补齐，请复核", at.now, at)

    return deed


def upholds(unit: str, period: str, correction: str) -> Deed:
    """The office corrects the sheet, and finds that the objection was right."""

    def deed(office: District, at: Moment) -> None:
        (waiting,) = office.act(objection_desk.waiting, office.tang, at)
        number = waiting.objection_id
        _correct(office, period, unit, correction, number, at)
        asked = office.act(objection_desk.ask, office.tang, number, at, upholds=True)
        question = Question(asked.prompt_id, "uphold", str(number))
        office.act(take_words, office.tang, question, "台账已补齐，情况属实", at.now, at)

    return deed


def corrects(period: str, corrections: Mapping[str, str]) -> Deed:
    """The office corrects sheets that nobody objected to, and publishes the next version."""

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
