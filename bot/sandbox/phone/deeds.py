"""What a person does in a tab → the world. Every handler narrows what the browser told and calls one deed.

Answers for: telling a refusal of the world as a toast, and a tap's answer back to the button that was tapped.
Never draws; the tab follows the world and sees the result there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.sandbox.phone.entities import signs, start_payload
from bot.sandbox.phone.jumps import JUMPS
from bot.sandbox.phone.tab import Tab
from bot.sandbox.values import Answer

PATIENCE_SECONDS = 16.0
"""How long a tapped button waits for the bot: a little longer than the world lets a tap be answered."""

Told = Mapping[str, Any]


class Deeds:
    """The deeds of one tab, subscribed to the events of `static/wire.js`."""

    def __init__(self, tab: Tab) -> None:
        """Take the tab; `subscribe` connects it."""
        self._tab, self._world = tab, tab.world

    def subscribe(self) -> None:
        """Connect the events of the page that is being built to the deeds."""
        self._on("phone_open", self._open)
        self._on("phone_act", self._act)
        self._on("phone_earlier", self._earlier)
        self._on("phone_tap", self._tap)
        self._on("phone_say", self._say)
        self._on("phone_start", self._start)
        self._on("phone_place", self._place)
        self._on("phone_jump", self._jump)
        self._on("phone_jump_to", self._jump_to)

    def _on(self, event: str, deed: Callable[[Told], Awaitable[None]]) -> None:
        async def handle(arguments: GenericEventArguments) -> None:
            try:
                await deed(arguments.args)
            except ValueError as refusal:
                self._tab.call("toast", signs(self._tab.words("refused", reason=refusal)))

        ui.on(event, handle)

    @property
    def _group(self) -> int | None:
        """The chat a deed is done in, as the world wants it: None is the person's own private chat."""
        return None if self._tab.chat_id == self._tab.actor else self._tab.chat_id

    async def _open(self, told: Told) -> None:
        self._tab.open(told["chat"], told["actor"] or 0)

    async def _act(self, told: Told) -> None:
        self._tab.open(self._tab.chat_id, told["person"])

    async def _earlier(self, told: Told) -> None:
        del told
        self._tab.show_earlier()

    async def _tap(self, told: Told) -> None:
        message_id, data = told["message"], told["data"]
        try:
            # By its data, not by a button of the message as it is now: the bot may have edited it under the finger.
            tap_id = self._world.people.forge_tap(self._tab.actor, message_id, data, chat_id=self._group)
            answer = await self._world.people.answer_to(tap_id, within=PATIENCE_SECONDS)
        except TimeoutError:
            answer = Answer(text=self._tab.words("unanswered"))
        except ValueError as refusal:
            answer = Answer(text=self._tab.words("refused", reason=refusal))
        payload = start_payload(answer.url, self._world.account.username) if answer.url else None
        url = answer.url if payload is None else ""
        self._tab.call("answered", message_id, data, {"html": signs(answer.text), "alert": answer.alert, "url": url})
        if payload is not None:
            await self._start({"payload": payload})

    async def _say(self, told: Told) -> None:
        self._world.people.say(self._tab.actor, told["text"], chat_id=self._group, reply_to=told["reply_to"])

    async def _start(self, told: Told) -> None:
        self._world.people.start(self._tab.actor, told["payload"])
        self._tab.open(self._tab.actor, self._tab.actor)

    async def _place(self, told: Told) -> None:
        latitude, longitude = told["latitude"], told["longitude"]
        self._world.people.send_location(
            self._tab.actor, latitude, longitude, chat_id=self._group, reply_to=told["reply_to"]
        )

    async def _jump(self, told: Told) -> None:
        self._world.clock.jump(JUMPS[told["name"]](self._tab.now()))

    async def _jump_to(self, told: Told) -> None:
        self._world.clock.jump(self._tab.at(told["to"]))
