"""督查重点: which items of a rubric count in a round, and how a round's row spells them.

Answers for reading and writing the spelling (`4,10,15`; None is every item) and for a choice being one that can be
scored. Never stores; the rubric itself is never cut.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from core.errors import FocusEmpty
from core.rubric import Rubric


@lru_cache(maxsize=256)
def read_focus(written: str | None) -> frozenset[int] | None:
    """The items of a round's row; None when all count."""
    return None if written is None else frozenset(map(int, written.split(",")))


def write_focus(rubric: Rubric, items: Collection[int]) -> str | None:
    """How a choice of items is kept; choosing every item is choosing none in particular.

    Raises FocusEmpty without any item, and NoSuchItem for one that the rubric does not have.
    """
    if not items:
        raise FocusEmpty
    numbers = [rubric.item(number).number for number in sorted(set(items))]
    return None if len(numbers) == len(rubric.items) else ",".join(map(str, numbers))


def count_of_items(rubric: Rubric, written: str | None) -> int:
    """How many items count in a round, by its row."""
    focus = read_focus(written)
    return len(rubric.items if focus is None else focus)
