"""What verifying the audit finds: chains that do not hold, rows that say something else than the acts did.

Answers for checking one chain against the head that its owner keeps, and for comparing the rows that the acts lead to
with the rows that are there. Findings are values; where they are looked for in order, the first is the first broken
link. Never reads a table, and never knows what an act means (`core.audit_replay`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from core import audit

Plain: TypeAlias = str | int | None
"""A value of a row: times and dates as ISO text, truth as 0 and 1."""

Row: TypeAlias = Mapping[str, Plain]

Rows: TypeAlias = Mapping[str, Row]
"""The rows of one table by their keys in words: `12/4` is the mark of item 4 on sheet 12."""

Told: TypeAlias = dict[str, dict[str, Plain]]
"""Rows that grow act by act."""


class Kind(StrEnum):
    """What is wrong."""

    GAP = "gap"
    """An entry is not there."""
    LINK = "link"
    """An entry was changed: it does not have the hash that it should."""
    HEAD = "head"
    """The chain does not end where its owner says: its newest entries are gone, or the owner's word was changed."""
    ORPHAN = "orphan"
    """A chain whose owner is not there."""
    UNREADABLE = "unreadable"
    """An act that this program does not write."""
    MISSING = "missing"
    """A row that the acts tell of is not there."""
    EXTRA = "extra"
    """A row that no act tells of."""
    DIFFERENT = "different"
    """A column says something else than the acts."""
    PIN = "pin"
    """A ranking was computed from something else than what the chain said then."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: in which chain, at which entry; of which table, row and column."""

    kind: Kind
    chain: str
    table: str = "audit"
    row: str = ""
    column: str = ""
    seq: int | None = None
    expected: Plain = None
    found: Plain = None


class Entry(NamedTuple):
    """One entry of a chain as it stands in its row, whatever somebody wrote there."""

    seq: Plain
    at: Plain
    person: Plain
    act: Plain
    body: Plain
    prev_hash: Plain
    hash: Plain


def body_of(entry: Entry) -> dict[str, Any]:
    """What an entry tells."""
    told: dict[str, Any] = json.loads(str(entry.body))
    return told


class Kept(NamedTuple):
    """Where a chain stands by its owner's word."""

    seq: Plain
    hash: Plain


NOTHING = Kept(0, audit.GENESIS)
"""The word of an owner whose chain has not begun, and of one that is not there."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying came to: how much holds, the root over all heads, and the first things that do not.

    `broken` counts all of them, also those that `findings` leaves out.
    """

    chains: int
    entries: int
    root: str
    findings: tuple[Finding, ...]
    broken: int

    @property
    def holds(self) -> bool:
        """Whether everything does."""
        return self.broken == 0


def check_chain(chain: str, entries: Sequence[Entry], kept: Kept) -> Finding | None:
    """The first link of a chain that does not hold; `entries` in the order of their numbers."""
    prev: Plain = audit.GENESIS
    for seq, entry in enumerate(entries, start=1):
        if entry.seq != seq:
            return Finding(Kind.GAP, chain, row=f"{chain}/{seq}", seq=seq, expected=seq, found=entry.seq)
        if entry.prev_hash != prev or entry.hash != (digest := _digest(chain, prev, entry)):
            # Whichever of the two was changed: this is the link that does not hold.
            expected = prev if entry.prev_hash != prev else digest
            found = entry.prev_hash if entry.prev_hash != prev else entry.hash
            return Finding(Kind.LINK, chain, row=f"{chain}/{seq}", seq=seq, expected=expected, found=found)
        prev = entry.hash
    there = Kept(len(entries), prev)
    if there == kept:
        return None
    # Entries beyond the kept head are as wrong as ones that are missing before it.
    first = len(entries) + 1 if isinstance(kept.seq, int) and kept.seq > len(entries) else len(entries)
    return Finding(
        Kind.HEAD,
        chain,
        row=f"{chain}/{first}",
        seq=first,
        expected=f"{kept.seq} {kept.hash}",
        found=f"{there.seq} {there.hash}",
    )


def differences(chain: str, table: str, expected: Rows, found: Rows) -> Iterator[Finding]:
    """Where the rows that are there differ from those that the acts lead to; columns that no act tells are left out."""
    for key, told in expected.items():
        row = found.get(key)
        if row is None:
            yield Finding(Kind.MISSING, chain, table, key)
            continue
        for column, value in told.items():
            if row[column] != value:
                yield Finding(Kind.DIFFERENT, chain, table, key, column, expected=value, found=row[column])
    for key in found:
        if key not in expected:
            yield Finding(Kind.EXTRA, chain, table, key)


def _digest(chain: str, prev: Plain, entry: Entry) -> str:
    told = {
        "chain": chain,
        "seq": entry.seq,
        "at": entry.at,
        "person": entry.person,
        "act": entry.act,
        "body": entry.body,
    }
    return audit.chain_hash(str(prev), told)
