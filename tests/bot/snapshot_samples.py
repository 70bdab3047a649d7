"""Snapshots to lay out: the example of the item screen, sheets in every state, rankings of every kind.

Builders only; what they should look like is said by the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.phrases import load_phrases
from core.actions.todo import Todo
from core.bulletin_views import BulletinView
from core.filing_views import OwedDuty
from core.people import Actor, Role
from core.rubric import Rubric
from core.rubric_files import SHIPPED, load_directory
from core.sheet import Mark, Sheet, SheetState
from core.snapshots import RankingRow, RankingView, SheetLine, SheetView

PHRASES = load_phrases(ZoneInfo("Asia/Shanghai"))
LANGUAGES = ("zh", "en")
RUBRICS: Mapping[str, Rubric] = load_directory(SHIPPED).rubrics
TOWNSHIP = RUBRICS["2013-township"]
HOSTILE = "<b>&\"仙庾'镇</b>&amp;"
CATEGORIES = ("七项重大任务", "结合工作", "创新举措", "宣传工作", "组织管理")
NOON = datetime(2013, 6, 30, 4, 0, tzinfo=UTC)


def full_marks(rubric: Rubric = TOWNSHIP, last: int | None = None) -> dict[int, Mark]:
    """Full points for every item, or for those up to `last`."""
    return {item.number: Mark(item.number, item.max_points) for item in rubric.items[:last]}


EXAMPLE = {**full_marks(last=14), 10: Mark(10, 450, reason="台账缺两个月")}
"""14 of 23 items, with the mark and the reason of the example."""


def sheet_view(
    marks: Mapping[int, Mark] = EXAMPLE,
    *,
    rubric: Rubric = TOWNSHIP,
    unit: str = "仙庾镇",
    state: SheetState = SheetState.OPEN,
    evidence: Mapping[int, int] | None = None,
) -> SheetView:
    """A sheet of 2013-Q1; in any state but open it was submitted at noon of 30 June 2013."""
    return SheetView(
        sheet=Sheet(7, rubric, marks, state, 80),
        unit=unit,
        unit_kind=rubric.unit_kind,
        period="2013-Q1",
        rater="李明",
        opens_at=datetime(2013, 3, 19, 16, tzinfo=UTC),
        closes_at=datetime(2013, 3, 31, 16, tzinfo=UTC),
        submitted_at=None if state is SheetState.OPEN else NOON,
        evidence={10: 2} if evidence is None else evidence,
        audit_head="3f9a1c0be2d47a55" * 4,
    )


def sheet_line(number: int, *, state: SheetState = SheetState.OPEN, marked: int = 3, unit: str = "") -> SheetLine:
    """One line of a list; the unit is named after the number."""
    closes_at = datetime(2013, 6, 30, 16, tzinfo=UTC)
    return SheetLine(number, unit or f"单位{number}", "township", "2013-06", state, marked, 23, closes_at)


def actor(name: str = "李明", role: Role = Role.ASSESSOR) -> Actor:
    """A person of one role."""
    return Actor(1, 1, 100, name, "zh", frozenset({role}), frozenset())


def row(unit: str, rank: int | None, score: int = 9000, *, tied: bool = False, line: str | None = None) -> RankingRow:
    """One unit; `score` in hundredths. Its five categories are the score's fifths."""
    if rank is None:
        return RankingRow(1, unit, None, False, None, (), None, 0)
    return RankingRow(1, unit, rank, tied, Fraction(score), (Fraction(score, 5),) * 5, line, 1)


def ranking(
    rows: Sequence[RankingRow], *, flag: Sequence[str] = (), before: Sequence[str] = (), state: str = "final"
) -> RankingView:
    """The townships' ranking of June 2013, from supervision alone."""
    return RankingView(
        ranking_id=3,
        district="荷塘区",
        period="2013-06",
        unit_kind="township",
        version=1,
        state=state,
        computed_at=datetime(2013, 7, 1, 1, tzinfo=UTC),
        components=("supervision",),
        absent=("monthly_report", "briefings", "workdays"),
        rows=tuple(rows),
        categories=CATEGORIES,
        flag=tuple(flag),
        held_before=tuple(before),
        audit_root="cd0123456789" * 5 + "abcd",
        inputs_hash="ef" * 32,
        rubric="2013-township v1",
        policy="2013-policy v1",
    )


JUNE = ranking(
    (
        row("仙庾镇", 1, 9550, line="结合工作"),
        row("月塘街道", 2, 9550, tied=True),
        row("金山街道", 2, 9550, tied=True),
        row("桂花街道", 4, 9001),
        row("明照乡", None),
    ),
    flag=("仙庾镇",),
    before=("月塘街道",),
)


def told_of(view: RankingView, **more: object) -> BulletinView:
    """A ranking with what follows from it, as far as that is given."""
    return BulletinView(view, {each.unit_id: each.unit for each in view.rows}, **more)  # type: ignore[arg-type]


def owing(lines: Sequence[SheetLine], duties: Sequence[OwedDuty] = (), *, pending: int = 0, wants: bool = True) -> Todo:
    """What somebody owes."""
    return Todo(tuple(lines), tuple(duties), pending, wants)
