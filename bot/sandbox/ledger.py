"""The ledger: every Bot API call in order, with its arguments and what became of it.

Kept in memory only, the latest `KEPT` calls.
"""

from collections import deque
from dataclasses import dataclass

from bot.sandbox.values import JsonObject

KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. `status` and `reply` are what was (or would have been) sent; `fault` names what was done wrong.

    `applied` says whether the call was carried out or refused on its merits, not cut off by a fault. `ignored` are
    parameters the method did not look at: a misspelt one is found there. `at` is the virtual time, ISO, UTC.
    """

    number: int
    at: str
    method: str
    arguments: JsonObject
    status: int
    reply: JsonObject
    applied: bool
    fault: str
    ignored: tuple[str, ...]


class Ledger:
    """The latest calls. Numbers start at 1 and are never used twice."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._written = 0

    def write(
        self,
        at: str,
        method: str,
        arguments: JsonObject,
        *,
        status: int,
        reply: JsonObject,
        applied: bool,
        fault: str,
        ignored: tuple[str, ...],
    ) -> None:
        """Add one call."""
        self._written += 1
        self._entries.append(Entry(self._written, at, method, arguments, status, reply, applied, fault, ignored))

    def entries(self, after: int = 0, method: str = "") -> list[Entry]:
        """The calls with numbers above `after`, oldest first; of one method if named."""
        return [one for one in self._entries if one.number > after and method in {"", one.method}]
