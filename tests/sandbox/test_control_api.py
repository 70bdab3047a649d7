"""The control API: what a script can do without Python objects, and how the server comes and goes."""

import asyncio
import os
import signal
from base64 import b64encode

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.sandbox.world import World

from .practice import GROUP, LI, START, WANG, Hand, Practice, button, keyboard, png


def encoded(content: bytes) -> str:
    return b64encode(content).decode()


async def test_a_person_does_everything(practice: Practice) -> None:
    control = practice.control
    joined = await control("POST", "persons", json={"first_name": "赵<b>&", "note": "区领导"})
    who = joined["id"]
    assert (await control("GET", "persons"))[-1] == joined
    await control("POST", f"persons/{who}/start?payload=c0de")
    await control("POST", f"persons/{who}/open", params={"url": "https://t.me/hongqi_bot?start=again"})
    said = await control("POST", f"persons/{who}/say", json={"text": "看 /todo <b>&"})
    await control("POST", f"persons/{who}/edit", json={"message_id": said["id"], "text": "改 <i>"})
    await control(
        "POST", f"persons/{who}/photo", json={"content": encoded(png()), "caption": "4", "reply_to": said["id"]}
    )
    sent = await control("POST", f"persons/{who}/document", json={"content": encoded(b"\x00x"), "name": "a.pdf"})
    pictures = [{"content": encoded(png())}] * 2
    await control("POST", f"persons/{who}/album", json={"items": pictures, "caption": "5", "caption_on": 1})
    await control("POST", f"persons/{who}/location", json={"latitude": 27.5, "longitude": 113})
    shown = await control("GET", f"chats/{who}/messages")
    assert [one["kind"] for one in shown] == ["text"] * 3 + ["photo", "document", "photo", "photo", "location"]
    assert (shown[2]["html"], shown[2]["sender"], shown[2]["by_bot"]) == ("改 &lt;i&gt;", "赵<b>&", False)
    assert [one["text"] for one in shown[5:7]] == ["", "5"]
    assert await control("GET", f"chats/{who}/messages", params={"after": shown[-2]["id"]}) == shown[-1:]
    assert await control("GET", f"chats/{who}/messages/{said['id']}") == shown[2]
    async with practice.client.get(f"{practice.base}/sandbox/files/{sent['file']['id']}") as response:
        assert await response.read() == b"\x00x"
    await control("POST", f"persons/{who}/block")
    assert (await practice.raw("sendMessage", chat_id=who, text="x"))[0] == 403
    await control("POST", f"persons/{who}/block?blocked=false")
    await practice.call("sendMessage", chat_id=who, text="x")
    await control("POST", f"persons/{who}/deactivate")
    assert (await practice.raw("sendMessage", chat_id=who, text="x"))[0] == 403


async def test_taps_and_their_answers(practice: Practice) -> None:
    markup = keyboard([button("一", "a")], [button("二", "b")])
    screen = await practice.call(
        "sendMessage", chat_id=LI, text="<b>第10条</b>", parse_mode="HTML", reply_markup=markup
    )
    (shown,) = await practice.control("GET", f"chats/{LI}/messages", params={"after": screen["message_id"] - 1})
    assert (shown["buttons"], shown["html"], shown["by_bot"]) == ([["一"], ["二"]], "<b>第10条</b>", True)
    tap = {"message_id": screen["message_id"], "label": "二"}
    tapped = (await practice.control("POST", f"persons/{LI}/tap", json=tap))["tap"]
    forged = {"message_id": screen["message_id"], "data": "x" * 100, "forged": True}
    await practice.control("POST", f"persons/{LI}/tap", json=forged)
    assert [one["callback_query"]["data"] for one in await practice.updates()] == ["b", "x" * 100]
    assert await practice.control("GET", f"taps/{tapped}") is None
    waiting = asyncio.create_task(practice.control("GET", f"taps/{tapped}?timeout=50"))
    await practice.call("answerCallbackQuery", callback_query_id=tapped, text="已保存")
    assert await waiting == {"text": "已保存", "alert": False, "url": ""}


