"""What is wrong with a rules file: where, which rule, and the values the sentence needs.

Answers for the shape of a problem only. The sentences are in `bot/phrases/rules.*.yaml`
under the problem's code; nothing here is read by people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead from the top of a file to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct in one file.

    `line` counts from 1; 0 means the file as a whole. `field` is written for people: list
    positions count from 1, as in `categories[2].items[1].max_points`; it is empty for the whole file.
    """

    code: str
    file: str
    line: int = 0
    field: str = ""
    params: Mapping[str, str | int] = attribute(default_factory=dict)


class RulesInvalid(Exception):
    """Rules that cannot be used, with every problem found, in the order of file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.field)))
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.field}: {p.code} {dict(p.params)}" for p in self.problems))


def field_name(path: Path) -> str:
    """`("categories", 1, "name")` as `categories[2].name`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f".{step}" if text else step
    return text
