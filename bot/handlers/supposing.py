"""宽严 and 若…: what the office looks up behind a ranking. Nothing that is shown here is kept."""

from __future__ import annotations

from bot.buttons.supposing import ChooseRater, ShowRaters, Suppose
from bot.screens import supposing as screens
from bot.visit import Visit
from core.actions import supposing


async def show_raters(visit: Visit, button: ShowRaters) -> None:
    """A page of the raters behind a ranking."""
    found = await visit.act(supposing.raters_of, visit.actor, button.ranking, visit.at)
    visit.show(screens.raters_screen(visit.phrases, visit.language, found, button.page))


async def suppose(visit: Visit, button: Suppose) -> None:
    """A page of the ranking as it would be."""
    code, untrimmed = divmod(button.rules, 2)
    found = await visit.act(
        supposing.estimate,
        visit.actor,
        button.ranking,
        visit.at,
        without_rater=button.rater,
        untrimmed=bool(untrimmed),
        code=code,
    )
    visit.show(screens.estimate_screen(visit.phrases, visit.language, found, button))


async def choose_rater(visit: Visit, button: ChooseRater) -> None:
    """A page of the raters to leave out."""
    found = await visit.act(supposing.raters_of, visit.actor, button.ranking, visit.at)
    visit.show(screens.choice_screen(visit.phrases, visit.language, found, button))
