"""What links to the bot point to: an invitation, a ranking, the reasons for it, the ranks of a year.

A link may be of any age and typed by anybody: what it names is looked up like what a person types.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.handlers import invitations, objecting, ranking, why
from bot.screens.ranking import KINDS
from bot.visit import Visit
from core.invitations import code_in
from core.periods import Period
from core.rubric import UnitKind


async def follow(visit: Visit, payload: str) -> bool:
    """Do what a link says; False where it says nothing."""
    what, _, rest = payload.partition("-")
    if rest and what in _LINKS:
        await _LINKS[what](visit, rest)
    elif (code := code_in(payload)) is not None:
        await invitations.accept(visit, code)
    else:
        return False
    return True


async def _to_ranking(visit: Visit, rest: str) -> None:
    kind, period = _named(rest)
    await ranking.show_period(visit, period, kind)


async def _to_reasons(visit: Visit, rest: str) -> None:
    _, period = _named(rest)
    await why.ask_about(visit, period)


async def _to_trend(visit: Visit, rest: str) -> None:
    kind, period = _named(rest)
    await ranking.show_trends(visit, Period.parse(period), kind, 0)


def _named(rest: str) -> tuple[UnitKind, str]:
    """The kind of unit and the period of `department-2013-Q2`; without a kind townships are meant."""
    for kind in KINDS:
        if rest.startswith(f"{kind}-"):
            return kind, rest.removeprefix(f"{kind}-")
    return "township", rest


_LINKS: Mapping[str, Callable[[Visit, str], Awaitable[None]]] = {
    "rank": _to_ranking,
    "why": _to_reasons,
    "object": objecting.open_ranking,
    "trend": _to_trend,
}
"""What the first word of a link leads to."""
