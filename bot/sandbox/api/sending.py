"""Methods that send: texts, photos, documents, albums, places, and the typing sign."""

import re
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.media import media_item, photo_or_document
from bot.sandbox.api.targets import replied_of, thread_of, writable
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.seeds import number_from
from bot.sandbox.texts import caption_text, message_text
from bot.sandbox.values import Chat, FileKind, JsonObject, Location
from bot.sandbox.world import World

ALBUM_LIMIT = 10
TASTE = ("disable_notification", "protect_content", "link_preview_options", "disable_content_type_detection")
"""Parameters that are taken and change nothing one could see here."""
ACTIONS = re.compile(
    "typing|choose_sticker|find_location|upload_(photo|video|voice|document|video_note)|record_(video|voice|video_note)"
)


def send_message(world: World, call: Call) -> JsonObject:
    """sendMessage."""
    chat = writable(world, call, "text messages")
    text, entities = message_text(call.text("text"), call.text("parse_mode"), call.structure("entities"))
    message = world.state.post(
        chat, world.account.id, "text", text=text, entities=entities, **_around(world, call, chat)
    )
    return world.state.render.message(message)


def send_photo(world: World, call: Call) -> JsonObject:
    """sendPhoto."""
    return _send_file(world, call, "photo")


def send_document(world: World, call: Call) -> JsonObject:
    """sendDocument."""
    return _send_file(world, call, "document")


def send_media_group(world: World, call: Call) -> list[JsonObject]:
    """sendMediaGroup, of photos or of documents. Nothing is sent unless every item is good."""
    chat = writable(world, call, "photos")
    items = call.structure("media", "media")
    if not isinstance(items, list) or not items:
        raise bad_request("there are no messages to send")
    if len(items) > ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    around = _around(world, call, chat)
    ready = [media_item(world, call, item) for item in items]
    if len({file.kind for file, _, _ in ready}) > 1:
        raise bad_request("document can't be mixed with other media types")
    album = str(number_from(world.state.seed, f"album {world.state.records.next_number('albums')}", 2**53))
    sent = [
        world.state.post(
            chat, world.account.id, file.kind, file=file, text=text, entities=entities, album=album, **around
        )
        for file, text, entities in ready
    ]
    return [world.state.render.message(message) for message in sent]


def send_location(world: World, call: Call) -> JsonObject:
    """sendLocation; live locations are not there."""
    chat = writable(world, call, "locations")
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    place = Location(latitude, longitude)
    message = world.state.post(chat, world.account.id, "location", location=place, **_around(world, call, chat))
    return world.state.render.message(message)


def send_chat_action(world: World, call: Call) -> bool:
    """sendChatAction; it leaves no trace but in the ledger."""
    chat = writable(world, call, "text messages")
    thread_of(call, chat)
    if not ACTIONS.fullmatch(call.text("action")):
        raise bad_request("wrong parameter action in request")
    return True


def _send_file(world: World, call: Call, kind: FileKind) -> JsonObject:
    chat = writable(world, call, f"{kind}s")
    caption, entities = caption_text(call.text("caption"), call.text("parse_mode"), call.structure("caption_entities"))
    around = _around(world, call, chat)
    file = photo_or_document(world, call, kind, call.given(kind), call.upload(kind))
    message = world.state.post(chat, world.account.id, kind, file=file, text=caption, entities=entities, **around)
    return world.state.render.message(message)


def _around(world: World, call: Call, chat: Chat) -> dict[str, Any]:
    """What every message may have besides its content."""
    for name in TASTE:
        call.given(name)
    return {
        "thread_id": thread_of(call, chat),
        "reply_to": replied_of(world, call, chat),
        "markup": reply_markup(call.structure("reply_markup", "reply keyboard markup"), chat.type),
    }
