"""The travelling red flag (流动红旗, 办法 六-1): who is given it, who holds it, and from whom it passed to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from core.awards.finals import Final, in_force
from core.periods import Period, PeriodKind
from core.ranking import Standing


@dataclass(frozen=True, slots=True)
class FlagMonth:
    """One month of the flag; ids ascending. `given_to` is empty when it stayed where it was.

    `before` and `holders` held it before and after the month; both are empty as long as nobody was ever given it.
    """

    month: Period
    given_to: tuple[int, ...]
    before: tuple[int, ...]
    holders: tuple[int, ...]

    @property
    def handed_over_by(self) -> tuple[int, ...]:
        """Who held it until now and does no longer."""
        return tuple(unit_id for unit_id in self.before if unit_id not in self.holders)

    @property
    def handed_over_to(self) -> tuple[int, ...]:
        """Who holds it now and did not until now."""
        return tuple(unit_id for unit_id in self.holders if unit_id not in self.before)


def red_flag(standings: Iterable[Standing], tie: Literal["share", "stay"] = "share") -> tuple[int, ...]:
    """The ids of the units the month's flag goes to: those of rank 1, ascending (办法 六-1).

    Empty means that the flag stays where it is: when nobody is ranked, and with `stay` when
    several units are first. With `share` all of them hold it; nothing in the measures allows
    one of several equal firsts to be preferred.
    """
    first = tuple(sorted(standing.unit_id for standing in standings if standing.rank == 1))
    return first if tie == "share" or len(first) == 1 else ()


def holders(finals: Iterable[Final]) -> tuple[FlagMonth, ...]:
    """The flag's way through the months that have a final, in the order of the calendar.

    A month without one moves nothing. A unit that was merged away keeps the flag until somebody else is given it: the
    measures know no other way for it to travel.
    """
    months: list[FlagMonth] = []
    held: tuple[int, ...] = ()
    for final in in_force(finals, PeriodKind.MONTH):
        given_to = red_flag(final.standings, final.rule.red_flag.tie)
        months.append(FlagMonth(final.period, given_to, held, given_to or held))
        held = given_to or held
    return tuple(months)
