"""A directory of rules is loaded whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.rubric_files import SHIPPED, load_directory
from core.rules_problem import RulesInvalid


def test_a_broken_policy_is_named_and_the_good_rubrics_beside_it_are_not(tmp_path: Path) -> None:
    for path in SHIPPED.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    policy = tmp_path / "2013-policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: one\n"), encoding="utf-8"
    )
    with pytest.raises(RulesInvalid) as invalid:
        load_directory(tmp_path)
    assert [(Path(problem.file).name, problem.line) for problem in invalid.value.problems] == [("2013-policy.yaml", 6)]
