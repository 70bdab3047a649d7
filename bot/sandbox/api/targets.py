"""The chat a call is about, and whether the bot may reach it: Telegram's refusals in Telegram's order."""

import re
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.values import Chat, Message
from bot.sandbox.world import World

NUMBER = re.compile(r"-?\d{1,18}")


def target_id(call: Call) -> int | None:
    """The chat id as a number, None when there is none or it is no number. Never refuses: faults look here too."""
    return _number(call.given("chat_id"))


def chat_of(world: World, call: Call) -> Chat:
    """The chat named by `chat_id`, if the bot is in it."""
    given = call.given("chat_id")
    if given is None or given == "":
        raise bad_request("chat_id is empty")
    chat_id = _number(given)
    if chat_id is None:
        raise bad_request("chat not found")
    if chat_id == world.account.id:
        raise forbidden("the bot can't send messages to the bot")
    chat = world.state.records.chats.get(chat_id)
    if chat is None:
        raise _never_started(world, chat_id)
    if chat.type == "private":
        return _private(world, chat)
    return _group(chat)


def writable(world: World, call: Call, what: str) -> Chat:
    """The chat named by `chat_id`, if the bot may send there; `what` names the content: `text messages`, `photos` …"""
    chat = chat_of(world, call)
    if chat.muted:
        raise bad_request(f"not enough rights to send {what} to the chat")
    return chat


def thread_of(call: Call, chat: Chat) -> int | None:
    """The topic a message goes to, if one is named."""
    thread_id = call.integer("message_thread_id")
    if thread_id is not None and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return thread_id


def replied_of(world: World, call: Call, chat: Chat) -> int | None:
    """The id of the message to reply to, if one is named."""
    given = call.structure("reply_parameters", "reply parameters")
    if given is None:
        message_id = call.integer("reply_to_message_id")
        lenient = call.flag("allow_sending_without_reply")
    elif isinstance(given, dict):
        message_id = _number(given.get("message_id"))
        lenient = bool(given.get("allow_sending_without_reply"))
    else:
        raise bad_request("object expected as reply parameters")
    if message_id is None:
        return None
    if world.state.records.message(chat.id, message_id) is not None:
        return message_id
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def own_message(world: World, call: Call) -> Message:
    """The bot's own message that an edit is about."""
    if call.given("chat_id") is None or call.integer("message_id") is None:
        raise bad_request("message identifier is not specified")
    chat = chat_of(world, call)
    message = world.state.records.message(chat.id, call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    had_other_markup = message.markup is not None and not message.keyboard
    if message.sender_id != world.account.id or message.kind == "service" or had_other_markup:
        raise bad_request("message can't be edited")
    return message


def _private(world: World, chat: Chat) -> Chat:
    if world.person(chat.id).deactivated:
        raise forbidden("user is deactivated")
    if chat.bot_status == "kicked":
        raise forbidden("bot was blocked by the user")
    return chat


def _group(chat: Chat) -> Chat:
    if chat.migrated_to is not None:
        moved = {"migrate_to_chat_id": chat.migrated_to}
        raise bad_request("group chat was upgraded to a supergroup chat", moved)
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def _never_started(world: World, chat_id: int) -> ApiError:
    """The bot may have met the person in a group; then it knows them but cannot write first."""
    met = any(chat_id in chat.members and chat.bot_status != "left" for chat in world.chats())
    return forbidden("bot can't initiate conversation with a user") if met else bad_request("chat not found")


def _number(given: Any) -> int | None:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    return int(given) if isinstance(given, str) and NUMBER.fullmatch(given) else None
