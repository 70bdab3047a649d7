"""Telegram's lists of commands: what the menu under the input field offers, in each language."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats

from bot.commands import COMMANDS
from bot.phrases import LANGUAGES, Phrases


async def offer_commands(bot: Bot, phrases: Phrases, default: str) -> None:
    """Tell Telegram the commands of private chats and of groups. The office's own are left out: /help tells them."""
    for language in LANGUAGES:
        private = [_line(phrases, language, each.name) for each in COMMANDS if not each.is_for_admins_only]
        group = [_line(phrases, language, each.name) for each in COMMANDS if each.in_group]
        # Without a code the list is for every language that has none of its own.
        code = None if language == default else language
        await bot.set_my_commands(private, language_code=code)
        await bot.set_my_commands(group, BotCommandScopeAllGroupChats(), language_code=code)


def _line(phrases: Phrases, language: str, name: str) -> BotCommand:
    return BotCommand(name, phrases.say_plain(language, f"commands.{name}"))
