"""The golden year on both databases: whatever the program says of it stands in the tables of `golden_2013`.

Run by the scheduler at the policy's real times; once for all that is in this file, as it takes long. That the folds
behind it do not depend on any order, that a higher mark costs nobody anything, that pooled prizes are the budget of the
places taken, and that deriving twice gives the same is held by values in `test_awards_*`, `test_composites`,
`test_metrics` and `test_ranking`; what the same rows give when they are frozen again in `test_frozen_twice`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import golden_2013 as golden
import pytest
from databases import Server, opened
from district import SHANGHAI, District, moment
from golden_answers import bulletin, every_ranking, letters, letters_to_officers, posted, rows, told_last, view
from golden_bulletins import BULLETINS, HELD
from golden_departments import known_departments
from golden_tables import blocks, fen, lines, number, score, units
from golden_year import lived
from sqlalchemy import select

from core.actions.awarding import awards_of
from core.actions.bulletins import bulletin_of
from core.actions.computing import freeze
from core.actions.ranking_inputs import of_period
from core.actions.verifying import verify_all
from core.awards import PrizeChanged, Step
from core.bulletin_views import LastPlaceTold
from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.store import rankings
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.tables import Outbox, table_of

KINDS: dict[str, UnitKind] = {"乡镇": "township", "部门": "department"}
SPOKEN = {kind: name for name, kind in KINDS.items()}


@pytest.fixture(scope="session")
def golden_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """The district after its year, on SQLite. Nobody changes it."""
    path = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("golden") / "hongqi.db")
    with opened(f"sqlite:///{path}") as database:
        yield lived(database)


@pytest.fixture(scope="session")
def golden_postgresql(postgresql: Server) -> Iterator[District]:
    """The same on PostgreSQL."""
    with opened(postgresql.migrated()) as database:
        yield lived(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest) -> District:
    """The district after its year, on each kind of database."""
    found: District = request.getfixturevalue(f"golden_{request.param}")
    return found


def ids(year: District, word: str) -> tuple[int, ...]:
    return tuple(sorted(year.units[name] for name in units(word)))


@pytest.mark.parametrize("month", blocks(golden.MONTHS))
def test_a_month(year: District, month: str) -> None:
    placed, found = blocks(golden.MONTHS)[month], view(year, month)
    assert rows(found) == [(each.unit, each.score, each.rank) for each in placed]
    assert [row.sheets for row in found.rows] == [0 if each.lost is None else 1 for each in placed]
    known = {5: "monthly_report", 10: "workdays", 11: "briefings"}
    counted = {"supervision", *(name for since, name in known.items() if Period.parse(month).number >= since)}
    assert (set(found.components), found.state) == (counted if month != "2013-02" else set(), "final")
    assert set(found.components) | set(found.absent) == {"supervision", *known.values()}


def test_the_flag_travels(year: District) -> None:
    told = lines(golden.FLAGS)
    flags = [
        (str(each.month), each.given_to, each.before, each.handed_over_by, each.handed_over_to)
        for each in year.act(awards_of, year.id).flags
    ]
    assert flags == [(month, *(ids(year, word) for word in words)) for month, *words in told]
    names = {month: tuple(map(units, words[:2])) for month, *words in told}
    assert {month: (view(year, month).flag, view(year, month).held_before) for month in names} == names
    asked = [(each["period"], each["unit"]) for each in letters_to_officers(year, "talk_asked")]
    # The letter to whoever won it bears the name of the day on which it is written.
    assert asked == [(month, unit) for month, (given_to, _) in names.items() for unit in given_to]


@pytest.mark.parametrize("head", blocks(golden.QUARTERS))
def test_a_quarter(year: District, head: str) -> None:
    placed = blocks(golden.QUARTERS)[head]
    quarter, number = head.split(" v")
    found = view(year, quarter, int(number))
    assert rows(found) == [(each.unit, each.score, each.rank) for each in placed]
    posted_as = bulletin(year, quarter, int(number))
    assert posted_as.prizes == {year.units[each.unit]: each.prize for each in placed if each.prize}
    if posted_as.rewards is not None:
        assert posted_as.rewards.remainder == golden.REMAINDERS.get(head, 0)
        assert posted_as.rewards.paid + posted_as.rewards.remainder == 600_000
    lines = {row.unit: row.tie_line for row in found.rows if row.tie_line}
    assert lines == (dict.fromkeys(("仙庾镇", "桂花街道"), "七项重大任务") if quarter == "2013-Q1" else {})


def test_last_places_in_a_row(year: District) -> None:
    found = year.act(awards_of, year.id)
    newest = {"2013-Q1": 1, "2013-Q2": 1, "2013-Q3": 3, "2013-Q4": 1}
    told = [told_last(each, view(year, str(each.quarter), newest[str(each.quarter)])) for each in found.last_places]
    assert told == lines(golden.LAST_PLACES)
    assert found.disqualified(2013) == {year.units["明照街道"]}
    # As it was before the correction of November: 金山街道 is last too, and takes the place of the first one's.
    (lifted,) = lines(golden.LIFTED)
    before = bulletin(year, "2013-Q3", 2).last_places
    assert lifted in [told_last(each, view(year, "2013-Q3", 2)) for each in before]
    own = next(each for each in before if each.unit_id == year.units["金山街道"])
    assert own.streak[0].unit_id == year.units["荷塘管委会"]


def test_whom_it_concerns_is_told_of_last_places(year: District) -> None:
    told = letters(year, "last_place")
    counts = [
        (each["quarter"], each["unit_id"], before and before["count"], after and (after["count"], after["due"]))
        for each in told
        for before, after in [(each["before"], each["after"])]
    ]
    lasts, (lifted,) = lines(golden.LAST_PLACES), lines(golden.LIFTED)
    came = [
        (quarter, year.units[unit], None, (int(count), None if due == "-" else due))
        for quarter, unit, count, _, _, due, _ in [*lasts[:3], lifted, *lasts[3:]]
    ]
    # 金山街道 was told that it was last, and a month later that it is not.
    went = ("2013-Q3", year.units["金山街道"], 2, None)
    assert counts == [*came[:5], went, *came[5:]]


def test_what_was_corrected_is_said(year: District) -> None:
    upheld = bulletin(year, "2013-Q3", 2, final=False)
    assert upheld.correction is not None
    assert (upheld.correction.replaced, upheld.correction.awards) == (1, ())
    # What follows from the quarter's first final was no other before, 取消评优资格 neither.
    final = bulletin(year, "2013-Q3", 2)
    assert final.correction == upheld.correction
    assert [each.step for each in final.last_places] == [Step.EXPLAIN, Step.DISQUALIFY]
    changed = {each.unit_id: each for each in upheld.correction.rows}
    assert set(changed) == {year.units["金山街道"]}
    late = bulletin(year, "2013-Q3", 3).correction
    assert late is not None
    assert late.replaced == 2
    (old, new) = ({each.unit: each for each in blocks(golden.QUARTERS)[f"2013-Q3 v{n}"]} for n in (2, 3))
    moved = {unit for unit in old if (old[unit].score, old[unit].rank) != (new[unit].score, new[unit].rank)}
    assert {each.unit_id for each in late.rows} == {year.units[unit] for unit in moved}
    prizes = [each for each in late.awards if isinstance(each, PrizeChanged)]
    assert [(each.unit_id, each.before, each.after) for each in prizes] == [
        (year.units[unit], fen(before), fen(after)) for unit, before, after in lines(golden.CORRECTED)
    ]
    (place,) = (each for each in late.awards if not isinstance(each, PrizeChanged))
    assert isinstance(place, LastPlaceTold)
    assert (place.unit_id, place.after) == (year.units["金山街道"], None)
    assert place.before is not None
    assert (place.before.count, place.before.due) == (2, date(2013, 10, 17))


def test_the_half_year(year: District) -> None:
    told = lines(golden.HALF_YEAR)
    found = view(year, "2013-H1")
    assert rows(found) == [(unit, score(points), int(rank)) for unit, _, _, points, rank in told]
    assert {row.quarters for row in found.rows} == {(2, 2)}
    first, second = ({row.unit: row.score for row in view(year, f"2013-Q{n}").rows} for n in (1, 2))
    parts = {unit: (score(q1), score(q2)) for unit, q1, q2, *_ in told}
    assert {unit: (first[unit], second[unit]) for unit in first} == parts


def test_the_year_and_who_is_eligible(year: District) -> None:
    told, found = lines(golden.YEAR), bulletin(year, "2013")
    assert rows(found.ranking) == [(unit, score(points), int(rank)) for unit, _, _, _, points, rank, _ in told]
    for row, (_, lost, total, quarters, *_) in zip(found.ranking.rows, told, strict=True):
        assert row.quarters == (int(quarters), 4)
        assert row.components == {
            "january": Fraction(100 - int(lost)) * 100,
            "quarters": Fraction(int(total), int(quarters)) * 100,
        }
    assert [each.order for each in found.eligibility] == [number(words[-1]) for words in told]
    assert found.disqualified == {year.units["明照街道"]}


@pytest.mark.parametrize("period", ["2013-Q1", "2013-Q2", "2013-H1", "2013-Q3", "2013-Q4", "2013"])
def test_thirty_departments(year: District, period: str) -> None:
    told, found = known_departments(), view(year, period, kind="department")
    assert len(told) == len(found.rows) == 30
    assert {row.unit: (row.score, row.rank) for row in found.rows} == {
        each.unit: (each.scores[period], each.ranks[period]) for each in told
    }
    if period == "2013-Q2":
        sheets = {row.unit: (row.sheets, row.dropped) for row in found.rows}
        assert sheets["区民政局"] == (5, (Fraction(8500), Fraction(10000)))
        assert sheets["工商分局"] == (3, ())
        assert sheets["质监分局"] == (2, ())
    quarters = {row.unit: row.quarters for row in found.rows}["质监分局"]
    assert quarters == {"2013-H1": (1, 2), "2013": (3, 4)}.get(period)
    assert year.act(bulletin_of, year.id, found.ranking_id).rewards is None


def test_every_bulletin_comes_when_it_is_due(year: District) -> None:
    said = []
    for owed_at, told in posted(year):
        record, key = year.act(rankings.known, told["ranking"]), f"{owed_at.astimezone(SHANGHAI):%m-%d %H:%M}"
        # A version is said while it is open to objections, and once it is final.
        final = record.final_at is not None and owed_at >= record.final_at
        words = [
            "定稿" if final else "公示",
            *(["更正"] if "replaced" in told else []),
            *(["补发"] if told["late"] else []),
        ]
        said.append([*key.split(), record.period, SPOKEN[record.unit_kind], str(record.version), *words])
    assert sorted(said) == sorted(lines(BULLETINS))
    held = [
        [
            each["period"],
            SPOKEN[each["kind"]],
            ",".join([*each["units"], *(f"{unit}/{sheets}" for unit, sheets in each["short"])]),
        ]
        for each in letters(year, "ranking_held")
    ]
    assert sorted(held) == sorted(lines(HELD))


class _LeftAsItWasError(Exception):
    """Undoes what a test did."""


def test_the_same_inputs_give_the_same_bytes_and_the_same_root(year: District) -> None:
    frozen = [each for each in every_ranking(year) if each.state == "final"]
    # Of a month the ledger is read anew, which knows by now when each duty began.
    lasting = [each for each in frozen if Period.parse(each.period).kind is not PeriodKind.MONTH]
    assert len(lasting) == 12
    at = moment("2014-02-01 10:00")

    def again(db: Db, first: RankingRecord) -> None:
        twice = freeze(db, of_period(db, year.id, Period.parse(first.period), first.unit_kind, at), None, at)
        assert (twice.body, twice.inputs, twice.inputs_hash) == (first.body, first.inputs, first.inputs_hash)
        assert (twice.audit_root, twice.version) == (first.audit_root, first.version + 1)
        raise _LeftAsItWasError

    before = every_ranking(year)
    for each in lasting:
        with pytest.raises(_LeftAsItWasError):
            year.act(again, each)
    assert every_ranking(year) == before


def test_both_databases_say_the_same_to_the_byte(golden_sqlite: District, golden_postgresql: District) -> None:
    assert every_ranking(golden_sqlite) == every_ranking(golden_postgresql)
    assert posted(golden_sqlite) == posted(golden_postgresql)


def test_deriving_twice_gives_the_same(year: District) -> None:
    assert year.act(awards_of, year.id) == year.act(awards_of, year.id)


def test_nothing_frozen_or_told_is_a_float(year: District) -> None:
    def refuse(text: str) -> NoReturn:
        raise AssertionError(f"a float: {text}")

    for each in every_ranking(year):
        json.loads(each.body, parse_float=refuse)
        json.loads(each.inputs or "", parse_float=refuse)
    table = table_of(Outbox)
    told = year.act(lambda db: db.scalars(select(table.c.view)).all())
    assert len(told) > len(lines(BULLETINS))
    for view_text in told:
        json.loads(view_text, parse_float=refuse)
    with pytest.raises(AssertionError, match="a float"):
        json.loads('{"score": 0.5}', parse_float=refuse)


def test_names_are_those_of_the_periods_last_day(year: District) -> None:
    unit = year.units["明照乡"]
    names = {period: bulletin(year, period).names[unit] for period in ("2013-06", "2013-Q2", "2013-H1", "2013-07")}
    assert names == {"2013-06": "明照乡", "2013-Q2": "明照乡", "2013-H1": "明照乡", "2013-07": "明照街道"}
    gone = year.units["荷塘管委会"]
    assert gone in {row.unit_id for row in view(year, "2013-07").rows}
    assert gone not in {row.unit_id for row in view(year, "2013-08").rows}
    # It held the flag until then, and is named for it.
    assert bulletin(year, "2013-08").names[gone] == "荷塘管委会"


def test_the_audit_of_the_year_holds(year: District) -> None:
    found = year.act(verify_all)
    assert (found.holds, found.findings) == (True, ())
