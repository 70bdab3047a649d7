"""The arithmetic of the benchmark: percentiles, medians over repeats, ratios and targets. Pure.

Answers for the numbers printed. Never reads a clock and never rounds.
All times are seconds; CPU is user and system time together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one trial measured, or the field-wise medians of several."""

    taps_per_second: float
    answer_p50: float
    answer_p99: float
    screen_p50: float
    screen_p99: float
    cpu_per_tap: float
    peak_memory: float
    """The bot's, in bytes, from its start to the end of the trial."""
    requests_per_tap: float
    server_share: float
    """The server's own CPU over the measured time; 1.0 would mean that the server is the bottleneck."""
    bot_share: float
    others_share: float
    """CPU that neither bot nor server used: a machine busy with something else makes a trial worthless."""


Pair = tuple[str, int]
"""A bot's name and the round trip in milliseconds."""


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio to reach: ours divided by the other bot's, at least (or at most) `bound`."""

    measure: str
    other: str
    round_trip: int
    bound: float
    at_most: bool = False

    def reached(self, ratio: float) -> bool:
        """Whether the measured ratio is on the right side of the bound."""
        return ratio <= self.bound if self.at_most else ratio >= self.bound


TARGETS = (
    Target("taps_per_second", "bare", 0, 1.5),
    Target("taps_per_second", "bare", 50, 40),
    Target("taps_per_second", "bare-256", 50, 5),
    Target("cpu_per_tap", "bare", 0, 1.0, at_most=True),
)


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: a value that was measured, never one between two. Raises ValueError for none."""
    if not values:
        raise ValueError("there is no percentile of nothing")
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]


def medians(repeats: Sequence[Numbers]) -> Numbers:
    """The median of every field over the repeats. Raises StatisticsError for none."""
    return Numbers(*(median(getattr(run, field.name) for run in repeats) for field in fields(Numbers)))


def ratio(ours: Numbers, other: Numbers, measure: str) -> float:
    """Our value of the measure divided by the other bot's."""
    return float(getattr(ours, measure) / getattr(other, measure))


def judged(
    results: Mapping[Pair, Numbers], ours: str, targets: Sequence[Target] = TARGETS
) -> list[tuple[Target, float]]:
    """Each target for which both sides were measured at its round trip, with the ratio."""
    found = []
    for target in targets:
        mine, other = results.get((ours, target.round_trip)), results.get((target.other, target.round_trip))
        if mine is not None and other is not None:
            found.append((target, ratio(mine, other, target.measure)))
    return found
