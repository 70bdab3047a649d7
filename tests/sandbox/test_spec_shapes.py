"""Every object the practice Telegram returns has only fields of the published Bot API, with their types.

The specification is read from beside the project where it is at hand; elsewhere the test is skipped.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from .practice import GROUP, LI, WANG, Practice, button, keyboard, png

SPEC = Path(__file__).parents[3] / "shared" / "reference" / "botapi" / "api.json"
PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
    "True": bool,
}


class Spec:
    """Judges values by the specification."""

    def __init__(self, types: dict[str, Any]) -> None:
        self.types = types

    def problems(self, value: Any, type_name: str, where: str) -> list[str]:
        """What is wrong with a value, empty when it is right."""
        if type_name.startswith("Array of "):
            inner = type_name.removeprefix("Array of ")
            if not isinstance(value, list):
                return [f"{where}: no array"]
            return [
                found for place, one in enumerate(value) for found in self.problems(one, inner, f"{where}[{place}]")
            ]
        if type_name in PLAIN:
            right = isinstance(value, PLAIN[type_name]) and (PLAIN[type_name] is bool) == isinstance(value, bool)
            return [] if right else [f"{where}: {value!r} is no {type_name}"]
        subtypes = self.types[type_name].get("subtypes")
        if subtypes:
            return self.best(value, subtypes, where)
        return self._fields(value, type_name, where)

    def best(self, value: Any, type_names: list[str], where: str) -> list[str]:
        """What is wrong with a value that may be of any of these types, by the type that fits best."""
        return min((self.problems(value, type_name, where) for type_name in type_names), key=len)

    def _fields(self, value: Any, type_name: str, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: no {type_name}"]
        fields = {field["name"]: field for field in self.types[type_name].get("fields", [])}
        found = [f"{where}.{name}: no field of {type_name}" for name in value if name not in fields]
        found += [f"{where}.{name}: missing" for name, one in fields.items() if one["required"] and name not in value]
        for name, inner in value.items():
            if name in fields:
                found += self.best(inner, fields[name]["types"], f"{where}.{name}")
        return found


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    """The published Bot API."""
    if not SPEC.exists():
        pytest.skip("the Bot API's specification (shared/reference/botapi/api.json) is not at hand")
    read: dict[str, Any] = json.loads(SPEC.read_text())
    return read


async def test_results_and_updates_have_the_published_shapes(practice: Practice, spec: dict[str, Any]) -> None:
    await _a_busy_day(practice)
    judge = Spec(spec["types"])
    problems = [
        found
        for entry in practice.world.ledger.entries()
        for found in judge.best(entry.reply["result"], spec["methods"][entry.method]["returns"], entry.method)
    ]
    assert problems == []
    methods = {entry.method for entry in practice.world.ledger.entries()}
    assert len(methods) >= 20
    kinds = {kind for update in await practice.updates() for kind in update}
    assert kinds == {"update_id", "message", "edited_message", "callback_query", "my_chat_member"}


async def test_a_wrong_shape_would_be_found(spec: dict[str, Any]) -> None:
    judge = Spec(spec["types"])
    user = {"id": 1, "is_bot": False, "first_name": "李"}
    assert judge.problems(user, "User", "user") == []
    assert judge.problems(user | {"id": "1"}, "User", "user") == ["user.id: '1' is no Integer"]
    assert judge.problems(user | {"nickname": ""}, "User", "user") == ["user.nickname: no field of User"]
    assert judge.problems({"id": 1, "is_bot": False}, "User", "user") == ["user.first_name: missing"]


async def _a_busy_day(practice: Practice) -> None:
    people, groups, call = practice.world.people, practice.world.groups, practice.call
    await call("getMe")
    markup = keyboard([button("一", "a")])
    screen = await call("sendMessage", chat_id=LI, text="<b>一</b> /todo", parse_mode="HTML", reply_markup=markup)
    where = {"chat_id": LI, "message_id": screen["message_id"]}
    tapped = people.tap(LI, screen["message_id"], "一")
    said = people.say(LI, "好 https://a.b", reply_to=screen["message_id"])
    people.edit(LI, said.id, "更好")
    photo = people.send_photo(LI, png(900, 600), caption="4").file
    document = people.send_document(LI, b"x", "a.pdf").file
    people.send_location(LI, 27.5, 113.0)
    assert photo is not None
    assert document is not None
    forum = groups.create("论坛", [LI, WANG], supergroup=True, topics=True)
    groups.add_bot(forum.id, LI, administrator=True)
    thread = groups.add_topic(forum.id, LI, "通报")
    groups.remove_member(forum.id, WANG, LI)
    groups.upgrade(GROUP, LI)
    people.block(LI)
    people.start(LI)
    await call("answerCallbackQuery", callback_query_id=tapped, text="好")
    await call("editMessageText", **where, text="二", reply_markup=markup)
    await call("editMessageReplyMarkup", **where)
    sent = await call("sendPhoto", chat_id=LI, photo=photo.id, reply_parameters={"message_id": said.id})
    await call("editMessageCaption", chat_id=LI, message_id=sent["message_id"], caption="二")
    media = {"type": "document", "media": document.id}
    await call("editMessageMedia", chat_id=LI, message_id=sent["message_id"], media=media)
    await call("sendDocument", chat_id=forum.id, message_thread_id=thread, document=document.id, caption="<i>x</i>")
    await call("sendMediaGroup", chat_id=LI, media=[{"type": "photo", "media": photo.id}] * 2)
    await call("sendLocation", chat_id=LI, latitude=27.5, longitude=113)
    await call("sendChatAction", chat_id=LI, action="upload_photo")
    await call("getFile", file_id=photo.id)
    for chat_id in (LI, forum.id):
        await call("getChat", chat_id=chat_id)
    for user_id in (LI, WANG, practice.world.account.id):
        await call("getChatMember", chat_id=forum.id, user_id=user_id)
    await call("getChatAdministrators", chat_id=forum.id)
    await call("setMyCommands", commands=[{"command": "todo", "description": "待办"}])
    await call("getMyCommands")
    await call("getWebhookInfo")
    await call("deleteMessage", **where)
    await call("leaveChat", chat_id=forum.id)
    await practice.updates()
