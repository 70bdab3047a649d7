"""A group chat, as everybody in it sees it."""

from __future__ import annotations

from bot.sandbox.values import Answer, Message
from bot.sandbox.world import World
from kit.people import PersonHandle
from kit.sandbox import Sandbox


class Group:
    """One group. People speak in it by name; what the bot says is looked at from all sides."""

    def __init__(self, sandbox: Sandbox, chat_id: int) -> None:
        """An existing group of the world."""
        self.id = chat_id
        self._sandbox = sandbox

    async def hears(self, person: PersonHandle, text: str, *, topic: int | None = None) -> Message:
        """Somebody says something in the group, or in a topic of it."""
        return await self._sandbox.do(lambda world: world.people.say(person.id, text, chat_id=self.id, thread_id=topic))

    async def sees(self, text: str) -> Message:
        """Wait until the bot has said this here."""
        found = await self._sandbox.until(
            lambda world: next((each for each in self._spoken(world) if text in each.text), None),
            f"the group sees {text}",
        )
        assert found is not None
        return found

    async def has_exactly_one(self, text: str) -> Message:
        """Wait until the bot has said this here, and see that it did so once."""
        await self.sees(text)
        found = [message for message in await self.said() if text in message.text]
        assert len(found) == 1, [message.text for message in found]
        return found[0]

    async def said(self) -> list[Message]:
        """Everything the bot has said here, as it stands."""
        return await self._sandbox.do(self._spoken)

    async def is_tapped(self, person: PersonHandle, label: str, message: Message) -> Answer:
        """Somebody taps a button of a message here and gets the answer."""
        tap = await self._sandbox.do(lambda world: world.people.tap(person.id, message.id, label, chat_id=self.id))
        return await person.is_answered(tap)

    def _spoken(self, world: World) -> list[Message]:
        return [message for message in world.messages(self.id) if message.sender_id == world.account.id]
