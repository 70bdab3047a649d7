"""What an admin says of a post whose fate is unknown."""

from __future__ import annotations

from bot.buttons.rankings import ConfirmSent, SendAgain
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import announcing


async def confirm_sent(visit: Visit, button: ConfirmSent) -> None:
    """It is there."""
    await _decide(visit, button.parcel, resend=False)


async def send_again(visit: Visit, button: SendAgain) -> None:
    """It is not there: send it again."""
    await _decide(visit, button.parcel, resend=True)


async def _decide(visit: Visit, parcel: int, *, resend: bool) -> None:
    decided = await visit.act(announcing.decide, visit.actor, parcel, visit.at, resend=resend)
    visit.leaves_work = decided and resend
    key = ("parcels.resent" if resend else "parcels.confirmed") if decided else "parcels.settled"
    visit.show(Screen(visit.say(key)))
