"""Rows of a frozen ranking found in its text, without reading the thousand others. Values only.

Rests on the one way in which `core.actions.computing.canonical` writes: keys sorted, no blanks, and quotes inside of
texts escaped, so that no unit's name can be taken for a key. To read a body of a thousand rows whole takes thirty
times as long as to find one in it (`docs/decisions/0028-why-and-what-if.md`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from core.frozen_ranking import read_row
from core.ranking import Standing
from core.snapshots import RankingRow

_ROW = '{"categories":'
"""How every row begins, and nothing else."""
_DECODER = json.JSONDecoder()
_PLACE = re.compile(r'"rank":(null|\d+),.*?"tied":(true|false),.*?"unit_id":(\d+)\}')


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's row among the others: those of the same rank, and those of the next rank in either direction."""

    row: RankingRow
    equals: tuple[RankingRow, ...]
    above: tuple[RankingRow, ...]
    below: tuple[RankingRow, ...]


def row_in(body: str, unit_id: int) -> RankingRow | None:
    """The row of one unit."""
    start = _start_of(body, unit_id)
    return None if start is None else _row_at(body, start)


def place_in(body: str, unit_id: int) -> Place | None:
    """The row of one unit with its neighbours; who is not ranked has none."""
    start = _start_of(body, unit_id)
    if start is None:
        return None
    row = _row_at(body, start)
    if row.rank is None:
        return Place(row, (), (), ())
    equals, above = _with_next(_upwards(body, start), row.rank)
    more, below = _with_next(_downwards(body, start), row.rank)
    return Place(row, (*equals, *more), above, below)


def ranks_of(body: str) -> tuple[Standing, ...]:
    """Every unit's rank, in the order of the rows; scores and lines are left unread: awards rest on ranks alone."""
    return tuple(map(_standing, _PLACE.finditer(body)))


def firsts_of(body: str) -> tuple[Standing, ...]:
    """Those of rank 1, as `ranks_of` tells them."""
    return tuple(takewhile(lambda each: each.rank == 1, map(_standing, _PLACE.finditer(body))))


def ranked_in(body: str) -> int:
    """How many units are ranked."""
    return body.count('"rank":') - body.count('"rank":null')


def head_of(body: str) -> Mapping[str, Any]:
    """What stands before the rows: `categories`, `components`, `absent`, `district`."""
    told: dict[str, Any] = json.loads(body[: body.index(',"rows":[')] + "}")
    return told


def sheet_heads(inputs: str, sheet_ids: Iterable[int]) -> dict[int, str]:
    """At which heads of their chains these sheets went in (`RankingRecord.inputs`); who did not is left out."""
    begin = inputs.index('"sheets":{')
    end = inputs.index("}", begin)
    found = {}
    for sheet_id in sheet_ids:
        key = f'"{sheet_id}":"'
        at = inputs.find(key, begin, end)
        if at >= 0:
            start = at + len(key)
            found[sheet_id] = inputs[start : inputs.index('"', start)]
    return found


def _standing(place: re.Match[str]) -> Standing:
    rank, tied, unit_id = place.groups()
    return Standing(int(unit_id), None if rank == "null" else int(rank), tied == "true", None, None)


def _start_of(body: str, unit_id: int) -> int | None:
    end = body.find(f'"unit_id":{unit_id}}}')
    return None if end < 0 else body.rindex(_ROW, 0, end)


def _row_at(body: str, start: int) -> RankingRow:
    return read_row(_DECODER.raw_decode(body, start)[0])


def _upwards(body: str, start: int) -> Iterator[RankingRow]:
    while (start := body.rfind(_ROW, 0, start)) >= 0:
        yield _row_at(body, start)


def _downwards(body: str, start: int) -> Iterator[RankingRow]:
    while (start := body.find(_ROW, start + 1)) >= 0:
        yield _row_at(body, start)


def _with_next(rows: Iterator[RankingRow], rank: int) -> tuple[tuple[RankingRow, ...], tuple[RankingRow, ...]]:
    """The rows of this rank, and all of the rank that comes next."""
    equals: list[RankingRow] = []
    beside: list[RankingRow] = []
    for row in rows:
        if row.rank == rank:
            equals.append(row)
        elif row.rank is None or (beside and row.rank != beside[0].rank):
            break
        else:
            beside.append(row)
    return tuple(equals), tuple(beside)
