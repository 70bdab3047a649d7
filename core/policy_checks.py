"""What must fit together in a policy, and between a policy and the rubrics it refers to.

Answers for references, sums and dates. Types and single values have been checked before. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time

from core.policy import PolicyBody
from core.policy_schedules import Schedule
from core.rubric import Rubric, UnitKind
from core.rules_problem import Path, Problem
from core.rules_types import RulesModel
from core.rules_yaml import Tree

_SHORTEST = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
"""Days that a month has in every year: the 29th of February exists only in some."""
_KINDS: tuple[UnitKind, ...] = ("township", "department")


def check_policy(tree: Tree, body: PolicyBody, rubrics: Mapping[str, Rubric]) -> Iterator[Problem]:
    """Every problem, in no particular order."""
    for kind in _KINDS:
        yield from _check_rubric(tree, body, kind, rubrics)
    yield from _check_suggestions(tree, body, rubrics)
    yield from _check_weights(tree, ("rankings", "monthly", "weights"), body.rankings.monthly.weights)
    yield from _check_weights(tree, ("rankings", "annual", "weights"), body.rankings.annual.weights)
    yield from _check_scoring(tree, body)
    yield from _check_last_place(tree, body)
    yield from _check_duty_days(tree, body)
    for place, schedule in enumerate(body.schedules):
        yield from _check_schedule(tree, body, ("schedules", place), schedule)
    for place, nudge in enumerate(body.nudges):
        yield from _check_quiet(tree, body, ("nudges", place, "time"), nudge.time)
    yield from _check_ids(tree, body)


def _check_rubric(tree: Tree, body: PolicyBody, kind: UnitKind, rubrics: Mapping[str, Rubric]) -> Iterator[Problem]:
    name: str = getattr(body.rubrics, kind)
    rubric = rubrics.get(name)
    if rubric is None:
        yield tree.problem("no_such_rubric", ("rubrics", kind), id=name, known=_listed(rubrics))
        return
    if rubric.unit_kind != kind:
        yield tree.problem("rubric_of_other_kind", ("rubrics", kind), id=name, kind=kind, found=rubric.unit_kind)
        return
    path = ("rankings", "precedence", kind)
    names = [category.name for category in rubric.categories]
    order = body.rankings.precedence.of(kind)
    for place, category in enumerate(order):
        if category not in names:
            yield tree.problem("no_such_category", (*path, place), name=category, known=_listed(names))
    for category in names:
        if category not in order:
            yield tree.problem("category_left_out", path, name=category)


def _check_suggestions(tree: Tree, body: PolicyBody, rubrics: Mapping[str, Rubric]) -> Iterator[Problem]:
    rubric = rubrics.get(body.rubrics.township)
    if rubric is None:
        return
    suggestions = body.duties.suggestions
    for duty in ("monthly_report", "workdays", "briefings"):
        number: int = getattr(suggestions, duty).item
        if number > len(rubric.items):
            path = ("duties", "suggestions", duty, "item")
            yield tree.problem("no_such_item", path, number=number, last=len(rubric.items))


def _check_weights(tree: Tree, path: Path, weights: RulesModel) -> Iterator[Problem]:
    found = sum(weights.model_dump().values())
    if found != 100:
        yield tree.problem("weights_sum", path, found=found)


def _check_scoring(tree: Tree, body: PolicyBody) -> Iterator[Problem]:
    for kind in _KINDS:
        rule = body.scoring.of(kind)
        if rule.trim_from <= 2 * rule.trim:
            yield tree.problem("nothing_left", ("scoring", kind, "trim_from"), least=2 * rule.trim + 1)


def _check_last_place(tree: Tree, body: PolicyBody) -> Iterator[Problem]:
    rule = body.awards.last_place
    for earlier, later in (("warn_after", "explain_after"), ("explain_after", "disqualify_after")):
        if getattr(rule, earlier) >= getattr(rule, later):
            yield tree.problem("not_later", ("awards", "last_place", later), least=getattr(rule, earlier) + 1)


def _check_duty_days(tree: Tree, body: PolicyBody) -> Iterator[Problem]:
    yield from _check_days(tree, ("duties", "monthly_report", "due_day"), None, (body.duties.monthly_report.due_day,))
    yield from _check_days(tree, ("duties", "workdays", "days"), None, body.duties.workdays.days)


def _check_schedule(tree: Tree, body: PolicyBody, path: Path, schedule: Schedule) -> Iterator[Problem]:
    for key in ("rhythm", "period"):
        given = getattr(schedule, key) is not None
        if given != schedule.is_about_a_round:
            code = "unneeded_key" if given else "needed_key"
            yield tree.problem(code, (*path, key), key=key, kind=schedule.kind)
    yield from _check_days(tree, (*path, "days"), schedule.months, schedule.days or ())
    if schedule.kind != "close_round":  # closing a round tells nobody anything
        yield from _check_quiet(tree, body, (*path, "time"), schedule.time)


def _check_days(
    tree: Tree, path: Path, months: tuple[int, ...] | None, days: tuple[int | str, ...]
) -> Iterator[Problem]:
    for day in days:
        for month in months or _SHORTEST:
            if isinstance(day, int) and day > _SHORTEST[month]:
                yield tree.problem("no_such_date", path, month=month, day=day)
                break


def _check_quiet(tree: Tree, body: PolicyBody, path: Path, moment: time) -> Iterator[Problem]:
    if body.contact.is_quiet(moment):
        quiet_from, until = f"{body.contact.quiet_from:%H:%M}", f"{body.contact.quiet_until:%H:%M}"
        yield tree.problem("in_quiet_hours", path, time=f"{moment:%H:%M}", quiet_from=quiet_from, quiet_until=until)


def _check_ids(tree: Tree, body: PolicyBody) -> Iterator[Problem]:
    seen: set[str] = set()
    ids = {"schedules": [entry.id for entry in body.schedules], "nudges": [entry.id for entry in body.nudges]}
    for key, listed in ids.items():
        for place, name in enumerate(listed):
            if name in seen:
                yield tree.problem("repeated", (key, place, "id"), value=name)
            seen.add(name)


def _listed(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(names)
