"""Broken rules files: each slip is named by file, line and field, and all of them at once.

A case changes one passage of a shipped file. The line expected is the one of the marker `§`, which is taken out
before the text is read; a case without it is about the file as a whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.rubric_files import (
    SHIPPED,
    load_directory,
    load_files,
    load_policy,
    load_rubric,
    parse_policy,
    parse_rubric,
)
from core.rules_problem import Problem, RulesInvalid
from core.rules_yaml import LONGEST_FILE

RUBRIC = (SHIPPED / "2013-township.yaml").read_text(encoding="utf-8")
POLICY = (SHIPPED / "2013-policy.yaml").read_text(encoding="utf-8")
RUBRICS = load_directory(SHIPPED).rubrics
ITEM = "categories[1].items[1]"


class Case(NamedTuple):
    """One slip: what stands in the file, what stands there instead, and the problem it makes."""

    code: str
    old: str
    new: str
    field: str


RUBRIC_CASES = [
    Case("yaml_syntax", "id: 2013-township", "id: 2013-township\n§ : [", ""),
    Case("several_documents", "categories:", "§--- \ncategories:", ""),
    Case("too_deep", "step: 0.5", "§step: " + "[" * 2000, ""),
    Case("anchor", "version: 1", "§version: &one 1", "version"),
    Case("alias", "version: 1", "§version: *one", "version"),
    Case("tag", "version: 1", "§version: !!int 1", "version"),
    Case("duplicate_key", "version: 1", "version: 1\n§version: 2", "version"),
    Case("duplicate_key", "version: 1", "version: 1\n§version: {a: [1, {a: 2}]}", "version"),
    Case("key_not_text", "version: 1", "version: 1\n§? [a]\n: b", ""),
    Case("control_character", "version: 1", "§version: 1 # \u0007", ""),
    Case("control_character", "name: 组织管理", '§name: "组织\\u0007管理"', "categories[1].name"),
    Case("control_character", "version: 1", 'version: 1\n§"a\\ud800": 1', ""),
    Case("missing_key", "id: 2013-township\nversion", "§version", "id"),
    Case("unknown_key", "version: 1", "version: 1\n§weight: 3", "weight"),
    Case("not_mapping", "  - name: 组织管理", "§  - text\n  - name: 组织管理", "categories[1]"),
    Case("not_list", "[现场查看, 查资料台账]", "现场查看§", f"{ITEM}.methods"),
    Case("empty_list", "[现场查看, 查资料台账]", "[]§", f"{ITEM}.methods"),
    Case("repeated", "[现场查看, 查资料台账]", "[现场查看, 现场查看]§", f"{ITEM}.methods"),
    Case("not_text", "name: 组织管理", "name: 12§", "categories[1].name"),
    Case("blank_text", "name: 组织管理", 'name: "\u3000 "§', "categories[1].name"),
    Case("not_number", "version: 1", 'version: "1"§', "version"),
    Case("not_number", "version: 1", "version: true§", "version"),
    Case("not_whole", "version: 1", "version: 1.5§", "version"),
    Case("too_fine", "step: 0.5", "step: 0.005§", "step"),
    Case("not_positive", "step: 0.5", "step: 0§", "step"),
    Case("out_of_range", "version: 1", "version: 0§", "version"),
    Case("not_one_of", "unit_kind: township", "unit_kind: village§", "unit_kind"),
    Case("bad_id", "id: 2013-township", "id: 2013_Township§", "id"),
    Case("repeated", "name: 七项重大任务", "name: 组织管理§", "categories[2].name"),
    Case("category_sum", "max_points: 10\n", "max_points: 11§\n", "categories[1].max_points"),
    Case("numbering", "number: 23", "number: 24§", "categories[5].items[3].number"),
    Case("step_does_not_divide", "step: 0.5", "step: 0.3", f"{ITEM}.max_points"),
    Case("total_sum", "        max_points: 2\n", "        max_points: 3\n", "categories"),
]
POLICY_CASES = [
    Case("not_flag", "carry_over: false", "carry_over: no§", "awards.last_place.carry_over"),
    Case("not_time", "quiet_from: 20:00", "quiet_from: 24:00§", "contact.quiet_from"),
    Case("not_time", "quiet_from: 20:00", "quiet_from: 20§", "contact.quiet_from"),
    Case("not_day", "due_day: 26", "due_day: 32§", "duties.monthly_report.due_day"),
    Case("not_day", "due_day: 26", "due_day: 26.5§", "duties.monthly_report.due_day"),
    Case("not_one_of", "weekdays: [fri]", "weekdays: [friday]§", "schedules[5].weekdays[1]"),
    Case("not_one_of", "kind: chase_briefing", "kind: chase_everybody§", "schedules[5].kind"),
    Case("unknown_key", "version: 1", "version: 1\n§hash: abc", "hash"),
    Case("no_such_rubric", "township: 2013-township", "township: 2012-township§", "rubrics.township"),
    Case("rubric_of_other_kind", "township: 2013-township", "township: 2013-department§", "rubrics.township"),
    Case("no_such_category", "[大走访工作,", "[小走访工作§,", "rankings.precedence.department[1]"),
    Case("category_left_out", "[大走访工作,", "[小走访工作§,", "rankings.precedence.department"),
    Case("no_such_item", "item: 22", "item: 24§", "duties.suggestions.briefings.item"),
    Case("weights_sum", "quarters: 50", "quarters: 51", "rankings.annual.weights"),
    Case("nothing_left", "trim_from: 5 # 政策\n", "trim_from: 2§ # 政策\n", "scoring.department.trim_from"),
    Case("not_later", "disqualify_after: 3", "disqualify_after: 2§", "awards.last_place.disqualify_after"),
    Case("no_such_date", "days: [26]", "days: [31]§", "schedules[1].days"),
    Case("no_such_date", "due_day: 26", "due_day: 30§", "duties.monthly_report.due_day"),
    Case("in_quiet_hours", "time: 16:00", "time: 20:00§", "schedules[2].time"),
    Case("in_quiet_hours", "time: 16:00", "time: 07:29§", "schedules[2].time"),
    Case("needed_key", "    rhythm: monthly\n    period: current\n", "    rhythm: monthly\n", "schedules[7].period"),
    Case("unneeded_key", "kind: send_digest", "kind: send_digest\n§    rhythm: monthly", "schedules[6].rhythm"),
    Case("repeated", "id: quarterly-nudge", "id: digest§", "nudges[1].id"),
]
FILE_CASES = [
    ("file_missing", None, 0),
    ("not_utf8", "id: a\ntitle: 红旗\n".encode("gb18030"), 2),
    ("byte_order_mark", b"\xef\xbb\xbfid: a\n", 1),
    ("too_big", b"#" * (LONGEST_FILE + 1), 0),
    ("empty_file", b"# nothing yet\n", 0),
]
OTHER_CODES = {"file_unreadable", "no_directory", "no_rules", "id_twice"}
"""Codes with a test of their own below."""
PHRASES = Path(__file__).parents[2] / "bot" / "phrases"


def broken(original: str, case: Case) -> tuple[str, int | None]:
    """The text with the slip in it, and the marker's line (None without a marker)."""
    assert original.count(case.old) >= 1, f"the case's passage is gone from the shipped file: {case.old}"
    text = original.replace(case.old, case.new, 1)
    line = text[: text.index("§")].count("\n") + 1 if "§" in text else None
    return text.replace("§", ""), line


