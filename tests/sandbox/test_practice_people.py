"""People and groups: what they do reaches the bot as Telegram would tell it."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.values import Attachment

from .practice import GROUP, LI, STRANGER, WANG, Practice, button, keyboard, png

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def _screen(practice: Practice, **around: Any) -> int:
    markup = keyboard(
        [button("一", "a"), button("二", "b")], [button("二", "c"), {"text": "网页", "url": "https://a.b"}]
    )
    sent = await practice.call("sendMessage", chat_id=LI, text="第10条", reply_markup=markup, **around)
    return int(sent["message_id"])


async def test_starting_and_links(practice: Practice) -> None:
    practice.world.people.open_link(STRANGER, "https://t.me/hongqi_bot?start=c0de")
    (update,) = await practice.updates()
    assert update["message"]["text"] == "/start c0de"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["from"]["first_name"] == "路人"
    with pytest.raises(ValueError, match="no link to this bot"):
        practice.world.people.open_link(LI, "https://t.me/other_bot?start=x")


async def test_a_tap_carries_the_message_and_is_answered_once(practice: Practice) -> None:
    message_id = await _screen(practice)
    tapped = practice.world.people.tap(LI, message_id, "一")
    (update,) = await practice.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["first_name"]) == (tapped, "a", "李<b>&")
    assert query["message"]["message_id"] == message_id
    assert query["message"]["reply_markup"]["inline_keyboard"][0][0] == button("一", "a")
    waiting = asyncio.create_task(practice.world.people.answer_to(tapped))
    await practice.call("answerCallbackQuery", callback_query_id=tapped, text="已保存", show_alert=True)
    answer = await waiting
    assert (answer.text, answer.alert) == ("已保存", True)
    assert await practice.refused("answerCallbackQuery", callback_query_id=tapped) == (400, TOO_OLD)


async def test_the_answering_window_closes(practice: Practice) -> None:
    message_id = await _screen(practice)
    early, late = (practice.world.people.tap(LI, message_id, data="b") for _ in range(2))
    practice.world.clock.jump(practice.world.clock.now().replace(year=2014))
    practice.world.clock.age(15)
    await practice.call("answerCallbackQuery", callback_query_id=early)
    practice.world.clock.age(0.5)
    assert await practice.refused("answerCallbackQuery", callback_query_id=late) == (400, TOO_OLD)


async def test_an_answer_too_long_may_be_tried_again(practice: Practice) -> None:
    tapped = practice.world.people.forge_tap(LI, await _screen(practice), "forged")
    too_long = await practice.refused("answerCallbackQuery", callback_query_id=tapped, text="长" * 201)
    assert too_long == (400, "Bad Request: MESSAGE_TOO_LONG")
    wrong = await practice.refused("answerCallbackQuery", callback_query_id=tapped, url="https://a.b")
    assert wrong == (400, "Bad Request: URL_INVALID")
    await practice.call("answerCallbackQuery", callback_query_id=tapped, text="长" * 200)


async def test_only_buttons_that_are_there_can_be_tapped(practice: Practice) -> None:
    message_id = await _screen(practice)
    for label, why in (("三", "0 buttons"), ("二", "2 buttons"), ("网页", "tells the bot nothing")):
        with pytest.raises(ValueError, match=why):
            practice.world.people.tap(LI, message_id, label)
    with pytest.raises(ValueError, match="cannot write in the private chat"):
        practice.world.people.tap(WANG, message_id, "一", chat_id=LI)
    with pytest.raises(TimeoutError, match="did not answer"):
        await practice.world.people.answer_to(practice.world.people.tap(LI, message_id, "一"), within=0)


async def test_an_album_is_several_updates_with_one_caption(practice: Practice) -> None:
    items = [Attachment("photo", png(1000, 10 + number)) for number in range(10)]
    sent = practice.world.people.send_album(LI, items, caption="4", caption_on=3)
    updates = [update["message"] for update in await practice.updates()]
    assert [one["message_id"] for one in updates] == [one.id for one in sent]
    assert len({one["media_group_id"] for one in updates}) == 1
    assert [one.get("caption") for one in updates] == [None] * 3 + ["4"] + [None] * 6
    assert [size["width"] for size in updates[0]["photo"]] == [320, 1000]
    assert len({size["file_unique_id"] for one in updates for size in one["photo"]}) == 20
    with pytest.raises(ValueError, match="2 to 10"):
        practice.world.people.send_album(LI, items[:1])


async def test_files_of_any_size_but_only_20_mib_can_be_fetched(practice: Practice) -> None:
    content = bytes(range(256)) * 4
    practice.world.people.send_document(LI, content, "台账 一.pdf", mime_type="application/pdf", caption="4")
    practice.world.people.send_document(LI, bytes(25_000_000), "大.mp4")
    small, large = [update["message"]["document"] for update in await practice.updates()]
    assert (small["file_name"], small["mime_type"], small["file_size"]) == ("台账 一.pdf", "application/pdf", 1024)
    file = await practice.call("getFile", file_id=small["file_id"])
    address = f"{practice.base}/file/bot{practice.world.account.token}/"
    async with practice.client.get(address + file["file_path"]) as response:
        assert await response.read() == content
    assert await practice.refused("getFile", file_id=large["file_id"]) == (400, "Bad Request: file is too big")
    async with practice.client.get(address + "documents/file_99.pdf") as response:
        assert response.status == 404


async def test_places_replies_and_edits(practice: Practice) -> None:
    asked = await practice.call("sendMessage", chat_id=LI, text="理由？", reply_markup={"force_reply": True})
    said = practice.world.people.say(LI, "迟报", reply_to=asked["message_id"])
    practice.world.people.send_location(LI, 27.87, 113.17)
    practice.hand.seconds += 60
    practice.world.people.edit(LI, said.id, "迟报一天")
    reply, place, edit = await practice.updates()
    assert reply["message"]["reply_to_message"]["text"] == "理由？"
    assert place["message"]["location"] == {"latitude": 27.87, "longitude": 113.17}
    assert (edit["edited_message"]["text"], edit["edited_message"]["message_id"]) == ("迟报一天", said.id)
    assert edit["edited_message"]["edit_date"] - edit["edited_message"]["date"] == 60


async def test_blocking_tells_the_bot(practice: Practice) -> None:
    practice.world.people.block(LI)
    practice.world.people.start(LI)
    blocked, unblocked, start = await practice.updates()
    statuses = [one["my_chat_member"]["new_chat_member"]["status"] for one in (blocked, unblocked)]
    assert statuses == ["kicked", "member"]
    assert start["message"]["text"] == "/start"


async def test_a_group_becomes_a_supergroup(practice: Practice) -> None:
    await practice.call("sendMessage", chat_id=GROUP, text="旧")
    new = practice.world.groups.upgrade(GROUP, LI)
    moved, arrived = [update["message"] for update in await practice.updates()]
    assert (moved["chat"]["id"], moved["migrate_to_chat_id"]) == (GROUP, new.id)
    assert (arrived["chat"]["id"], arrived["migrate_from_chat_id"], arrived["message_id"]) == (new.id, GROUP, 1)
    status, body = await practice.raw("sendMessage", chat_id=GROUP, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    sent = await practice.call("sendMessage", chat_id=new.id, text="新")
    assert (sent["message_id"], sent["chat"]["type"]) == (2, "supergroup")
    with pytest.raises(ValueError, match="has become the supergroup"):
        practice.world.people.say(LI, "x", chat_id=GROUP)


async def test_topics(practice: Practice) -> None:
    forum = practice.world.groups.create("论坛", [LI], supergroup=True, topics=True)
    practice.world.groups.add_bot(forum.id, LI)
    thread = practice.world.groups.add_topic(forum.id, LI, "通报")
    await practice.acknowledge()
    sent = await practice.call("sendMessage", chat_id=forum.id, message_thread_id=thread, text="好")
    assert (sent["message_thread_id"], sent["is_topic_message"], sent["chat"]["is_forum"]) == (thread, True, True)
    practice.world.people.say(LI, "/rank", chat_id=forum.id, thread_id=thread)
    assert (await practice.updates())[0]["message"]["message_thread_id"] == thread
    with pytest.raises(ValueError, match="has no topic"):
        practice.world.people.say(LI, "x", chat_id=forum.id, thread_id=99)


async def test_members_come_and_go(practice: Practice) -> None:
    groups = practice.world.groups
    groups.add_member(GROUP, STRANGER, LI)
    groups.promote(GROUP, WANG)
    groups.remove_member(GROUP, STRANGER, LI)
    statuses = {
        who: (await practice.call("getChatMember", chat_id=GROUP, user_id=who))["status"]
        for who in (LI, WANG, STRANGER, practice.world.account.id)
    }
    assert list(statuses.values()) == ["creator", "administrator", "kicked", "member"]
    leaders = await practice.call("getChatAdministrators", chat_id=GROUP)
    assert [one["user"]["id"] for one in leaders] == [LI, WANG]
    with pytest.raises(ValueError, match="is not in"):
        practice.world.people.say(STRANGER, "x", chat_id=GROUP)


async def test_the_command_menu_depends_on_person_and_chat(practice: Practice) -> None:
    async def offer(name: str, **where: Any) -> None:
        await practice.call("setMyCommands", commands=[{"command": name, "description": name}], **where)

    await offer("help")
    await offer("todo", scope={"type": "all_private_chats"})
    await offer("todo_en", scope={"type": "all_private_chats"}, language_code="en")
    await offer("bind", scope={"type": "all_chat_administrators"})
    practice.world.people.start(WANG)
    menu = practice.world.command_menu
    assert [menu(LI), menu(WANG)] == [[("todo", "todo")], [("todo_en", "todo_en")]]
    assert [menu(LI, GROUP), menu(WANG, GROUP)] == [[("bind", "bind")], [("help", "help")]]
    await practice.call("deleteMyCommands", scope={"type": "all_private_chats"})
    assert menu(LI) == [("help", "help")]
    assert await practice.call("getMyCommands") == [{"command": "help", "description": "help"}]
