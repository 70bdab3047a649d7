"""若…: what a ranking would be if something were otherwise. An estimate, never a result; it is nowhere kept.

Values only. What is computed, and from what, is `core.actions.supposing`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from core.rubric import UnitKind


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed to be otherwise than the policy and the sheets have it.

    `without_rater`: the sheets of this person (of this township where departments are scored) are left out; 0 is
    nobody's. `weights` take the place of the policy's, by component; they need not make 100, they are rescaled.
    """

    without_rater: int = 0
    untrimmed: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)


AS_RULED = Supposition()
"""Everything as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit as it was published and as it would be. None: not ranked."""

    unit: str
    rank: int | None
    score: Fraction | None
    would_rank: int | None
    would_score: Fraction | None

    @property
    def moves(self) -> bool:
        """Whether the unit would have another rank."""
        return self.rank != self.would_rank


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ranking as it would be, best first, against what was published.

    `ruled` are the weights of the policy for every component, `weights` those that were used for the ones that count;
    `rater` is whose sheets were left out. `corrected`: marks were
    changed since the ranking was published, and the estimate rests on the present ones.
    """

    ranking: int
    period: str
    unit_kind: UnitKind
    lines: tuple[Line, ...]
    ruled: Mapping[str, int]
    weights: Mapping[str, int]
    trimmed: bool
    can_trim: bool
    rater: str | None
    corrected: bool

    @property
    def whole(self) -> int:
        """What the weights make together; the score is composed of their shares of it."""
        return sum(self.weights.values())


_MOST = 100
"""Percent."""


def weights_of(names: Sequence[str], code: int) -> dict[str, int]:
    """The weights that a number stands for, so that a button can carry all of them; 0 is those of the policy: none.

    Every number stands for some: whatever comes back from a phone weighs between 0 and 100 percent.
    """
    if not code:
        return {}
    rest, found = code - 1, {}
    for name in names:
        rest, found[name] = divmod(rest, _MOST + 1)
    return found


def code_of(weights: Mapping[str, int]) -> int:
    """The number of these weights."""
    code = 0
    for weight in reversed([*weights.values()]):
        code = code * (_MOST + 1) + weight
    return code + 1
