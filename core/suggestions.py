"""Marks that the ledger suggests (附件1 第4、15、22条), with the arithmetic that leads to them.

Facts are computed, not asked; the rater accepts a suggestion or overrides it with a reason. Points are hundredths
of a point, shares exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from core.calendar import Duty
from core.duties import Tally
from core.policy import Suggestions
from core.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an item is worth by the ledger: `share` of its maximum, `exact` points, and the nearest legal mark."""

    item: int
    duty: Duty
    tally: Tally
    share: Fraction
    exact: Fraction
    points: int
    max_points: int
    percents: tuple[int, int, int]
    """What one that is on time, late or missing is worth, in percent."""


def suggested_items(rules: Suggestions) -> Mapping[Duty, int]:
    """Which item each duty's ledger speaks of."""
    return {
        Duty.MONTHLY_REPORT: rules.monthly_report.item,
        Duty.WORKDAY: rules.workdays.item,
        Duty.BRIEFING: rules.briefings.item,
    }


def share(duty: Duty, tally: Tally, rules: Suggestions) -> Fraction | None:
    """How much of a duty was done, 0 to 1; None where nothing was due or known. Missing is what was due and is not."""
    if not tally.counted:
        return None
    counts = (tally.on_time, tally.late, tally.missing)
    done = sum(count * percent for count, percent in zip(counts, _percents(duty, rules), strict=True))
    return Fraction(done, 100 * tally.counted)


def suggest(rubric: Rubric, rules: Suggestions, tallies: Mapping[Duty, Tally]) -> Mapping[int, Suggestion]:
    """The suggestions by item number; an item whose duty the ledger knows nothing of has none.

    The nearest mark the item can have: half a step goes up, for the unit.
    """
    found: dict[int, Suggestion] = {}
    for duty, number in suggested_items(rules).items():
        part = share(duty, tallies.get(duty, Tally()), rules)
        if part is None:
            continue
        item = rubric.item(number)
        exact = part * item.max_points
        points = floor(exact / rubric.step + Fraction(1, 2)) * rubric.step
        found[number] = Suggestion(
            number, duty, tallies[duty], part, exact, points, item.max_points, _percents(duty, rules)
        )
    return found


def _percents(duty: Duty, rules: Suggestions) -> tuple[int, int, int]:
    report = rules.monthly_report
    if duty is Duty.MONTHLY_REPORT:
        return report.on_time_percent, report.late_percent, report.missing_percent
    # A workday that was logged late was held; a week whose briefings came is complete.
    return 100, 100, 0
