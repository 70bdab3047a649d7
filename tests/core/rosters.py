"""Rosters for the tests: the words of a workbook, strategies for rosters, and rosters as books."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from core.actions.door import Moment
from core.actions.roster import apply_import
from core.people import Actor, Role
from core.roster import Conflict, Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_cells import RosterLabels, rows_of_roster
from core.roster_plan import RosterPlan
from core.roster_rows import COLUMNS, RosterWords, plain
from core.store.engine import Db
from core.workbooks.book import Book, Table

LABELS = RosterLabels(
    tables={"units": "单位", "people": "人员", "links": "联点", "assignments": "分工", "conflicts": "回避"},
    columns={
        "code": "编号",
        "name": "名称",
        "category": "类别",
        "short_name": "简称",
        "starts_on": "启用日",
        "ends_on": "停用日",
        "successor": "并入",
        "inherits": "末位次数随转",
        "person": "姓名",
        "unit": "单位",
        "role": "角色",
        "telegram_id": "Telegram ID",
        "language": "语言",
        "person_code": "编号",
        "department": "部门",
        "township": "乡镇",
        "assessor": "考核人员",
        "who": "人员",
        "reason": "原因",
    },
    categories=dict(zip(UnitCategory, ("乡镇", "街道", "管委会", "部门"), strict=True)),
    roles=dict(zip(Role, ("管理员", "考核人员", "乡镇工作人员", "部门联络员", "区领导"), strict=True)),
    languages={"zh": "中文", "en": "English"},
    answers={True: "是", False: "否"},
)
WORDS = RosterWords(
    tables={key: frozenset({plain(word)}) for key, word in LABELS.tables.items()},
    columns={key: frozenset({plain(word)}) for key, word in LABELS.columns.items()},
    categories={plain(word): value for value, word in LABELS.categories.items()},
    roles={plain(word): value for value, word in LABELS.roles.items()},
    languages={plain(word): value for value, word in LABELS.languages.items()},
    answers={plain(word): value for value, word in LABELS.answers.items()},
)
_DAY = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def book_of_roster(roster: Roster) -> Book:
    """The workbook of a roster, as a reader gives it."""
    rows = rows_of_roster(roster, LABELS)
    heads = {key: tuple(LABELS.columns[column] for column in COLUMNS[key]) for key in rows}
    return Book(tuple(Table(LABELS.tables[key], (heads[key], *rows[key])) for key in rows))


@st.composite
def _units(draw: st.DrawFn) -> tuple[UnitEntry, ...]:
    units: list[UnitEntry] = []
    for number in range(draw(st.integers(2, 6))):
        category = draw(st.sampled_from(UnitCategory))
        days = sorted(draw(st.sets(_DAY, min_size=1, max_size=3)))
        namings = tuple(Naming(day, f"单位{number}之{turn}", f"简{number}{turn}") for turn, day in enumerate(days))
        lasts = draw(st.none() | st.integers(1, 3000))
        ends_on = None if lasts is None else days[-1] + timedelta(lasts)
        kin = [unit.code for unit in units if unit.category.kind == category.kind]
        merged = draw(st.sampled_from([None, *kin])) if ends_on is not None else None
        inherits = draw(st.booleans()) if merged is not None else None
        units.append(UnitEntry(f"u{number}", category, namings, ends_on, merged, inherits))
    return tuple(sorted(units, key=lambda unit: unit.code))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A whole roster without anything wrong in it."""
    units = draw(_units())
    townships = [unit.code for unit in units if unit.category is not UnitCategory.DEPARTMENT]
    departments = [unit.code for unit in units if unit.category is UnitCategory.DEPARTMENT]
    people: list[PersonEntry] = []
    for number in range(draw(st.integers(1, 6))):
        posts = draw(st.lists(_posts(townships, departments), min_size=1, max_size=3, unique=True))
        people.append(
            PersonEntry(
                name=f"人{number}",
                code=draw(st.sampled_from([None, f"p{number}"])),
                telegram_id=draw(st.sampled_from([None, 880_000_000_000 + number])),
                language=draw(st.sampled_from(["zh", "en"])),
                posts=tuple(sorted(posts, key=lambda post: (post.role, post.unit or ""))),
            )
        )
    people.sort(key=lambda person: person.key)
    assessors = [each for each in people if Role.ASSESSOR in {post.role for post in each.posts}]
    possible = [
        (each.key, unit) for each in assessors for unit in townships if unit not in {post.unit for post in each.posts}
    ]
    assignments = draw(st.sets(st.sampled_from(possible))) if possible else set()
    barred = sorted({(each.key, unit.code) for each in people for unit in units} - assignments)
    conflicts = draw(st.sets(st.sampled_from(barred), max_size=4)) if barred else set()
    pairs = [(department, township) for department in departments for township in townships]
    return Roster(
        units,
        tuple(people),
        tuple(sorted(draw(st.sets(st.sampled_from(pairs))) if pairs else ())),
        tuple(sorted(assignments)),
        tuple(Conflict(person, unit, f"{person}的亲属在{unit}") for person, unit in sorted(conflicts)),
    )


def _posts(townships: list[str], departments: list[str]) -> st.SearchStrategy[Post]:
    anywhere = st.builds(
        Post,
        st.sampled_from([Role.ADMIN, Role.ASSESSOR, Role.VIEWER]),
        st.sampled_from([None, *townships, *departments]),
    )
    officers = st.builds(Post, st.just(Role.OFFICER), st.sampled_from(townships)) if townships else anywhere
    liaisons = st.builds(Post, st.just(Role.LIAISON), st.sampled_from(departments)) if departments else anywhere
    return anywhere | officers | liaisons


def imported(
    db: Db, district_id: int, roster: Roster, at: Moment, actor: Actor | None = None, steps: list[int] | None = None
) -> RosterPlan:
    """Import a roster unseen; notes the steps that were told."""

    def unseen(plan: RosterPlan) -> None:
        assert plan.digest

    def progress(done: int, total: int) -> None:
        assert done <= total
        if steps is not None:
            steps.append(done)

    return apply_import(db, district_id, actor, roster, unseen, at, progress)
