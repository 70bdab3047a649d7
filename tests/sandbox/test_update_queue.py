"""The bot's queue: offsets, lifetimes, kinds, and who may poll."""

import asyncio
from typing import Any

from .practice import GROUP, LI, Practice, button, keyboard

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def say(practice: Practice, *texts: str) -> None:
    for text in texts:
        practice.world.people.say(LI, text)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_offset_acknowledges_everything_below_it(practice: Practice) -> None:
    say(practice, "一", "二", "三")
    first = await practice.updates()
    assert texts(first) == ["一", "二", "三"]
    assert [one["update_id"] - first[0]["update_id"] for one in first] == [0, 1, 2]
    assert await practice.updates() == first, "what was not acknowledged comes again"
    assert texts(await practice.updates(offset=first[1]["update_id"])) == ["二", "三"]
    assert texts(await practice.updates(offset=0)) == ["二", "三"], "below an offset nothing comes back"
    assert await practice.updates(offset=first[2]["update_id"] + 1) == []
    assert practice.world.state.updates.waiting() == 0


async def test_a_negative_offset_keeps_the_tail(practice: Practice) -> None:
    say(practice, "一", "二", "三")
    assert texts(await practice.updates(offset=-2)) == ["二", "三"]
    assert texts(await practice.updates()) == ["二", "三"]
    assert texts(await practice.updates(offset=-9)) == ["二", "三"]


async def test_an_offset_far_ahead_is_ignored(practice: Practice) -> None:
    say(practice, "一")
    number = (await practice.updates())[0]["update_id"]
    assert texts(await practice.updates(offset=number + 12)) == ["一"]
    assert await practice.updates(offset=number + 11) == []


async def test_limits_are_clamped(practice: Practice) -> None:
    say(practice, *map(str, range(120)))
    assert len(await practice.updates()) == 100
    assert len(await practice.updates(limit=500)) == 100
    assert texts(await practice.updates(limit=0)) == ["0"]
    assert texts(await practice.updates(limit="2")) == ["0", "1"]


async def test_messages_live_a_day_and_taps_two_and_a_half_minutes(practice: Practice) -> None:
    sent = await practice.call("sendMessage", chat_id=LI, text="好", reply_markup=keyboard([button("一", "a")]))
    say(practice, "留言")
    practice.world.people.tap(LI, sent["message_id"], "一")
    practice.world.clock.jump(practice.world.clock.now().replace(year=2014))
    assert [sorted(one) for one in await practice.updates()] == [
        ["message", "update_id"],
        ["callback_query", "update_id"],
    ]
    await practice.control("POST", "clock/age", params={"seconds": 149})
    assert len(await practice.updates()) == 2
    practice.world.clock.age(1)
    assert texts(await practice.updates()) == ["留言"]
    practice.world.clock.age(24 * 3600)
    assert await practice.updates() == []


async def test_allowed_updates_stick_and_act_when_updates_are_made(practice: Practice) -> None:
    say(practice, "一")
    assert texts(await practice.updates(allowed_updates=["callback_query"])) == ["一"], "it was made before"
    say(practice, "二")
    assert texts(await practice.updates()) == ["一"]
    assert (await practice.call("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await practice.updates(allowed_updates="[]")
    say(practice, "三")
    assert texts(await practice.updates()) == ["一", "三"]


async def test_a_waiting_poll_gets_what_comes(practice: Practice) -> None:
    poll = asyncio.create_task(practice.updates(timeout=50))
    await _waits(practice, poll)
    say(practice, "一")
    assert texts(await poll) == ["一"]


async def test_the_newer_poll_displaces_the_older(practice: Practice) -> None:
    older = asyncio.create_task(practice.refused("getUpdates", timeout=50))
    await _waits(practice, older)
    newer = asyncio.create_task(practice.updates(timeout=50))
    assert await older == (409, CONFLICT)
    say(practice, "一")
    assert texts(await newer) == ["一"]


async def test_a_webhook_ends_polling_until_it_is_deleted(practice: Practice) -> None:
    poll = asyncio.create_task(practice.refused("getUpdates", timeout=50))
    await _waits(practice, poll)
    await practice.call("setWebhook", url="https://example.org/hook", max_connections=5)
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    status, why = await practice.refused("getUpdates")
    assert (status, why.partition(";")[0]) == (409, "Conflict: can't use getUpdates method while webhook is active")
    say(practice, "一")
    info = await practice.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == ("https://example.org/hook", 1, 5)
    await practice.call("deleteWebhook")
    assert texts(await practice.updates()) == ["一"]
    await practice.call("deleteWebhook", drop_pending_updates=True)
    assert await practice.updates() == []


async def test_bots_hear_in_groups_only_what_is_meant_for_them(practice: Practice) -> None:
    mine = await practice.call("sendMessage", chat_id=GROUP, text="通报")
    people = practice.world.people
    for text in ("聊天", "/rank", "/rank@hongqi_bot 2013-06", "/rank@other_bot", "看 /rank"):
        people.say(LI, text, chat_id=GROUP)
    people.say(LI, "回复", chat_id=GROUP, reply_to=mine["message_id"])
    heard = await practice.updates()
    assert texts(heard) == ["/rank", "/rank@hongqi_bot 2013-06", "回复"]
    assert heard[2]["message"]["reply_to_message"]["from"]["is_bot"] is True
    practice.world.groups.add_bot(GROUP, LI, administrator=True)
    await practice.acknowledge()
    people.say(LI, "聊天", chat_id=GROUP)
    assert texts(await practice.updates()) == ["聊天"], "an administrator hears everything"


async def test_drained_says_when_everything_is_acknowledged(practice: Practice) -> None:
    assert await practice.control("GET", "drained") == {"drained": True}
    say(practice, "一")
    assert await practice.control("GET", "drained?timeout=0") == {"drained": False}
    waiting = asyncio.create_task(practice.control("GET", "drained?timeout=50"))
    await _waits(practice, waiting)
    await practice.acknowledge()
    assert await waiting == {"drained": True}


async def _waits(practice: Practice, task: "asyncio.Task[Any]") -> None:
    """Let a request reach the server: later requests on the same server have been answered meanwhile."""
    for _ in range(3):
        await practice.call("getMe")
    assert not task.done()
