"""Parameters: what is read leniently, what is refused, and how files may be given."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox.api import media
from bot.sandbox.pictures import picture_size, scaled

from .practice import GROUP, LI, Practice, button, keyboard, png

SAY: dict[str, Any] = {"chat_id": LI, "text": "好"}
PLACE: dict[str, Any] = {"chat_id": LI, "latitude": 27.5}
BUTTON = "can't parse inline keyboard button: "
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08001e00280101110003")
"""The beginning of a JPEG of 40 × 30."""

REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    (
        "sendMessage",
        SAY | {"reply_markup": {"inline_keyboard": [[{"text": "一", "callback_data": 1}]]}},
        f'{BUTTON}Field "callback_data" must be of type String',
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": {"inline_keyboard": [["一"]]}},
        f"{BUTTON}InlineKeyboardButton must be an Object",
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": {"keyboard": [1]}},
        'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": {"keyboard": [[{}]]}},
        "can't parse keyboard button: KeyboardButton must be an Object",
    ),
    ("sendMessage", SAY | {"entities": {}}, "can't parse entities: expected an Array of MessageEntity"),
    (
        "sendMessage",
        SAY | {"entities": [{"type": "bold"}]},
        "can't parse MessageEntity: type, offset and length are needed",
    ),
    ("sendMessage", SAY | {"reply_parameters": [1]}, "object expected as reply parameters"),
    ("sendLocation", PLACE, "longitude is empty"),
    ("sendLocation", PLACE | {"longitude": "east"}, 'parameter "longitude" must be a Float'),
    ("sendLocation", PLACE | {"longitude": True}, 'parameter "longitude" must be a Float'),
    ("sendMediaGroup", {"chat_id": LI, "media": ["x"]}, "can't parse InputMedia: object expected"),
    (
        "sendMediaGroup",
        {"chat_id": LI, "media": [{"type": "video"}]},
        "can't parse InputMedia: type \"video\" is not one of the sandbox's: photo, document",
    ),
    (
        "sendMediaGroup",
        {"chat_id": LI, "media": [{"type": "photo", "caption": 4}]},
        "can't parse InputMedia: caption and parse_mode must be a String",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1", "show_alert": "perhaps"},
        'parameter "show_alert" must be a Boolean',
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "show_alert": []}, 'parameter "show_alert" must be a Boolean'),
    ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed updates JSON object"),
    ("getUpdates", {"allowed_updates": [1]}, "can't parse allowed_updates: Array of String expected"),
    ("deleteMessage", {"chat_id": LI}, "message identifier is not specified"),
    ("getChatAdministrators", {"chat_id": LI}, "there are no administrators in the private chat"),
    ("leaveChat", {"chat_id": LI}, "chat member status can't be changed in private chats"),
    ("setMyCommands", {}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": ["todo"]}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [{}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "todo"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("getMyCommands", {"scope": [1]}, "can't parse BotCommandScope: object expected"),
    ("setMyDescription", {"description": "长" * 513}, "BOT_DESCRIPTION_INVALID"),
    ("setMyShortDescription", {"short_description": "长" * 121}, "BOT_SHORT_DESCRIPTION_INVALID"),
    ("setChatMenuButton", {"menu_button": {}}, "can't parse menu button: MenuButton expected"),
]


@pytest.mark.parametrize(("method", "parameters", "why"), REFUSALS)
async def test_is_refused(practice: Practice, method: str, parameters: dict[str, Any], why: str) -> None:
    assert await practice.refused(method, **parameters) == (400, f"Bad Request: {why}")


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_bodies_that_cannot_be_read(practice: Practice, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with practice.client.post(f"{practice.api}/getMe", data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: can't parse request body")
    async with practice.client.post(f"{practice.api}/getMe", headers=headers) as response:
        assert response.status == 200


async def test_numbers_and_booleans_may_be_strings(practice: Practice) -> None:
    place = await practice.call("sendLocation", chat_id=str(LI), latitude="27.5", longitude=113)
    assert place["location"] == {"latitude": 27.5, "longitude": 113.0}
    tapped = practice.world.people.forge_tap(LI, place["message_id"], "x")
    await practice.call("answerCallbackQuery", callback_query_id=tapped, show_alert="True", text="好")
    answer = practice.world.people.answer(tapped)
    assert answer is not None
    assert answer.alert is True
    assert (await practice.call("sendMessage", **SAY, reply_markup=""))["text"] == "好"


async def test_replies_old_and_new_style(practice: Practice) -> None:
    assert (await practice.call("sendMessage", **SAY, reply_to_message_id=1))["reply_to_message"]["text"] == "/start"
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await practice.call("sendMessage", **SAY, reply_parameters=lenient)
    no_target = await practice.call("sendMessage", **SAY, reply_parameters={"quote": "x"})
    assert "reply_to_message" not in no_target


async def test_a_reply_to_a_deleted_message_stays_alone(practice: Practice) -> None:
    first = await practice.call("sendMessage", **SAY)
    await practice.call("sendMessage", **SAY, reply_to_message_id=first["message_id"])
    await practice.call("deleteMessage", chat_id=LI, message_id=first["message_id"])
    (reply,) = practice.world.messages(LI, after=first["message_id"])
    assert "reply_to_message" not in practice.world.state.render.message(reply)


async def test_given_entities_and_keyboards_without_buttons(practice: Practice) -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}
    sent = await practice.call("sendMessage", **SAY, entities=[bold], reply_markup=keyboard([]))
    assert sent["entities"] == [bold]
    assert "reply_markup" not in sent
    where = {"chat_id": LI, "message_id": sent["message_id"]}
    wrong = await practice.refused("editMessageText", **where, text="x", reply_markup=[])
    assert wrong == (400, "Bad Request: object expected as reply markup")
    shown = {"keyboard": [["位置", {"text": "在这", "request_location": True}]], "resize_keyboard": True}
    sent = await practice.call("sendMessage", **SAY, reply_markup=shown)
    message = practice.world.message(LI, sent["message_id"])
    assert message.markup is not None
    assert message.markup["keyboard"][0][0] == {"text": "位置"}
    assert message.keyboard == ()


async def test_albums_are_all_or_nothing(practice: Practice) -> None:
    people = practice.world.people
    photo, document = people.send_photo(LI, png()).file, people.send_document(LI, b"x", "a").file
    assert photo is not None
    assert document is not None
    mixed = [{"type": "photo", "media": photo.id}, {"type": "document", "media": document.id}]
    refused = await practice.refused("sendMediaGroup", chat_id=LI, media=mixed)
    assert refused == (400, "Bad Request: document can't be mixed with other media types")
    wrong = await practice.refused("sendPhoto", chat_id=LI, photo=document.id)
    assert wrong == (400, "Bad Request: type of file mismatch")
    assert len(practice.world.messages(LI)) == 3


async def test_uploads_too_big(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    async def send(kind: str, content: bytes) -> tuple[int, str]:
        form = aiohttp.FormData({"chat_id": str(LI)})
        form.add_field(kind, content, filename="a")
        async with practice.client.post(f"{practice.api}/send{kind.capitalize()}", data=form) as response:
            return response.status, (await response.json())["description"]

    monkeypatch.setattr(media, "PHOTO_LIMIT", 40)
    monkeypatch.setattr(media, "UPLOAD_LIMIT", 5000)
    size = len(png())
    assert await send("photo", png()) == (400, f"Bad Request: file of size {size} bytes is too big for a photo")
    assert await send("document", bytes(5001)) == (413, "Request Entity Too Large")


async def test_links_open_and_buttons_that_are_no_callback(practice: Practice) -> None:
    url = "https://t.me/hongqi_bot?start=c0de"
    sent = await practice.call(
        "sendMessage", **SAY, reply_markup=keyboard([button("一", "a"), {"text": "开", "url": url}])
    )
    tapped = practice.world.people.tap(LI, sent["message_id"], "一")
    await practice.call("answerCallbackQuery", callback_query_id=tapped, url=url)
    answer = practice.world.people.answer(tapped)
    assert answer is not None
    assert practice.world.people.open_link(LI, answer.url).text == "/start c0de"


async def test_edits_in_a_group_that_moved(practice: Practice) -> None:
    sent = await practice.call("sendMessage", chat_id=GROUP, text="一")
    practice.world.groups.upgrade(GROUP, LI)
    status, why = await practice.refused("editMessageText", chat_id=GROUP, message_id=sent["message_id"], text="二")
    assert (status, why) == (400, "Bad Request: group chat was upgraded to a supergroup chat")


def test_the_size_of_a_picture_is_read_from_its_beginning() -> None:
    assert picture_size(png(40, 30)) == (40, 30)
    assert picture_size(JPEG) == (40, 30)
    assert picture_size(JPEG[:20]) is None
    assert picture_size(b"GIF89a") is None
    assert scaled(4000, 1000, 320) == (320, 80)
