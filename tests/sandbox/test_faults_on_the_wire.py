"""What a faulty Telegram looks like to a bot, and what has happened behind it."""

import asyncio
import json

import aiohttp
import pytest

from bot.sandbox.faults import Fault, FaultKind

from .practice import GROUP, LI, Practice

SAY = {"chat_id": LI, "text": "好"}


def said(practice: Practice) -> list[str]:
    return [message.text for message in practice.world.messages(LI) if message.sender_id != LI]


async def test_a_dropped_response_was_applied(practice: Practice) -> None:
    await practice.control("POST", "faults", json={"kind": "drop_response_after_apply", "method": "send*"})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await practice.raw("sendMessage", **SAY)
    assert said(practice) == ["好"]
    entry = practice.world.ledger.entries()[-1]
    assert (entry.method, entry.applied, entry.fault) == ("sendMessage", True, "drop_response_after_apply")
    assert entry.reply["result"]["text"] == "好"
    await practice.call("sendMessage", **SAY)
    assert said(practice) == ["好", "好"], "the rule was used up"


async def test_a_reset_comes_before_anything_happened(practice: Practice) -> None:
    practice.world.faults.add(Fault("reset"))
    with pytest.raises(aiohttp.ClientError):
        await practice.raw("sendMessage", **SAY)
    assert said(practice) == []
    assert practice.world.ledger.entries()[-1].applied is False


@pytest.mark.parametrize(
    ("kind", "status", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 7"),
        ("500", 500, "Internal Server Error: restart"),
        ("401", 401, "Unauthorized"),
        (
            "409",
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
    ],
)
async def test_errors_on_request(practice: Practice, kind: FaultKind, status: int, description: str) -> None:
    practice.world.faults.add(Fault(kind, method="sendMessage", amount=7))
    async with practice.client.post(f"{practice.api}/sendMessage", json=SAY) as response:
        assert response.status == status
        assert (await response.json())["description"] == description
        assert response.headers.get("Retry-After") == ("7" if kind == "429" else None)
    assert said(practice) == []


@pytest.mark.parametrize(("kind", "status"), [("502_html", 502), ("404_html", 404), ("200_html", 200)])
async def test_pages_of_a_proxy(practice: Practice, kind: FaultKind, status: int) -> None:
    practice.world.faults.add(Fault(kind, applied=True))
    async with practice.client.post(f"{practice.api}/sendMessage", json=SAY) as response:
        assert (response.status, response.content_type) == (status, "text/html")
        with pytest.raises(json.JSONDecodeError):
            json.loads(await response.text())
    assert said(practice) == ["好"], "it was asked to take effect first"


async def test_rules_choose_methods_and_chats_and_last(practice: Practice) -> None:
    practice.world.faults.add(Fault("500", method="edit*"))
    practice.world.faults.add(Fault("500", chat_id=GROUP, times=2))
    practice.world.faults.add(Fault("401", method="getme", times=0))
    await practice.call("sendMessage", **SAY)
    for expected in (500, 500, 200):
        assert (await practice.raw("sendMessage", chat_id=str(GROUP), text="好"))[0] == expected
    for _ in range(3):
        assert (await practice.raw("getMe"))[0] == 401
    shown = await practice.control("DELETE", "faults")
    assert shown == {"rules": [], "latency_ms": 0, "limits": False}
    await practice.call("getMe")


async def test_delays(practice: Practice) -> None:
    practice.world.faults.add(Fault("delay", method="sendMessage", amount=300))
    delayed = asyncio.create_task(practice.call("sendMessage", **SAY))
    while practice.world.faults.rules:
        await practice.call("getMe")
    assert not delayed.done()
    assert said(practice) == []
    assert (await delayed)["text"] == "好"
    await practice.control("POST", "latency", params={"milliseconds": 1})
    await practice.call("getMe")
    assert practice.world.faults.latency_ms == 1


async def test_the_ledger_names_what_nobody_looked_at(practice: Practice) -> None:
    await practice.call("sendMessage", **SAY, replymarkup={})
    await practice.refused("sendMessage", chat_id=LI)
    first, second = practice.world.ledger.entries()
    assert first.arguments == {**SAY, "replymarkup": {}}
    assert first.ignored == ("replymarkup",)
    assert (second.number, second.status, second.reply["description"]) == (
        2,
        400,
        "Bad Request: message text is empty",
    )
    shown = await practice.control("GET", "ledger", params={"after": 1})
    assert [entry["number"] for entry in shown] == [2]
    assert await practice.control("GET", "ledger", params={"method": "getMe"}) == []
