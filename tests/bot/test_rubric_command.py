"""`hongqi rubric check` as people meet it: in a terminal of 80 columns, in a pipe, with slips in the files."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from bot.rubric_command import app
from bot.rubric_pages import Language, policy_page, problem_line, rubric_page, rules_words
from core.policy import Policy
from core.rubric_files import SHIPPED, load_directory
from core.rules_problem import Problem

BOOK = load_directory(SHIPPED)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.output


def in_a_terminal(*pages: object, width: int = 80) -> list[str]:
    screen = io.StringIO()
    Console(file=screen, width=width, force_terminal=True, no_color=True, highlight=False).print(*pages, sep="\n")
    return screen.getvalue().splitlines()


def cells(lines: list[str], column: int) -> str:
    """One column of a table, with the line breaks and blanks of its layout taken out."""
    rows = (line.split("│") for line in lines if line.startswith("│"))
    return "".join("".join(row[column + 1].split()) for row in rows)


def test_without_files_the_shipped_rules_are_printed_and_sound() -> None:
    code, output = run()
    assert code == 0
    for rubric in BOOK.rubrics.values():
        assert rubric.title in output
        for item in rubric.items:
            assert f"{item.number}、{item.text}" in output
    assert "没有发现问题" in output
    assert "\x1b" not in output


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("name", ["2013-township", "2013-department"])
def test_in_a_narrow_terminal_no_character_is_lost(name: str, width: int) -> None:
    rubric = BOOK.rubrics[name]
    lines = in_a_terminal(*rubric_page(rubric, rules_words("zh")), width=width)
    assert cells(lines, 1) == "".join(f"{item.number}、{item.text}" for item in rubric.items)
    assert cells(lines, 3) == "".join("".join(item.methods) for item in rubric.items)
    sums = "".join(f"{category.name}{category.max_points // 100}分" for category in rubric.categories)
    assert cells(lines, 0) == sums + "合计"
    assert cells(lines, 2) == "".join(str(item.max_points // 100) for item in rubric.items) + "100"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_reads_as_a_list_without_keys_of_the_file(language: Language) -> None:
    words = rules_words(language)
    policy = BOOK.policies["2013-policy"]
    page = "\n".join(in_a_terminal(*policy_page(policy, words), width=200))
    for section in words["keys"].values():
        assert section in page
    for key in ("reason_below_percent", "points_lost", "remind_report", "next_workday", "False"):
        assert key not in page
    assert "3000, 2000, 1000" in page
    for name in [schedule.id for schedule in policy.schedules] + [nudge.id for nudge in policy.nudges]:
        assert name in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_narrow_terminal_no_schedule_is_cut(language: Language) -> None:
    words = rules_words(language)
    policy = BOOK.policies["2013-policy"]
    narrow, wide = (in_a_terminal(*policy_page(policy, words), width=width) for width in (80, 300))
    for column in range(5):
        assert cells(narrow, column) == cells(wide, column)
    assert cells(wide, 0).startswith("report-reminderreport-chase")


def test_every_key_and_value_of_a_policy_has_a_label_in_both_languages() -> None:
    def keys(model: type[BaseModel] | BaseModel) -> set[str]:
        found = set(type(model).model_fields) if isinstance(model, BaseModel) else set()
        for name in found.copy():
            value = getattr(model, name)
            found |= keys(value) if isinstance(value, BaseModel) else set()
        return found

    elsewhere = {"id", "version", "title", "hash", "schedules", "nudges"}
    chinese, english = rules_words("zh"), rules_words("en")
    assert {section: set(words) for section, words in chinese.items()} == {
        section: set(words) for section, words in english.items()
    }
    assert set(chinese["keys"]) == keys(BOOK.policies["2013-policy"]) - elsewhere
    assert choices(Policy) <= set(chinese["values"])


def choices(model: type[BaseModel]) -> set[str]:
    """Every word that a file may choose from, read from the model's schema."""

    def walk(node: object) -> set[str]:
        if isinstance(node, dict):
            own = node.get("enum", [node["const"]] if "const" in node else [])
            return {word for word in own if isinstance(word, str)}.union(*map(walk, node.values()))
        return set().union(*map(walk, node)) if isinstance(node, list) else set()

    return walk(model.model_json_schema()) - {"last", "current", "previous"}


def test_english_words_for_english_readers() -> None:
    code, output = run("--language", "en", SHIPPED / "2013-department.yaml")
    assert code == 0
    assert "No problems were found." in output
    assert "Checked by" in output
    assert "2013-township" not in output


def test_a_policy_is_checked_with_the_rubrics_beside_it(tmp_path: Path) -> None:
    for path in SHIPPED.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    policy = tmp_path / "2013-policy.yaml"
    assert run(policy)[0] == 0
    (tmp_path / "2013-township.yaml").unlink()
    code, output = run(policy)
    assert code == 1
    line = policy.read_text(encoding="utf-8").splitlines().index("  township: 2013-township # 办法 七，附件1") + 1
    expected = "没有编号为“2013-township”的考核细则。已有：2013-department。"
    assert output == f"{policy}:{line}: rubrics.township: {expected}\n"


def test_all_problems_are_printed_one_a_line_and_the_exit_code_is_one(tmp_path: Path) -> None:
    text = (SHIPPED / "2013-township.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "[bold]new.yaml"
    broken.write_text(text.replace("number: 2\n", "number: 3\n").replace("step: 0.5", "step: half"), encoding="utf-8")
    absent = tmp_path / "absent-policy.yaml"
    code, output = run(broken, absent)
    assert code == 1
    assert output.splitlines() == [
        f"{broken}:8: step: 这里应是数字，不加引号，例如 2 或 0.5。",
        f"{absent}: 没有这个文件。请核对路径。",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_without_line_or_field_leaves_them_out(language: Language) -> None:
    words = rules_words(language)
    sentence = words["problems"]["file_missing"]
    assert problem_line(Problem("file_missing", "a.yaml"), words) == f"a.yaml: {sentence}"
    assert problem_line(Problem("file_missing", "a.yaml", 3, "id"), words) == f"a.yaml:3: id: {sentence}"


def test_in_a_terminal_the_tables_fit_its_width() -> None:
    result = CliRunner().invoke(app, ["check"], env={"FORCE_COLOR": "1", "COLUMNS": "80", "NO_COLOR": None})
    lines = Text.from_ansi(result.output).split("\n")
    assert result.exit_code == 0
    assert "\x1b" in result.output
    assert max(line.cell_len for line in lines if line.plain.startswith(("│", "┏", "┃"))) == 80


@pytest.mark.parametrize(("days", "printed"), [("[last]", "月末"), ("[20, last]", "20日 月末")])
def test_the_months_end_is_a_word(tmp_path: Path, days: str, printed: str) -> None:
    for path in SHIPPED.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("days: [20] # 政策", f"days: {days}")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    code, output = run(tmp_path / "2013-policy.yaml")
    assert code == 0
    assert f"3, 6, 9, 12月 {printed} 08:00" in output
