"""What a bot tells about itself: command menus by scope and language, descriptions, the menu button."""

import re
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.profile import Commands, scope_key
from bot.sandbox.values import JsonObject
from bot.sandbox.world import World

MOST_COMMANDS = 100
NAME = re.compile(r"[a-z0-9_]{1,32}")
DESCRIPTION_LIMIT = 256
ABOUT_LIMIT = 512
SHORT_ABOUT_LIMIT = 120
"""Characters of a command's description, of the bot's description and of its short one."""


def set_my_commands(world: World, call: Call) -> bool:
    """setMyCommands."""
    commands = call.structure("commands", "list of bot commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.told.commands[_key(call)] = [_command(one) for one in commands]
    _changed(world)
    return True


def get_my_commands(world: World, call: Call) -> Commands:
    """getMyCommands: what was set for exactly this scope and language."""
    return world.profile.told.commands.get(_key(call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """deleteMyCommands."""
    world.profile.told.commands.pop(_key(call), None)
    _changed(world)
    return True


def set_my_description(world: World, call: Call) -> bool:
    """setMyDescription."""
    _describe(world, call, world.profile.told.descriptions, "description", ABOUT_LIMIT)
    return True


def set_my_short_description(world: World, call: Call) -> bool:
    """setMyShortDescription."""
    _describe(world, call, world.profile.told.short_descriptions, "short_description", SHORT_ABOUT_LIMIT)
    return True


def set_chat_menu_button(world: World, call: Call) -> bool:
    """setChatMenuButton; one button for all chats is remembered."""
    call.given("chat_id")
    button = call.structure("menu_button", "menu button")
    if button is not None and (not isinstance(button, dict) or "type" not in button):
        raise bad_request("can't parse menu button: MenuButton expected")
    world.profile.told.menu_button = button or {"type": "default"}
    _changed(world)
    return True


def _describe(world: World, call: Call, kept: dict[str, str], name: str, limit: int) -> None:
    text = call.text(name)
    if len(text) > limit:
        raise bad_request("BOT_DESCRIPTION_INVALID" if name == "description" else "BOT_SHORT_DESCRIPTION_INVALID")
    kept[call.text("language_code")] = text
    _changed(world)


def _command(given: Any) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("expected an Array of BotCommand")
    name, description = given.get("command"), given.get("description")
    name = name.removeprefix("/") if isinstance(name, str) else ""
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 0 < len(description) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _key(call: Call) -> str:
    scope = call.structure("scope", "BotCommandScope")
    if scope is not None and not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: object expected")
    return f"{scope_key(scope or {})} {call.text('language_code')}"


def _changed(world: World) -> None:
    world.profile.save()
    world.feed.bump()