async def test_groups(practice: Practice) -> None:
    control = practice.control
    group = await control("POST", "groups", json={"title": "论坛", "members": [LI], "supergroup": True, "topics": True})
    where = f"groups/{group['id']}"
    assert (await control("POST", f"{where}/bot", json={"by": LI}))["bot_status"] == "member"
    assert (await control("POST", f"{where}/members", json={"by": LI, "person_id": WANG}))["members"][
        str(WANG)
    ] == "member"
    promoted = await control("POST", f"{where}/promote", params={"person_id": WANG})
    assert promoted["members"][str(WANG)] == "administrator"
    thread = (await control("POST", f"{where}/topics", params={"by": LI, "name": "通报"}))["thread_id"]
    await practice.call("sendMessage", chat_id=group["id"], message_thread_id=thread, text="好")
    assert (await control("POST", f"{where}/mute"))["muted"] is True
    gone = await control("POST", f"{where}/members", json={"by": WANG, "person_id": WANG, "present": False})
    assert gone["members"][str(WANG)] == "left"
    assert (await control("POST", f"{where}/bot", json={"by": LI, "status": "kicked"}))["bot_status"] == "kicked"
    upgraded = await control("POST", f"groups/{GROUP}/upgrade", params={"by": LI})
    assert upgraded["type"] == "supergroup"
    assert [chat["id"] for chat in await control("GET", "chats")] == [LI, GROUP, group["id"], upgraded["id"]]


@pytest.mark.parametrize(
    ("verb", "path", "given", "why"),
    [
        ("POST", f"persons/{WANG}/say", {"text": "x"}, f"There is no chat {WANG}; a private chat begins"),
        ("POST", "persons/1/say", {"text": "x"}, "There is no person 1."),
        ("POST", f"persons/{LI}/say", {"text": " "}, "A text has 1 to 4096 characters; this one has 0."),
        ("POST", f"persons/{LI}/photo", {"content": encoded(b"x")}, "A photo must be a PNG or JPEG picture."),
        ("POST", f"persons/{LI}/document", {"content": encoded(b"x")}, "A file needs a name."),
        ("POST", f"persons/{LI}/location", {"latitude": 99, "longitude": 0}, "There is no such place on earth"),
        ("POST", f"persons/{LI}/edit", {"message_id": 99, "text": "x"}, f"There is no message 99 in chat {LI}."),
        ("POST", "persons", {"first_name": " "}, "A person needs a name."),
        ("POST", "groups", {"title": "x", "members": []}, "A group needs a title and at least one member."),
        ("POST", "groups", {"title": "x", "members": [LI], "topics": True}, "Only a supergroup has topics."),
        ("POST", f"groups/{LI}/bot", {"by": LI}, f"{LI} is a private chat, not a group."),
        ("GET", "files/x", None, "There is no file x."),
        ("GET", "taps/x", None, "There is no tap x (any more)."),
    ],
)
async def test_what_a_phone_would_not_allow_is_explained(
    practice: Practice, verb: str, path: str, given: dict[str, object] | None, why: str
) -> None:
    async with practice.client.request(verb, f"{practice.base}/sandbox/{path}", json=given) as response:
        assert response.status == 400
        assert (await response.json())["error"].startswith(why)


async def test_forms_and_files_as_bots_send_them(practice: Practice) -> None:
    async with practice.client.post(
        f"{practice.api}/sendmessage?text=先", data={"chat_id": LI, "text": "后"}
    ) as response:
        assert (await response.json())["result"]["text"] == "先", "the first of a name wins"
    form = aiohttp.FormData({"chat_id": str(LI), "photo": "attach://one"})
    form.add_field("one", png(), filename="a.png")
    async with practice.client.post(f"{practice.api}/sendPhoto", data=form) as response:
        assert (await response.json())["result"]["photo"][-1]["width"] == 4
    for content, why in (
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
    ):
        form = aiohttp.FormData({"chat_id": str(LI)})
        form.add_field("photo", content, filename="a.png")
        async with practice.client.post(f"{practice.api}/sendPhoto", data=form) as response:
            assert (await response.json())["description"] == f"Bad Request: {why}"
    async with practice.client.post(
        f"{practice.api}/getMe", data=b"{", headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 400
    async with practice.client.get(f"{practice.api}/getMe") as response:
        assert (await response.json())["result"]["can_read_all_group_messages"] is False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_the_server_and_its_waits(number: signal.Signals) -> None:
    world = World(START, ticks=Hand())
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    before = signal.getsignal(number)
    serving = asyncio.create_task(serve(world, "127.0.0.1", 0, port.set_result))
    base = f"http://127.0.0.1:{await port}/bot{world.account.token}"
    async with aiohttp.ClientSession() as client:
        poll = asyncio.create_task(client.get(f"{base}/getUpdates?timeout=50"))
        await (await client.get(f"{base}/getMe")).read()
        os.kill(os.getpid(), number)
        await serving
        assert await (await poll).json() == {"ok": True, "result": []}
    assert signal.getsignal(number) is before
    world.close()


async def test_a_taken_port_is_said(practice: Practice) -> None:
    with pytest.raises(OSError, match="in use"):
        await serve(practice.world, "127.0.0.1", int(practice.base.rpartition(":")[2]), print)
