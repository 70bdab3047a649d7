"""A rubric as YAML text: reading it with every problem named, and writing it so that no character is lost.

Answers for the checks of a 考核细则: sums, numbering, steps. Never touches files: old versions are kept
as text in the database and come through the same door.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import yaml

from core.rubric import Category, Item, Rubric, UnitKind
from core.rules_problem import Problem, RulesInvalid
from core.rules_shape import shaped
from core.rules_types import Count, Distinct, Identifier, Listed, Points, RulesModel, Text
from core.rules_yaml import Tree, read_yaml

FULL_MARKS = 10_000
"""Every annex sums to 100 points (hundredths)."""


class ItemBody(RulesModel):
    """An item as written."""

    number: Count
    text: Text
    max_points: Points
    methods: Annotated[tuple[Text, ...], Listed, Distinct]


class CategoryBody(RulesModel):
    """A category as written; `max_points` is the sum of its items, stated so that slips are found."""

    name: Text
    max_points: Points
    items: Annotated[tuple[ItemBody, ...], Listed]


class RubricBody(RulesModel):
    """A rubric as written."""

    id: Identifier
    version: Count
    title: Text
    source: Text
    unit_kind: UnitKind
    step: Points
    categories: Annotated[tuple[CategoryBody, ...], Listed]


def parse_rubric(text: str, name: str) -> Rubric:
    """The rubric in this text; `name` stands for the file in problems. Raises RulesInvalid with all problems."""
    rubric, problems = examine_rubric(read_yaml(text, name))
    if rubric is None or problems:
        raise RulesInvalid(tuple(problems))
    return rubric


def examine_rubric(tree: Tree) -> tuple[Rubric | None, list[Problem]]:
    """The rubric, if its shape is sound, and every problem; it may be used only when there is none."""
    if not tree.readable:
        return None, tree.problems
    body, problems = shaped(RubricBody, tree)
    problems = [*tree.problems, *problems]
    if body is None:
        return None, problems
    problems.extend(_checks(tree, body))
    return _rubric(body, tree.hash), problems


def rubric_to_yaml(rubric: Rubric) -> str:
    """YAML text that loads as the same rubric, with the same hash."""
    body = {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "source": rubric.source,
        "unit_kind": rubric.unit_kind,
        "step": _points(rubric.step),
        "categories": [_category_to_plain(category) for category in rubric.categories],
    }
    return yaml.dump(body, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000)


def _checks(tree: Tree, body: RubricBody) -> Iterator[Problem]:
    names: dict[str, int] = {}
    total = expected = 0
    for place, category in enumerate(body.categories):
        here = ("categories", place)
        if category.name in names:
            yield tree.problem("repeated", (*here, "name"), value=category.name)
        names[category.name] = place
        found = sum(item.max_points for item in category.items)
        total += found
        if found != category.max_points:
            stated = _text(category.max_points)
            yield tree.problem("category_sum", (*here, "max_points"), stated=stated, found=_text(found))
        for position, item in enumerate(category.items):
            expected += 1
            path = (*here, "items", position)
            if item.number != expected:
                yield tree.problem("numbering", (*path, "number"), found=item.number, expected=expected)
            if item.max_points % body.step:
                step, points = _text(body.step), _text(item.max_points)
                yield tree.problem("step_does_not_divide", (*path, "max_points"), step=step, points=points)
    if total != FULL_MARKS:
        yield tree.problem("total_sum", ("categories",), found=_text(total), expected=_text(FULL_MARKS))


def _rubric(body: RubricBody, digest: str) -> Rubric:
    categories = tuple(
        Category(
            category.name,
            category.max_points,
            tuple(
                Item(item.number, item.text, item.max_points, item.methods, category.name) for item in category.items
            ),
        )
        for category in body.categories
    )
    return Rubric(
        body.id, body.version, body.title, body.unit_kind, body.step, categories, hash=digest, source=body.source
    )


def _category_to_plain(category: Category) -> dict[str, object]:
    items = [
        {
            "number": item.number,
            "text": item.text,
            "max_points": _points(item.max_points),
            "methods": list(item.methods),
        }
        for item in category.items
    ]
    return {"name": category.name, "max_points": _points(category.max_points), "items": items}


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


def _text(hundredths: int) -> str:
    """Points as people write them: 2, 0.5."""
    points = _points(hundredths)
    return str(int(points)) if points == int(points) else f"{points.normalize():f}"


class _Writer(yaml.SafeDumper):
    """Writes Decimals as plain numbers, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the signature is PyYAML's
        return True

    def represent_points(self, data: Decimal) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:float" if data % 1 else "tag:yaml.org,2002:int", f"{data:f}")


_Writer.add_representer(Decimal, _Writer.represent_points)
