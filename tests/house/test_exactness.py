"""No float decides anything: the rooms that compute marks, ranks and money have none, and no way to make one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import modules, tree

EXACT = (
    "core/scoring.py",
    "core/ranking.py",
    "core/metrics.py",
    "core/composites.py",
    "core/leniency.py",
    "core/reasons.py",
    "core/what_if.py",
    "core/why.py",
    "core/suggestions.py",
    "core/sheet.py",
    "core/duties.py",
    "core/awards/",
)
INEXACT_NAMES = {"float", "complex", "round", "pow"}
INEXACT_MODULES = {"statistics", "decimal", "cmath", "random"}
EXACT_OF_MATH = {"floor", "ceil", "gcd", "lcm"}


class _Proof:
    """What a module shows to be a Fraction, so that dividing it is exact. That annotations are true, mypy holds."""

    def __init__(self, module: ast.Module) -> None:
        self.returns = {
            node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and _says_fraction(node.returns)
        }

    def learn(self, function: ast.FunctionDef) -> set[str]:
        """The names in a function that are Fractions wherever they are assigned."""
        args = [*function.args.args, *function.args.kwonlyargs]
        known = {arg.arg for arg in args if _says_fraction(arg.annotation)}
        assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
        for _ in assigned:  # each pass may prove what the next one rests on
            for node in assigned:
                if self.is_fraction(node.value, known):
                    known |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        doubted = [node for node in assigned if not self.is_fraction(node.value, known)]
        return known - {target.id for node in doubted for target in node.targets if isinstance(target, ast.Name)}

    def is_fraction(self, value: ast.expr, known: set[str]) -> bool:
        """Whether this expression can be nothing else."""
        if isinstance(value, ast.Name):
            return value.id in known
        if isinstance(value, ast.BinOp):
            return self.is_fraction(value.left, known) or self.is_fraction(value.right, known)
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
            starts = [keyword.value for keyword in value.keywords if keyword.arg == "start"]
            summed = value.func.id == "sum" and any(self.is_fraction(start, known) for start in starts)
            return summed or value.func.id == "Fraction" or value.func.id in self.returns
        return False


def _says_fraction(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation) in {"Fraction", "Fraction | None"}


def inexact(module: ast.Module) -> Iterator[str]:
    """What in a module is a float, or may become one."""
    proof = _Proof(module)
    proven: set[int] = set()
    for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
        known = proof.learn(function)
        proven |= {
            id(node)
            for node in ast.walk(function)
            if isinstance(node, ast.BinOp)
            and (proof.is_fraction(node.left, known) or proof.is_fraction(node.right, known))
        }
    for node in ast.walk(module):
        if id(node) not in proven and _is_inexact(node):
            yield f"{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"


def _is_inexact(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=float() | complex()):
            return True
        case ast.Name(id=name):
            return name in INEXACT_NAMES
        case ast.Import(names=names):
            return any(alias.name in {"math", *INEXACT_MODULES} for alias in names)
        case ast.ImportFrom(module="math", names=names):
            return any(alias.name not in EXACT_OF_MATH for alias in names)
        case ast.ImportFrom(module=name):
            return name in INEXACT_MODULES
        case ast.BinOp(op=ast.Div() | ast.Pow()) | ast.AugAssign(op=ast.Div() | ast.Pow()):
            return True
    return False


EXACT_FILES = [path for path in modules("core") if str(path).startswith(EXACT)]


def test_every_exact_room_is_there() -> None:
    assert not [room for room in EXACT if not any(str(path).startswith(room) for path in EXACT_FILES)]


@pytest.mark.parametrize("path", EXACT_FILES, ids=str)
def test_nothing_in_the_exact_rooms_is_or_becomes_a_float(path: Path) -> None:
    assert list(inexact(tree(path))) == []


FRACTION = "def f(a: Fraction, b: int, c: list[Fraction]) -> Fraction:\n    "


@pytest.mark.parametrize(
    "source",
    [
        "half = 0.5",
        "half = 1e3",
        FRACTION + "return float(a)",
        FRACTION + "return round(a, 2)",
        FRACTION + "return b / 2",
        FRACTION + "return sum(c) / len(c)",
        FRACTION + "a = b\n    return a / 2",
        FRACTION + "b /= 2\n    return b",
        FRACTION + "return b ** -1",
        "from math import sqrt",
        "import math",
        "from statistics import mean",
        "def f(part):\n    return part / 2",
    ],
)
def test_the_search_finds_floats(source: str) -> None:
    assert list(inexact(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        FRACTION + "return a / 2",
        FRACTION + "return b / a",
        FRACTION + "part = a * b\n    return part / 2",
        FRACTION + "return sum(c, start=Fraction(0)) / len(c)",
        FRACTION + "return f(a, b, c) / 2",
        FRACTION + "return b // 2",
        "from math import floor",
    ],
)
def test_the_search_lets_exact_arithmetic_be(source: str) -> None:
    assert not list(inexact(ast.parse(source)))
