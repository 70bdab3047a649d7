"""The gate: the office's word on a ranking that is held because something is missing."""

from __future__ import annotations

from bot.buttons.finals import ExtendHeld, KeepWaiting, LetThrough, ShowHeld
from bot.period_numbers import period_of
from bot.screens.gate import let_through_screen, ranking_held_letter
from bot.screens.rounds import KINDS, round_screen
from bot.visit import Visit
from core.actions import admission, round_desk
from core.errors import BadPeriod
from core.periods import Period
from core.rubric import UnitKind


async def let_through(visit: Visit, button: LetThrough) -> None:
    """照常公布: it comes out at the next beat of the clock."""
    period, kind = _named(button)
    await visit.act(admission.let_through, visit.actor, period, kind, visit.at)
    visit.leaves_work = True
    visit.show(let_through_screen(visit.phrases, visit.language, str(period), kind))


async def keep_waiting(visit: Visit, button: KeepWaiting) -> None:
    """再等等: says that nothing was done, as long as there is something to wait for."""
    period, kind = _named(button)
    await visit.act(admission.check_held, visit.actor, period, kind)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.gate.waiting"), alert=True)


async def extend(visit: Visit, button: ExtendHeld) -> None:
    """去延长考评: the round comes as a new message, so that 照常公布 stays at hand under the question."""
    view = await visit.act(round_desk.round_of, visit.actor, button.round, visit.at)
    visit.post(round_screen(visit.phrases, visit.language, view))


async def show_held(visit: Visit, button: ShowHeld) -> None:
    """What is missing, and the choice once more."""
    period, kind = _named(button)
    view, round_id = await visit.act(admission.ask_again, visit.actor, period, kind, visit.at)
    visit.show(ranking_held_letter(visit.phrases, visit.language, view, round_id))


def _named(button: LetThrough | KeepWaiting | ShowHeld) -> tuple[Period, UnitKind]:
    if button.kind >= len(KINDS):
        raise BadPeriod(text="")
    return period_of(button.period), KINDS[button.kind]