def parse(text: str, *, policy: bool) -> object:
    return parse_policy(text, "rules.yaml", RUBRICS) if policy else parse_rubric(text, "rules.yaml")


@pytest.mark.parametrize(
    ("case", "policy"),
    [(case, False) for case in RUBRIC_CASES] + [(case, True) for case in POLICY_CASES],
    ids=lambda value: value.code if isinstance(value, Case) else "",
)
def test_a_slip_is_named_by_line_and_field(case: Case, policy: bool) -> None:
    text, line = broken(POLICY if policy else RUBRIC, case)
    with pytest.raises(RulesInvalid) as invalid:
        parse(text, policy=policy)
    problems = invalid.value.problems
    found = [problem for problem in problems if (problem.code, problem.field) == (case.code, case.field)]
    assert found, problems
    assert found[0].file == "rules.yaml"
    if line is not None:
        assert found[0].line == line


@pytest.mark.parametrize(("code", "content", "line"), FILE_CASES, ids=[case[0] for case in FILE_CASES])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, code: str, content: bytes | None, line: int) -> None:
    path = tmp_path / "2013-township.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RulesInvalid) as invalid:
        load_rubric(path)
    (problem,) = invalid.value.problems
    assert (problem.code, problem.file, problem.line, problem.field) == (code, str(path), line, "")
    with pytest.raises(RulesInvalid) as invalid:
        load_policy(path, RUBRICS)
    assert [problem.code for problem in invalid.value.problems] == [code]


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesInvalid) as invalid:
        load_rubric(tmp_path)
    (problem,) = invalid.value.problems
    assert (problem.code, problem.file) == ("file_unreadable", str(tmp_path))


