"""Final rankings (定稿) as far as awards rest on them.

Answers for which of several versions counts, and for the order of the calendar. Never asks when a final was computed:
an earlier month may be corrected after a later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.periods import Period, PeriodKind
from core.policy import Awards
from core.ranking import Standing


@dataclass(frozen=True, slots=True)
class Final:
    """A final ranking of townships; `published_on` is the day in the district on which it became final.

    It brings the rules of its own policy: a changed policy takes effect with the next round, and deriving everything
    again must not pay an old quarter by new prizes.
    """

    period: Period
    version: int
    standings: tuple[Standing, ...]
    published_on: date
    rule: Awards


def in_force(finals: Iterable[Final], kind: PeriodKind) -> tuple[Final, ...]:
    """The newest version of each period of this kind, in the order of the calendar.

    Raises ValueError when two different finals claim to be the same version of a period.
    """
    newest: dict[Period, Final] = {}
    for final in finals:
        known = newest.setdefault(final.period, final)
        if known.version == final.version and known != final:
            raise ValueError(f"there are two versions {final.version} of {final.period}")
        if known.version < final.version:
            newest[final.period] = final
    return tuple(newest[period] for period in sorted(newest) if period.kind is kind)
