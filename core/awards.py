"""What a ranking entitles units to (办法 六).

Answers for who gets the travelling red flag (流动红旗). Never decides an order: it reads the
standings that `core.ranking` made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from core.ranking import Standing


def red_flag(standings: Iterable[Standing], tie: Literal["share", "stay"] = "share") -> tuple[int, ...]:
    """The ids of the units the month's flag goes to: those of rank 1, ascending (办法 六-1).

    Empty means that the flag stays where it is: when nobody is ranked, and with `stay` when
    several units are first. With `share` all of them hold it; nothing in the measures allows
    one of several equal firsts to be preferred.
    """
    first = tuple(sorted(standing.unit_id for standing in standings if standing.rank == 1))
    return first if tie == "share" or len(first) == 1 else ()
