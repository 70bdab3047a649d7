"""A sandbox with a directory goes on where it stopped, killed or closed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.values import Answer
from bot.sandbox.world import World

from .conftest import serving
from .practice import GROUP, LI, START, Hand, button, keyboard, png


async def test_everything_comes_back(tmp_path: Path) -> None:
    hand = Hand()
    world = World(START, directory=tmp_path, ticks=hand)
    people = world.people
    people.join("李<b>&", person_id=LI, note="考核组成员")
    people.start(LI)
    world.groups.create("群", [LI], group_id=GROUP)
    photo = people.send_photo(LI, png(), caption="4")
    async with serving(world, hand) as practice:
        markup = keyboard([button("一", "a")])
        screen = await practice.call("sendMessage", chat_id=LI, text="好", reply_markup=markup)
        await practice.call("setMyCommands", commands=[{"command": "todo", "description": "待办"}])
        tapped = people.tap(LI, screen["message_id"], "一")
        acknowledged = (await practice.updates())[0]["update_id"]
        await practice.updates(offset=acknowledged + 1, allowed_updates=["message", "callback_query"])
        hand.seconds += 100
        revision = world.clock.jump(world.clock.now() + timedelta(days=1))
        people.say(LI, "留言")
        expected = await practice.updates()
    again = World(START, directory=tmp_path, ticks=Hand())
    assert again.clock.now() == START + timedelta(days=1, seconds=100)
    assert again.clock.revision == revision
    assert again.persons() == world.persons()
    assert again.chats() == world.chats()
    assert again.messages(LI) == world.messages(LI)
    assert photo.file is not None
    assert again.file_content(photo.file) == png()
    assert again.people.answer(tapped) is None
    assert again.command_menu(LI) == [("todo", "待办")]
    async with serving(again, Hand()) as practice:
        assert await practice.updates() == expected
        assert (await practice.call("getWebhookInfo"))["allowed_updates"] == ["message", "callback_query"]
        again.clock.age(50)
        assert [sorted(one) for one in await practice.updates()] == [["message", "update_id"]] * 2, (
            "the tap was 150 s old"
        )
        sent = await practice.call("sendMessage", chat_id=LI, text="后来")
        assert sent["message_id"] == world.messages(LI)[-1].id + 1
        file = await practice.call("getFile", file_id=photo.file.id)
        async with practice.client.get(
            f"{practice.base}/file/bot{again.account.token}/{file['file_path']}"
        ) as response:
            assert await response.read() == png()


def test_a_kill_loses_nothing_but_the_time_since_the_last_change(tmp_path: Path) -> None:
    hand = Hand()
    killed = World(START, directory=tmp_path, ticks=hand)
    killed.people.join("李", person_id=LI)
    hand.seconds += 30
    message = killed.people.start(LI)
    hand.seconds += 5
    again = World(START, directory=tmp_path, ticks=Hand())
    assert again.clock.now() == START + timedelta(seconds=30)
    assert again.messages(LI) == [message]
    assert again.state.updates.waiting() == 1
    again.close()
    killed.close()


def test_deleted_messages_and_answers_stay_so(tmp_path: Path) -> None:
    world = World(START, directory=tmp_path, ticks=Hand())
    world.people.join("李", person_id=LI)
    first = world.people.start(LI)
    tapped = world.people.forge_tap(LI, first.id, "x")
    world.state.records.put_tap(replace(world.state.records.taps[tapped], answer=Answer("好")))
    world.state.remove(first)
    world.close()
    again = World(START, directory=tmp_path, ticks=Hand())
    assert again.messages(LI) == []
    assert again.people.answer(tapped) == Answer("好")
    with pytest.raises(ValueError, match="no message"):
        again.message(LI, first.id)
    assert again.people.say(LI, "x").id == first.id + 1
    again.close()
