"""What a ranking entitles units to (办法 六).

Answers for who gets the travelling red flag (流动红旗). Never decides an order: it reads the
standings that `core.ranking` made.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.ranking import Standing


def red_flag(standings: Iterable[Standing]) -> tuple[int, ...]:
    """The ids of the units that hold the flag for the month: all that share rank 1, in ascending order (办法 六-1).

    Empty when nobody is ranked: the flag then stays where it is. Nothing in the measures allows
    one of several equal firsts to be preferred, so all of them hold it.
    """
    return tuple(sorted(standing.unit_id for standing in standings if standing.rank == 1))
