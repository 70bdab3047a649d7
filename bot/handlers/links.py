"""What links to the bot point to: an invitation, a ranking, the reasons for it, the ranks of a year.

A link may be of any age and typed by anybody: what it names is looked up like what a person types.
"""

from __future__ import annotations

from bot.handlers import invitations, objecting, ranking, why
from bot.screens.ranking import KINDS
from bot.visit import Visit
from core.invitations import code_in
from core.periods import Period
from core.rubric import UnitKind


async def follow(visit: Visit, payload: str) -> bool:
    """Do what a link says; False where it says nothing."""
    what, _, rest = payload.partition("-")
    if what == "rank" and rest:
        kind, period = _named(rest)
        await ranking.show_period(visit, period, kind)
    elif what == "why" and rest:
        await why.ask_about(visit, "")
    elif what == "object" and rest:
        await objecting.open_ranking(visit, rest)
    elif what == "trend" and rest:
        kind, period = _named(rest)
        await ranking.show_trends(visit, Period.parse(period), kind, 0)
    elif (code := code_in(payload)) is not None:
        await invitations.accept(visit, code)
    else:
        return False
    return True


def _named(rest: str) -> tuple[UnitKind, str]:
    """The kind of unit and the period of `department-2013-Q2`; without a kind townships are meant."""
    for kind in KINDS:
        if rest.startswith(f"{kind}-"):
            return kind, rest.removeprefix(f"{kind}-")
    return "township", rest
