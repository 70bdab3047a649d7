"""What is said of forms that come back: a sentence for every cell that can be wrong, and screens that fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from snapshot_samples import PHRASES

from bot.buttons.uploads import ApplyUpload, DropUpload, ShowUpload, check_of
from bot.phrases import LANGUAGES, read_texts
from bot.screens.form_returns import form_applied_screen, form_plan_screen, form_problems_screen
from bot.screens.screen import Screen
from core import form_reading
from core.errors import SheetSubmitted
from core.form_plan import FormPlan, MarkChange, SheetChanges
from core.form_reading import CellProblem
from core.sheet import Mark

DIGEST = "0123456789abcdef" * 4


def deeds(screen: Screen) -> list[object]:
    return [key.deed for row in screen.rows for key in row]


def codes() -> set[str]:
    """Every code of a wrong cell in the readers of forms."""
    found = set()
    for file in Path(form_reading.__file__).parent.glob("form_*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r'CellProblem\(\s*"([a-z_]+)"', text))
        found |= set(re.findall(r'(?:return|told =|code = wrong or) "([a-z_]+_[a-z_]+)"', text))
    return found


def worded() -> set[str]:
    said = {key.removeprefix("returned.problems.") for key in read_texts("zh") if key.startswith("returned.problems.")}
    return said - {"title", "line"}


def test_every_wrong_cell_has_its_sentence() -> None:
    assert worded() == codes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(worded()))
def test_every_sentence_says_what_to_do(language: str, code: str) -> None:
    problem = CellProblem(code, "评分表", "F12", "<五>", 3, 450, 50)
    said = form_problems_screen(PHRASES, language, [problem]).text
    assert "F12" in said
    assert re.search("请" if language == "zh" else "please", said), said
    assert "<五>" not in said


def test_more_problems_than_fit_are_counted() -> None:
    problems = [CellProblem("formula", "评分表", f"F{row}", "", 3) for row in range(30)]
    assert "另有20处" in form_problems_screen(PHRASES, "zh", problems).text


def changes(sheet: int, unit: str, count: int) -> SheetChanges:
    made = tuple(MarkChange(item, Mark(item, 50), Mark(item, 100, reason="迟报"), ("t", "c")) for item in range(count))
    return SheetChanges(sheet, unit, made, without_mark=(9,), without_reason=(3, 4, 5), asks=True)


def test_one_sheet_is_paged_and_decided_on() -> None:
    plan = FormPlan((changes(7, "仙庾镇", 12),), DIGEST)
    first, second = (form_plan_screen(PHRASES, "zh", 5, plan, 0, page) for page in (0, 1))
    assert "第0条 0.5 → <b>1</b>（迟报）" in first.text
    assert "保存后仍未评分：第9条" in first.text
    assert "第11条" in second.text
    assert deeds(first) == [ShowUpload(5, 1, 1), ApplyUpload(5, check_of(DIGEST)), DropUpload(5)]


def test_many_departments_are_an_overview_first() -> None:
    skipped = SheetChanges(99, "丙局", skips=True, asks=True)
    plan = FormPlan((*(changes(number, f"{number}局", 2) for number in range(10)), skipped), DIGEST)
    screen = form_plan_screen(PHRASES, "zh", 5, plan, 0, 1)
    assert "丙局：不了解" in screen.text
    assert "共20处变更，1个部门不了解" in screen.text
    assert deeds(screen)[:3] == [ShowUpload(5, 9, 0), ShowUpload(5, 10, 0), ShowUpload(5, 0, 0)]
    one = form_plan_screen(PHRASES, "zh", 5, plan, 9, 0)
    assert "8局" in one.text
    assert deeds(one) == [ShowUpload(5, 0, 0)]
    assert "20条评分，1个部门记为不了解" in form_applied_screen(PHRASES, "zh", plan).text


def test_what_stands_in_the_way_is_told_and_cannot_be_saved() -> None:
    refused = SheetChanges(7, "<甲局>", asks=True, refused=SheetSubmitted(unit="<甲局>"))
    screen = form_plan_screen(PHRASES, "zh", 5, FormPlan((refused,), DIGEST), 0, 0)
    assert "&lt;甲局&gt;" in screen.text
    assert deeds(screen) == [DropUpload(5)]