def test_a_directory_without_rules_is_a_problem(tmp_path: Path) -> None:
    for directory, code in ((tmp_path / "absent", "no_directory"), (tmp_path, "no_rules")):
        with pytest.raises(RulesInvalid) as invalid:
            load_directory(directory)
        (problem,) = invalid.value.problems
        assert (problem.code, problem.file) == (code, str(directory))


def test_two_files_may_not_share_an_id(tmp_path: Path) -> None:
    for name, text in (("a.yaml", RUBRIC), ("b.yml", RUBRIC)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    department = (SHIPPED / "2013-department.yaml").read_text(encoding="utf-8")
    (tmp_path / "c.yaml").write_text(department, encoding="utf-8")
    for name in ("a-policy.yaml", "b-policy.yml"):
        (tmp_path / name).write_text(POLICY, encoding="utf-8")
    with pytest.raises(RulesInvalid) as invalid:
        load_directory(tmp_path)
    twice = [(Path(problem.file).name, problem.code, problem.field) for problem in invalid.value.problems]
    assert twice == [("b-policy.yml", "id_twice", "id"), ("b.yml", "id_twice", "id")]


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    rubric = RUBRIC.replace("version: 1", "version: 1\nweight: 3").replace("number: 23", "number: 25")
    rubric = rubric.replace("        max_points: 2\n", "        max_points: 3\n", 1)
    (tmp_path / "a.yaml").write_text(rubric, encoding="utf-8")
    (tmp_path / "b-policy.yaml").write_text(POLICY.replace("item: 4 ", "item: 40 "), encoding="utf-8")
    with pytest.raises(RulesInvalid) as invalid:
        load_directory(tmp_path)
    problems = invalid.value.problems
    assert [(Path(problem.file).name, problem.code) for problem in problems] == [
        ("a.yaml", "unknown_key"),
        ("a.yaml", "total_sum"),
        ("a.yaml", "category_sum"),
        ("a.yaml", "numbering"),
        ("b-policy.yaml", "no_such_rubric"),
        ("b-policy.yaml", "no_such_item"),
    ]
    category = next(problem for problem in problems if problem.code == "category_sum")
    assert category.params == {"stated": "10", "found": "11"}
    assert f"{tmp_path / 'a.yaml'}:{category.line}" in str(invalid.value)


def test_while_a_rubric_is_broken_references_to_it_are_not_called_missing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RUBRIC.replace("unit_kind: township", "unit_kind: x"), encoding="utf-8")
    (tmp_path / "b-policy.yaml").write_text(POLICY, encoding="utf-8")
    with pytest.raises(RulesInvalid) as invalid:
        load_files([tmp_path / "a.yaml", tmp_path / "b-policy.yaml"])
    assert [problem.code for problem in invalid.value.problems] == ["not_one_of"]


def test_a_value_refused_as_yaml_is_not_reported_again_for_its_type() -> None:
    text = RUBRIC.replace("version: 1", "version: *one")
    with pytest.raises(RulesInvalid) as invalid:
        parse_rubric(text, "rules.yaml")
    assert [problem.code for problem in invalid.value.problems] == ["alias"]


def test_a_bomb_of_aliases_is_refused_without_being_unfolded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 60)]
    with pytest.raises(RulesInvalid) as invalid:
        parse_rubric("\n".join(lines), "bomb.yaml")
    assert {problem.code for problem in invalid.value.problems} >= {"anchor", "alias"}


FRAGMENTS = st.sampled_from(
    ["a", ":", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "&a ", "*a", "!t ", "|", ">"]
)


@given(st.lists(FRAGMENTS | st.characters(), max_size=40).map("".join))
def test_no_text_gets_past_the_door_in_any_other_way(text: str) -> None:
    with pytest.raises(RulesInvalid) as invalid:
        parse_rubric(text, "rules.yaml")
    assert invalid.value.problems


@given(st.integers(0, len(RUBRIC) - 1), st.sampled_from([*"#:-[]{},&*!|>'%@`0\n\t ", '"', ""]))
def test_one_wrong_character_never_breaks_the_reader(position: int, character: str) -> None:
    text = RUBRIC[:position] + character + RUBRIC[position + 1 :]
    problems: tuple[Problem, ...] = ()
    try:
        assert parse_rubric(text, "rules.yaml").max_points == 10_000
    except RulesInvalid as invalid:
        problems = invalid.problems
    assert all(problem.line for problem in problems)


def test_every_code_has_a_broken_file_and_a_sentence_in_both_languages() -> None:
    tested = {case.code for case in RUBRIC_CASES + POLICY_CASES} | {case[0] for case in FILE_CASES} | OTHER_CODES
    for language in ("zh", "en"):
        words = yaml.safe_load((PHRASES / f"rules.{language}.yaml").read_text(encoding="utf-8"))
        assert set(words["problems"]) == tested
