"""Reading the tables of the golden year: words between blanks, and what is said about them after a `#`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Placed:
    """A line of a month or a quarter: what was lost (item and whole points), and what follows. None: not assessed."""

    unit: str
    lost: tuple[int, int] | None
    score: Fraction | None
    rank: int | None
    prize: int = 0


def lines(table: str) -> list[list[str]]:
    """The words of a table, line by line, without what is said about it."""
    return [words for line in table.splitlines() if (words := line.partition("#")[0].split())]


def score(word: str) -> Fraction | None:
    """Points as the program holds them, in hundredths."""
    return None if word == "-" else Fraction(word) * 100


def number(word: str) -> int | None:
    """A whole number, or none."""
    return None if word == "-" else int(word)


def fen(word: str) -> int:
    """Yuan as the program holds them."""
    return 0 if word == "-" else int(Decimal(word) * 100)


def units(word: str) -> tuple[str, ...]:
    """Names with commas between them."""
    return () if word == "-" else tuple(word.split(","))


def blocks(table: str) -> dict[str, list[Placed]]:
    """The blocks of a table by their heads."""
    found: dict[str, list[Placed]] = {}
    for line in table.splitlines():
        if line.startswith("["):
            head = line[1 : line.index("]")]
            found[head] = []
        elif words := line.partition("#")[0].split():
            unit, lost, points, rank, *prize = words
            found[head].append(Placed(unit, _lost(lost), score(points), number(rank), *map(fen, prize)))
    return found


def _lost(word: str) -> tuple[int, int] | None:
    points, _, item = word.partition("@")
    return None if word == "-" else (int(item or 10), int(points))
