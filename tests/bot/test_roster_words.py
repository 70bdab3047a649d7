"""The words of the roster workbook, and a sentence with a remedy for everything that can be wrong in it."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.phrases import LANGUAGES, load_phrases, read_texts
from bot.screens.roster_words import place_text, problem_text, roster_labels, roster_words
from core import roster_rows
from core.people import Role
from core.roster_rows import RosterProblem, plain

PHRASES = load_phrases(ZoneInfo("Asia/Shanghai"))
CORE = Path(roster_rows.__file__).parent
NAMED_LATER = {"several_unit", "several_person", "unknown_unit", "unknown_person"}


def codes() -> set[str]:
    """Every code of a problem that the core can note."""
    found = set(NAMED_LATER)
    for file in CORE.glob("roster_*.py"):
        text = file.read_text(encoding="utf-8")
        for call in re.findall(r"(?:problems\.add|RosterProblem|Misfit)\(([^,]*)", text):
            found |= set(re.findall(r'(?<!f)"([a-z_]+)"', call))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(codes()))
def test_every_problem_says_what_to_do(language: str, code: str) -> None:
    said = problem_text(PHRASES, language, RosterProblem(code, "人员", 3, "C", "甲", "乙", "role"))
    assert re.search("请" if language == "zh" else "[Pp]lease", said), said


def test_no_problem_is_worded_that_cannot_be_noted() -> None:
    worded = {key.removeprefix("roster.problems.") for key in read_texts("zh") if key.startswith("roster.problems.")}
    assert worded == codes()


def test_a_wrong_word_is_answered_with_the_right_ones_and_its_place() -> None:
    problem = RosterProblem("unknown_word", "人员", 3, "C", "<村长>", "", "role")
    assert place_text(PHRASES, "zh", problem) == "「人员」第3行C列"
    assert problem_text(PHRASES, "zh", problem) == (
        "看不懂“&lt;村长&gt;”。请填：管理员、考核人员、乡镇工作人员、部门联络员、区领导。"
    )
    missing = RosterProblem("missing_column", "人员", 1, "", "", "", "role")
    assert "“角色”" in problem_text(PHRASES, "zh", missing)
    assert place_text(PHRASES, "en", missing) == "“人员”, row 1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_in_any_language_is_read(language: str) -> None:
    words, labels = roster_words(PHRASES), roster_labels(PHRASES, language)
    assert {words.roles[plain(labels.roles[role])] for role in Role} == set(Role)
    assert all(plain(label) in words.columns[key] for key, label in labels.columns.items())
    assert all(plain(label) in words.tables[key] for key, label in labels.tables.items())
    assert [words.answers[plain(labels.answers[answer])] for answer in (True, False)] == [True, False]
