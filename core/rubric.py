"""The rubric (考核细则): categories, items and their points. Values only, no files.

Points are integers in hundredths of a point. A rubric is immutable: a sheet pins its
id, version and hash, so that an old sheet always opens and prints as it was scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from core.errors import NoSuchItem

UnitKind = Literal["township", "department"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the 考核细则."""

    number: int
    text: str
    max_points: int
    methods: tuple[str, ...]
    category: str


@dataclass(frozen=True, slots=True)
class Category:
    """考核项目: a named group of items."""

    name: str
    max_points: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Rubric:
    """Annex 1 or 2 of the measures, one version of it."""

    id: str
    version: int
    title: str
    unit_kind: UnitKind
    step: int
    categories: tuple[Category, ...]
    hash: str
    source: str = ""
    """The document and annex the texts come from; always there in a rubric from a file."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of their numbers, 1, 2, 3 …"""
        return tuple(item for category in self.categories for item in category.items)

    @cached_property
    def max_points(self) -> int:
        """The sum over all items, in hundredths."""
        return sum(category.max_points for category in self.categories)

    def item(self, number: int) -> Item:
        """The item of this number. Raises NoSuchItem."""
        if 1 <= number <= len(self.items):
            return self.items[number - 1]
        raise NoSuchItem(item=number, last=len(self.items))
