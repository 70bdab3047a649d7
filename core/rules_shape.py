"""Trees into typed values: pydantic's findings as problems with lines.

Answers for keys, types and single values. What must fit together across values is checked by
`rubric_files` and `policy_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.rules_problem import Path, Problem
from core.rules_types import RulesModel
from core.rules_yaml import Tree, Value

M = TypeVar("M", bound=RulesModel)

_CODES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "bool_type": "not_flag",
    "literal_error": "not_one_of",
}
"""Pydantic's own names for what our types leave to it; our types' refusals already carry our codes."""


def shaped(model: type[M], tree: Tree) -> tuple[M | None, list[Problem]]:
    """The tree as this model, and every problem of keys and single values.

    Unknown keys are reported and then left out, so that they don't hide what else is wrong; any other
    problem means None.
    """
    try:
        return model.model_validate(tree.value), []
    except ValidationError as invalid:
        errors = [error for error in invalid.errors() if not _known(tree, error["loc"])]
    problems = [_problem(tree, error) for error in errors]
    if any(error["type"] != "extra_forbidden" for error in errors):
        return None, problems
    value = _without(tree.value, {error["loc"] for error in errors}, ())
    try:
        return model.model_validate(value), problems
    except ValidationError:  # the only errors left are those the YAML reader has already reported
        return None, problems


def _known(tree: Tree, path: Path) -> bool:
    """Whether the YAML reader has already refused this value or one around it."""
    return any(path[:length] in tree.refused for length in range(len(path) + 1))


def _problem(tree: Tree, error: ErrorDetails) -> Problem:
    code = _CODES.get(error["type"], error["type"])
    context: Mapping[str, Any] = error.get("ctx", {})
    params = {name: value for name, value in context.items() if isinstance(value, (str, int))}
    if code == "not_one_of":
        params = {"allowed": context["expected"].replace("'", "").replace(" or ", ", ")}
    if code in {"missing_key", "unknown_key"}:
        params = {"key": str(error["loc"][-1])}
    return tree.problem(code, error["loc"], None, **params)


def _without(value: Value, paths: Iterable[Path], here: Path) -> Value:
    if isinstance(value, dict):
        return {k: _without(v, paths, (*here, k)) for k, v in value.items() if (*here, k) not in paths}
    if isinstance(value, list):
        return [_without(inner, paths, (*here, position)) for position, inner in enumerate(value)]
    return value
