"""Coming in, what is owed, help and language."""

from __future__ import annotations

from bot.buttons.home import SetDigests, SetLanguage
from bot.handlers import links
from bot.phrases import LANGUAGES
from bot.screens.home import home_screen, language_screen
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import district, overview
from core.actions import todo as owing


async def start(visit: Visit) -> None:
    """/start: home, or what a link points to."""
    _, _, payload = visit.visitor.text.partition(" ")
    if not await links.follow(visit, payload):
        await todo(visit)


async def todo(visit: Visit) -> None:
    """/todo: what the person owes, by when."""
    owed = await visit.act(owing.todo, visit.actor, visit.at)
    visit.show(home_screen(visit.phrases, visit.language, visit.actor, owed))


async def set_digests(visit: Visit, button: SetDigests) -> None:
    """The morning's digest is wanted, or not."""
    await visit.act(owing.set_digests, visit.actor, wanted=bool(button.wanted))
    await todo(visit)


async def cancel(visit: Visit) -> None:
    """/cancel: no question of the bot is open any more."""
    closed = await visit.act(overview.close_prompts, visit.actor, visit.at)
    visit.post(Screen(visit.say("cancelled.some" if closed else "cancelled.none")))


async def choose_language(visit: Visit) -> None:
    """/language: the choice."""
    visit.post(language_screen(visit.phrases, visit.actor.language))


async def set_language(visit: Visit, button: SetLanguage) -> None:
    """The language is chosen."""
    language = LANGUAGES[min(button.choice, len(LANGUAGES) - 1)]
    await visit.act(district.choose_language, visit.actor, language)
    visit.people_changed = True
    visit.language = language
    visit.show(language_screen(visit.phrases, language))
