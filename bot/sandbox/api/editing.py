"""Methods that change or delete messages. An edit without `reply_markup` takes the keyboard away."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.media import media_item
from bot.sandbox.api.targets import chat_of, own_message
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.texts import caption_text, message_text
from bot.sandbox.values import JsonObject, Message
from bot.sandbox.world import World

DELETABLE_FOR = 48 * 3600
"""Seconds of the virtual clock in which a message can be deleted."""
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> JsonObject:
    """editMessageText."""
    message = own_message(world, call)
    call.given("link_preview_options")
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, entities = message_text(call.text("text"), call.text("parse_mode"), call.structure("entities"))
    return _edit(world, call, message, text=text, entities=entities)


def edit_message_caption(world: World, call: Call) -> JsonObject:
    """editMessageCaption."""
    message = own_message(world, call)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    caption, entities = caption_text(call.text("caption"), call.text("parse_mode"), call.structure("caption_entities"))
    return _edit(world, call, message, text=caption, entities=entities)


def edit_message_media(world: World, call: Call) -> JsonObject:
    """editMessageMedia, between photos and documents."""
    message = own_message(world, call)
    if message.file is None:
        raise bad_request("there is no media in the message to edit")
    given = call.structure("media", "media")
    file, caption, entities = media_item(world, call, given)
    return _edit(world, call, message, kind=file.kind, file=file, text=caption, entities=entities)


def edit_message_reply_markup(world: World, call: Call) -> JsonObject:
    """editMessageReplyMarkup."""
    return _edit(world, call, own_message(world, call))


def delete_message(world: World, call: Call) -> bool:
    """deleteMessage: the bot's own, in private also the person's, in a group others' only as administrator."""
    chat = chat_of(world, call)
    message_id = call.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.state.records.message(chat.id, message_id)
    if message is None:
        raise bad_request("message to delete not found")
    own = message.sender_id == world.account.id
    if not (own or chat.type == "private" or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    if world.clock.stamp() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    world.state.remove(message)
    return True


def _edit(world: World, call: Call, message: Message, **content: Any) -> JsonObject:
    markup = inline_keyboard(call.structure("reply_markup", "inline keyboard"))
    changes = {**content, "markup": markup}
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad_request(NOT_MODIFIED)
    return world.state.render.message(world.state.revise(message, **changes))
