"""A sender whose Telegram says what a test scripts, and what that sender told the database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from rooms import Answering, Call, HandClock, ScriptedApi
from telegram.error import RetryAfter

from bot.deliver import Deliver
from bot.pace import Pace
from bot.replies import Paper, Post
from bot.screens.screen import Screen

LI, WANG = 1, 2


@dataclass
class Office:
    """A sender, and what it told the database."""

    api: ScriptedApi
    sent: list[tuple[int, str, int]] = field(default_factory=list)
    replied: list[int] = field(default_factory=list)
    papers: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deliver = Deliver(self.api, self._draw, self._remember, self.replied.append, Pace(HandClock()))

    def _remember(self, chat_id: int, post: Post, message_id: int) -> None:
        self.sent.append((chat_id, post.screen.text, message_id))

    async def _draw(self, chat_id: int, paper: Paper) -> None:
        self.papers.append((chat_id, paper.key))
        if paper.key == 0:
            raise ZeroDivisionError

    def calls(self) -> list[tuple[str, str]]:
        """Every call as method and text."""
        return [(call.method, call.parameters.get("text", "")) for call in self.api.calls]

    async def drained(self) -> None:
        """Wait until everything is settled."""
        await self.deliver.drain(1000)


def office(answering: Answering | None = None) -> Office:
    return Office(ScriptedApi(answering))


def new(text: str, counter: str | None = None) -> Post:
    return Post(Screen(text), counter=counter)


def edit(text: str, message_id: int = 50) -> Post:
    return Post(Screen(text), message_id=message_id)


def too_many(seconds: int, monkeypatch: pytest.MonkeyPatch) -> RetryAfter:
    # The form the library is moving to: the old one warns when it is made.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    return RetryAfter(seconds)


def taking(seconds: dict[str, int]) -> Answering:
    """Each text takes so long."""

    async def answer(call: Call) -> dict[str, Any]:
        await asyncio.sleep(seconds.get(call.parameters["text"], 0))
        return {"message_id": 7}

    return answer
