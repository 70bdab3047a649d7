"""Rubrics, policies and their problems as rich tables and lines for a terminal or a pipe.

Answers for the layout only: words come from `phrases/rules.*.yaml`, values from core. Never truncates a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from core.policy import Policy
from core.policy_schedules import Nudge, Schedule
from core.rubric import Rubric
from core.rules_problem import Problem

Language = Literal["zh", "en"]
Words = Mapping[str, Mapping[str, str]]

_ELSEWHERE = {"id", "version", "title", "hash", "schedules", "nudges"}
"""Keys of a policy that have a place of their own on the page."""


def rules_words(language: Language) -> Words:
    """The sentences and labels of this language, by section and key."""
    path = Path(__file__).parent / "phrases" / f"rules.{language}.yaml"
    words: Words = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


def problem_line(problem: Problem, words: Words) -> str:
    """`file:line: field: what to do`; line and field are left out where the whole file is meant."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    sentence = words["problems"][problem.code].format(**problem.params)
    return ": ".join(part for part in (place, problem.field, sentence) if part)


def rubric_page(rubric: Rubric, words: Words) -> Iterator[RenderableType]:
    """The table of the 考核细则, as in the annex, with its sums."""
    names = words["table"]
    line = names["rubric_line"]
    yield Text(rubric.title, style="bold")
    yield Text(line.format(id=rubric.id, version=rubric.version, step=_hundredths(rubric.step), hash=rubric.hash[:12]))
    table = Table()
    table.add_column(names["category"], max_width=12, overflow="fold")
    table.add_column(names["text"], overflow="fold")
    table.add_column(names["points"], min_width=6, justify="right")
    table.add_column(names["methods"], min_width=14, overflow="fold")
    for category in rubric.categories:
        points = names["points_value"].format(points=_hundredths(category.max_points))
        for item in category.items:
            head = f"{category.name}\n{points}" if item is category.items[0] else ""
            text = f"{item.number}、{item.text}"
            methods = "\n".join(item.methods)
            last = item is category.items[-1]
            cells = (Text(head), Text(text), Text(_hundredths(item.max_points)), Text(methods))
            table.add_row(*cells, end_section=last)
    table.add_row(Text(names["total"]), "", Text(_hundredths(rubric.max_points)), "")
    yield table


def policy_page(policy: Policy, words: Words) -> Iterator[RenderableType]:
    """The policy as an indented list, its schedules as a table."""
    yield Text(policy.title, style="bold")
    line = words["table"]["policy_line"]
    yield Text(line.format(id=policy.id, version=policy.version, hash=policy.hash[:12]))
    for key in type(policy).model_fields:
        if key not in _ELSEWHERE:
            yield from _entry(key, getattr(policy, key), 0, words)
    table = Table()
    for key in ("id", "kind", "when", "shift", "catch_up"):
        table.add_column(words["schedules"][key], overflow="fold")
    for schedule in policy.schedules:
        table.add_row(*(Text(cell) for cell in _schedule(schedule, words)))
    for nudge in policy.nudges:
        table.add_row(*(Text(cell) for cell in _nudge(nudge, words)))
    yield table


def _entry(key: str, value: object, depth: int, words: Words) -> Iterator[Text]:
    label = "  " * depth + words["keys"][key]
    if isinstance(value, BaseModel):
        yield Text(label)
        for inner in type(value).model_fields:
            yield from _entry(inner, getattr(value, inner), depth + 1, words)
    else:
        yield Text(f"{label}: {_value(key, value, words['values'])}")


def _value(key: str, value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(key, element, names) for element in value)
    if isinstance(value, bool):
        return names[str(value).lower()]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if key == "prizes" and isinstance(value, int):
        return _hundredths(value)
    return names.get(str(value), str(value))


def _schedule(schedule: Schedule, words: Words) -> tuple[str, ...]:
    names, values = words["schedules"], words["values"]
    parts = []
    if schedule.months is not None:
        parts.append(names["months"].format(months=", ".join(map(str, schedule.months))))
    if schedule.days is not None:
        numbers = [str(day) for day in schedule.days if day != "last"]
        if numbers:
            parts.append(names["days"].format(days=", ".join(numbers)))
        if "last" in schedule.days:
            parts.append(names["month_end"])
    if schedule.weekdays is not None:
        parts.append(", ".join(values[day] for day in schedule.weekdays))
    parts = parts or [names["daily"]]
    kind = values[schedule.kind] if schedule.rhythm is None else f"{values[schedule.rhythm]} {values[schedule.kind]}"
    when = " ".join((*parts, f"{schedule.time:%H:%M}"))
    return schedule.id, kind, when, values[schedule.shift], _catch_up(schedule, words)


def _nudge(nudge: Nudge, words: Words) -> tuple[str, ...]:
    values = words["values"]
    days = words["schedules"]["before_last_day"].format(days=", ".join(map(str, nudge.days_before)))
    kind = f"{values[nudge.rhythm]} {values['nudge']}"
    return nudge.id, kind, f"{days} {nudge.time:%H:%M}", "", _catch_up(nudge, words)


def _catch_up(entry: Schedule | Nudge, words: Words) -> str:
    text = words["values"][entry.catch_up]
    if entry.within_hours is None:
        return text
    return words["schedules"]["within"].format(catch_up=text, hours=entry.within_hours)


def _hundredths(value: int) -> str:
    """Points or yuan as people write them: 2, 0.5."""
    number = Decimal(value) / 100
    return str(int(number)) if number == int(number) else f"{number.normalize():f}"
