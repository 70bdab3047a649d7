"""Objections (异议) to rankings: until when they are taken, which items they name, and how they are shown. Values only.

Times are UTC. The items of a choice travel as one number, a bit for each: a button names the whole choice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.corrections import Correction
from core.errors import ItemNotInFocus, NotProvisional, ObjectionsOver
from core.reasons import ItemLoss
from core.rubric import Item, Rubric, UnitKind
from core.sheet import Mark

LONGEST_OBJECTION = 1000
"""In characters: the office reads it on one screen with the sheets that it is about."""

ObjectionState = Literal["open", "upheld", "rejected"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in a provisional ranking. `until`: when the time for objections ends; None while the holidays are unknown.

    `rank` None: the unit is 未考核.
    """

    ranking_id: int
    version: int
    period: str
    unit_kind: UnitKind
    unit_id: int
    unit: str
    rank: int | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """The items that an objection can name; none where the ranking has no round of its own.

    `losses`: what the unit lost, by item, with reasons for townships only; empty where that would tell what one
    rater gave, or where there is no result.
    """

    standing: Standing
    items: tuple[Item, ...]
    losses: Mapping[int, ItemLoss]


@dataclass(frozen=True, slots=True)
class AskedObjection:
    """What does the unit object? `items` empty: the ranking as a whole."""

    prompt_id: int
    standing: Standing
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection. `until`: the end of 公示 of its ranking; `decision`: the words of the office's `decided_by`."""

    objection_id: int
    ranking_id: int
    version: int
    period: str
    unit_kind: UnitKind
    unit_id: int
    unit: str
    items: tuple[int, ...]
    text: str
    person: str
    raised_at: datetime
    until: datetime | None
    state: ObjectionState
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None
    prompt_id: int | None
    files: int


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection was raised, or a file was added to it; `again`: nothing changed by it."""

    objection: ObjectionView
    added_file: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class ContestedSheet:
    """A sheet of the unit's in the round: the marks of the items that are objected to, and what was corrected since."""

    sheet_id: int
    rater: str
    marks: tuple[tuple[Item, Mark | None], ...]
    waiting: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class ObjectionCase:
    """An objection as the office decides on it, with the unit's sheets that were handed in."""

    objection: ObjectionView
    sheets: tuple[ContestedSheet, ...]


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """Why is the objection upheld, or rejected?"""

    prompt_id: int
    upholds: bool
    objection: ObjectionView


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """The office's word was taken; `published`: the version of the ranking that came of it."""

    objection: ObjectionView
    published: int | None


def check_in_time(period: str, until: datetime | None, final_at: datetime | None, sent_at: datetime) -> None:
    """What was sent in time is taken, also when it reaches us after the ranking became final.

    Raises ObjectionsOver, or NotProvisional for a ranking that was never open to objections or is final since.
    """
    if until is not None and sent_at >= until:
        raise ObjectionsOver(period=period, until=until)
    if final_at is not None and (until is None or sent_at >= final_at):
        raise NotProvisional(period=period)


def check_items(rubric: Rubric, focus: Collection[int] | None, items: Collection[int]) -> None:
    """Raises NoSuchItem, or ItemNotInFocus for an item that did not count in the round."""
    for number in items:
        rubric.item(number)
        if focus is not None and number not in focus:
            raise ItemNotInFocus(item=number)


def items_of(choice: int) -> tuple[int, ...]:
    """The item numbers of a choice, ascending."""
    return tuple(place + 1 for place in range(choice.bit_length()) if choice >> place & 1)


def choice_of(items: Collection[int]) -> int:
    """The choice of these items, as one number."""
    return sum(1 << (number - 1) for number in set(items))
