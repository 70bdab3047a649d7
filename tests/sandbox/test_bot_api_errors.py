"""Every refusal, word for word. Each row is one call that Telegram would refuse for exactly this reason."""

from typing import Any

import pytest

from .practice import GROUP, LI, STRANGER, WANG, Practice, button, keyboard, png

ENTITIES = "Bad Request: can't parse entities: "
SAY: dict[str, Any] = {"chat_id": LI, "text": "好"}
HTML: dict[str, Any] = {"chat_id": LI, "parse_mode": "HTML"}
BUTTON = "Bad Request: can't parse inline keyboard button: "
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"

REFUSALS: list[tuple[str, dict[str, Any], int, str]] = [
    ("sendMessage", {"chat_id": LI}, 400, "Bad Request: message text is empty"),
    ("sendMessage", SAY | {"text": ""}, 400, "Bad Request: message text is empty"),
    ("sendMessage", SAY | {"text": " \n "}, 400, "Bad Request: text must be non-empty"),
    ("sendMessage", HTML | {"text": "<b> </b>"}, 400, "Bad Request: text must be non-empty"),
    ("sendMessage", SAY | {"text": "长" * 4097}, 400, "Bad Request: message is too long"),
    ("sendMessage", SAY | {"text": "长" * 10_923}, 400, "Bad Request: text is too long"),
    ("sendMessage", SAY | {"parse_mode": "BBCode"}, 400, "Bad Request: unsupported parse_mode"),
    ("sendMessage", HTML | {"text": "好<x>"}, 400, f'{ENTITIES}Unsupported start tag "x" at byte offset 3'),
    ("sendMessage", HTML | {"text": "<b>a"}, 400, f'{ENTITIES}Can\'t find end tag corresponding to start tag "b"'),
    ("sendMessage", HTML | {"text": "好<b"}, 400, f"{ENTITIES}Unclosed start tag at byte offset 3"),
    ("sendMessage", HTML | {"text": "</b>"}, 400, f"{ENTITIES}Unexpected end tag at byte offset 0"),
    (
        "sendMessage",
        HTML | {"text": "<b>a</i>"},
        400,
        f'{ENTITIES}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    ("sendMessage", {"text": "好"}, 400, "Bad Request: chat_id is empty"),
    ("sendMessage", SAY | {"chat_id": STRANGER}, 400, "Bad Request: chat not found"),
    ("sendMessage", SAY | {"chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
    ("sendMessage", SAY | {"chat_id": 12345}, 400, "Bad Request: chat not found"),
    ("sendMessage", SAY | {"chat_id": WANG}, 403, "Forbidden: bot can't initiate conversation with a user"),
    ("sendMessage", SAY | {"chat_id": 7_000_000_001}, 403, "Forbidden: the bot can't send messages to the bot"),
    (
        "sendMessage",
        SAY | {"reply_parameters": {"message_id": 99}},
        400,
        "Bad Request: message to be replied not found",
    ),
    ("sendMessage", SAY | {"message_thread_id": 7}, 400, "Bad Request: message thread not found"),
    ("sendMessage", SAY | {"reply_markup": []}, 400, "Bad Request: object expected as reply markup"),
    ("sendMessage", SAY | {"reply_markup": "{"}, 400, "Bad Request: can't parse reply keyboard markup JSON object"),
    (
        "sendMessage",
        SAY | {"reply_markup": {"inline_keyboard": [{}]}},
        400,
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard([button("一", "分" * 22)])},
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard([button("一", "")])},
        400,
        f"{BUTTON}Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard([button(" ", "x")])},
        400,
        "Bad Request: inline keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard([{"callback_data": "x"}])},
        400,
        f'{BUTTON}Can\'t find field "text"',
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard([{"text": "a", "url": "no address"}])},
        400,
        "Bad Request: BUTTON_URL_INVALID",
    ),
    (
        "sendMessage",
        SAY | {"reply_markup": keyboard(*[[button("一", "x")]] * 101)},
        400,
        "Bad Request: reply markup is too long",
    ),
    (
        "sendMessage",
        SAY | {"chat_id": GROUP, "reply_markup": {"keyboard": [[{"text": "在这", "request_location": True}]]}},
        400,
        "Bad Request: location can be requested in private chats only",
    ),
    ("sendMessage", SAY | {"entities": "x"}, 400, "Bad Request: can't parse entities JSON object"),
    ("sendPhoto", {"chat_id": LI}, 400, "Bad Request: there is no photo in the request"),
    ("sendDocument", {"chat_id": LI}, 400, "Bad Request: there is no document in the request"),
    (
        "sendPhoto",
        {"chat_id": LI, "photo": "unheard-of"},
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    (
        "sendPhoto",
        {"chat_id": LI, "photo": "x", "caption": "长" * 1025},
        400,
        "Bad Request: message caption is too long",
    ),
    ("sendMediaGroup", {"chat_id": LI, "media": []}, 400, "Bad Request: there are no messages to send"),
    ("sendMediaGroup", {"chat_id": LI, "media": [{}] * 11}, 400, "Bad Request: too many messages to send as an album"),
    ("sendLocation", {"chat_id": LI}, 400, "Bad Request: latitude is empty"),
    ("sendChatAction", {"chat_id": LI, "action": "dance"}, 400, "Bad Request: wrong parameter action in request"),
    ("editMessageText", {"chat_id": LI, "text": "好"}, 400, "Bad Request: message identifier is not specified"),
    ("editMessageText", SAY | {"message_id": 99}, 400, "Bad Request: message to edit not found"),
    ("editMessageText", SAY | {"message_id": 1}, 400, "Bad Request: message can't be edited"),
    ("deleteMessage", {"chat_id": LI, "message_id": 99}, 400, "Bad Request: message to delete not found"),
    ("deleteMessage", {"chat_id": GROUP, "message_id": 2}, 400, "Bad Request: message can't be deleted"),
    ("answerCallbackQuery", {"callback_query_id": "123"}, 400, TOO_OLD),
    ("getFile", {}, 400, "Bad Request: file_id not specified"),
    ("getFile", {"file_id": "x"}, 400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
    ("getChatMember", {"chat_id": GROUP}, 400, "Bad Request: invalid user_id specified"),
    ("getChatMember", {"chat_id": GROUP, "user_id": 1}, 400, "Bad Request: user not found"),
    (
        "setMyCommands",
        {"commands": [{"command": "Start", "description": "x"}]},
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    (
        "setWebhook",
        {"url": "http://example.org"},
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org:8444"},
        400,
        "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        "setWebhook",
        {"url": "https://example.org", "secret_token": "a" * 257},
        400,
        "Bad Request: secret token is too long",
    ),
    (
        "setWebhook",
        {"url": "https://example.org", "secret_token": "a b"},
        400,
        "Bad Request: secret token contains unallowed characters",
    ),
    ("sendPigeon", {}, 404, "Not Found: method not found"),
]


@pytest.mark.parametrize(("method", "parameters", "code", "description"), REFUSALS)
async def test_is_refused_word_for_word(
    practice: Practice, method: str, parameters: dict[str, Any], code: int, description: str
) -> None:
    before = len(practice.world.messages(LI)) + len(practice.world.messages(GROUP))
    assert await practice.refused(method, **parameters) == (code, description)
    assert len(practice.world.messages(LI)) + len(practice.world.messages(GROUP)) == before


async def test_wrong_types_are_refused(practice: Practice) -> None:
    status, why = await practice.refused("editMessageText", chat_id=LI, message_id=1.5, text="好")
    assert (status, why) == (400, 'Bad Request: parameter "message_id" must be an Integer')
    assert (await practice.refused("sendMessage", chat_id=LI, text=5))[
        1
    ] == 'Bad Request: parameter "text" must be a String'


async def test_an_edit_must_change_something(practice: Practice) -> None:
    markup = keyboard([button("一", "a")])
    sent = await practice.call("sendMessage", chat_id=LI, text="<b>好</b>", parse_mode="HTML", reply_markup=markup)
    same = {"chat_id": LI, "message_id": sent["message_id"], "text": "<strong>好</strong> ", "parse_mode": "HTML"}
    assert await practice.refused("editMessageText", **same, reply_markup=markup) == (400, NOT_MODIFIED)
    where = {"chat_id": LI, "message_id": sent["message_id"]}
    assert await practice.refused("editMessageReplyMarkup", **where, reply_markup=markup) == (400, NOT_MODIFIED)
    edited = await practice.call("editMessageText", **same)
    assert "reply_markup" not in edited, "an edit without a keyboard takes it away"
    assert edited["edit_date"] == edited["date"]


async def test_text_caption_and_media_edits_are_different_things(practice: Practice) -> None:
    text = await practice.call("sendMessage", chat_id=LI, text="好")
    photo = practice.world.people.send_photo(LI, png()).file
    assert photo is not None
    shown = await practice.call("sendPhoto", chat_id=LI, photo=photo.id)
    for method, message, given, why in (
        ("editMessageCaption", text, {"caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageMedia", text, {"media": {}}, "there is no media in the message to edit"),
        ("editMessageText", shown, {"text": "x"}, "there is no text in the message to edit"),
    ):
        where = {"chat_id": LI, "message_id": message["message_id"]}
        assert await practice.refused(method, **where, **given) == (400, f"Bad Request: {why}")


async def test_a_message_with_a_reply_keyboard_stays_as_it_is(practice: Practice) -> None:
    sent = await practice.call("sendMessage", chat_id=LI, text="好", reply_markup={"force_reply": True})
    assert "reply_markup" not in sent
    where = {"chat_id": LI, "message_id": sent["message_id"]}
    assert await practice.refused("editMessageText", **where, text="x") == (400, "Bad Request: message can't be edited")


async def test_an_old_message_cannot_be_deleted(practice: Practice) -> None:
    sent = await practice.call("sendMessage", chat_id=LI, text="好")
    practice.hand.seconds += 48 * 3600 + 1
    where = {"chat_id": LI, "message_id": sent["message_id"]}
    refused = await practice.refused("deleteMessage", **where)
    assert refused == (400, "Bad Request: message can't be deleted for everyone")


async def test_people_who_do_not_want_the_bot(practice: Practice) -> None:
    practice.world.people.block(LI)
    assert await practice.refused("sendMessage", **SAY) == (403, "Forbidden: bot was blocked by the user")
    practice.world.people.start(LI)
    await practice.call("sendMessage", **SAY)
    practice.world.people.deactivate(LI)
    assert await practice.refused("sendMessage", **SAY) == (403, "Forbidden: user is deactivated")


async def test_groups_that_do_not_have_the_bot(practice: Practice) -> None:
    say = {"chat_id": GROUP, "text": "好"}
    practice.world.groups.mute_bot(GROUP, muted=True)
    why = "Bad Request: not enough rights to send text messages to the chat"
    assert await practice.refused("sendMessage", **say) == (400, why)
    practice.world.groups.mute_bot(GROUP, muted=False)
    practice.world.groups.remove_bot(GROUP, LI)
    assert await practice.refused("sendMessage", **say) == (403, "Forbidden: bot was kicked from the group chat")
    practice.world.groups.add_bot(GROUP, LI)
    await practice.call("leaveChat", chat_id=GROUP)
    assert await practice.refused("sendMessage", **say) == (403, "Forbidden: bot is not a member of the group chat")


async def test_tokens(practice: Practice) -> None:
    for token, why in (("1:wrong", "Unauthorized"), ("nonsense", "Unauthorized: invalid token specified")):
        for path in (f"bot{token}/getMe", f"file/bot{token}/documents/file_1"):
            async with practice.client.get(f"{practice.base}/{path}") as response:
                assert (response.status, (await response.json())["description"]) == (401, why)
    async with practice.client.get(f"{practice.api}/a/b") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")


async def test_sending_limits_when_switched_on(practice: Practice) -> None:
    practice.world.faults.limits = True
    for number in range(20):
        practice.hand.seconds += 0.1
        await practice.call("sendMessage", chat_id=GROUP, text=str(number))
    async with practice.client.post(f"{practice.api}/sendMessage", json={"chat_id": GROUP, "text": "21"}) as response:
        body = await response.json()
        assert (response.status, response.headers["Retry-After"]) == (429, "59")
    assert body["description"] == "Too Many Requests: retry after 59"
    assert body["parameters"] == {"retry_after": 59}
    await practice.call("sendMessage", **SAY)
    practice.world.clock.age(59)
    await practice.call("sendMessage", chat_id=GROUP, text="21")
