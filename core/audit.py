"""The audit chain: each act's hash covers the act before it, so that no past act can be changed unseen.

Answers for the hash of one entry, for checking a chain, and for the single root over many
chains that a ranking prints. Never knows what an entry means, and stores nothing.

A chain shows a change, an insertion and a removal in its middle. It cannot show that its
newest entries were cut off: for that the head must be known elsewhere, which is why the
root over all heads is printed in the group, the workbook and the PDF.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from types import NoneType

GENESIS = "0" * 64
"""What the first entry of every chain has as its previous hash."""

# Built once: json.dumps with options builds an encoder at every call, and every tap is hashed.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

# No bool: a database may give True back as 1, which is the same value and another JSON text.
# No float, date or decimal: their text depends on who prints them.
_PLAIN = frozenset({str, int, NoneType})


@dataclass(frozen=True, slots=True)
class Link:
    """One stored entry with both of its hashes, as read back for verification."""

    prev_hash: str
    hash: str
    entry: Mapping[str, str | int | None]


def chain_hash(prev: str, entry: Mapping[str, str | int | None]) -> str:
    """The hash (64 hex digits) of an entry that follows the entry hashed `prev`.

    SHA-256 over `prev`, a line feed and the entry as canonical JSON: keys sorted, no spaces,
    UTF-8. Raises TypeError for a value that is not a plain str, int or None, and
    UnicodeEncodeError for text with a lone surrogate, which no database would store either.
    """
    for value in entry.values():
        if type(value) not in _PLAIN:
            raise TypeError(f"an audit entry holds str, int or None, not {type(value).__name__}")
    return sha256(f"{prev}\n{_canonical(dict(entry))}".encode()).hexdigest()


def root(heads: Iterable[tuple[str, str]]) -> str:
    """One hash over the heads of many chains, given as (chain name, head) in any order.

    Raises ValueError when a chain is named twice: it has only one head.
    """
    ordered = sorted(heads)
    for (name, _), (following, _) in pairwise(ordered):
        if name == following:
            raise ValueError(f"chain {name} was given twice")
    return sha256(_canonical(ordered).encode()).hexdigest()


def verify(links: Iterable[Link]) -> int | None:
    """The index of the first link that does not hold, or None when the whole chain does.

    `links` is one chain, oldest first, from its very first entry on.
    """
    prev = GENESIS
    for index, link in enumerate(links):
        if link.prev_hash != prev or link.hash != chain_hash(prev, link.entry):
            return index
        prev = link.hash
    return None
