"""The project's own files, as the tests of this room read them: tracked by git, Python as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """The tracked files that match git's patterns and still exist, relative to the root."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).is_file())


def modules(*rooms: str) -> tuple[Path, ...]:
    """The Python files of these folders."""
    found = tracked(*(f"{room}/*.py" for room in rooms))
    assert found, f"no Python file in {rooms}"
    return found


@cache
def text(path: Path) -> str:
    """What a file holds."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as a syntax tree."""
    return ast.parse(text(path), str(path))


def nodes(*rooms: str) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every Python file of these folders, with its file."""
    for path in modules(*rooms):
        for node in ast.walk(tree(path)):
            yield path, node


def imported(path: Path) -> Iterator[str]:
    """The full names a Python file imports, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(path.parent.parts[: len(path.parent.parts) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, [package, node.module]))


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Strings of a Python file that are values, with their lines: no docstrings, no strings that stand alone."""
    alone = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a Python file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
