"""A person with a phone: taps, says, sends, sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.buttons import pack, unpack
from bot.buttons.sheets import ShowContents, ShowItem
from bot.sandbox.values import Answer, Attachment, Message
from bot.sandbox.world import World
from kit.pictures import picture
from kit.sandbox import Sandbox

Done = TypeVar("Done")


class PersonHandle:
    """One person in their private chat with the bot.

    `sees` looks at what the bot said or changed since the person's last deed, and `taps` taps what
    was seen last, so that a story reads top to bottom.
    """

    def __init__(self, sandbox: Sandbox, person_id: int, name: str) -> None:
        """An existing person of the world."""
        self.id = person_id
        self.name = name
        self._sandbox = sandbox
        self._before: dict[int, Message] = {}
        self._seen: Message | None = None

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Say something, as a reply if told so."""
        to = None if reply_to is None else reply_to.id
        return await self._does(lambda world: world.people.say(self.id, text, reply_to=to))

    async def taps(self, label: str, *, on: Message | None = None) -> Answer:
        """Tap a button of the message seen last, or of another one, and wait for the answer."""
        return await self.is_answered(await self.taps_unanswered(label, on=on))

    async def taps_unanswered(self, label: str, *, on: Message | None = None) -> str:
        """Tap and go on at once; the tap's id. The button is the one the person saw, whatever stands there now."""
        message = on if on is not None else await self._with_button(label)
        data = [button["callback_data"] for row in message.keyboard for button in row if button["text"] == label]
        assert len(data) == 1, f"{len(data)} buttons [{label}] under: {message.text}"
        return await self._does(lambda world: world.people.forge_tap(self.id, message.id, data[0]))

    async def taps_what_begins(self, beginning: str) -> Answer:
        """Tap the key whose label begins so, on the newest message that has it, as soon as there is one."""

        def look(world: World) -> Message | None:
            fitting = [each for each in self._spoken(world, 0) if any(_beginning(each, beginning))]
            return fitting[-1] if fitting else None

        shown = await self._wait(look, f"{self.name} has a button [{beginning}…]")
        return await self.taps(next(_beginning(shown, beginning)), on=shown)

    async def opens_sheet(self, unit: str, item: int = 0) -> Message:
        """Open one's sheet of a unit from the list, at its first item without a mark or at the one named."""
        await self.says("/score")
        # By the unit: a screen of another sheet may still be on its way from what was done before.
        shown = await self.sees(unit)
        labels = [button["text"] for row in shown.keyboard for button in row]
        label = next((label for label in labels if f"{unit} " in label), None)
        if label is not None:
            await self.taps(label, on=shown)
            shown = await self.sees(unit)
        if item and not any(f"{word} · " in shown.text for word in (f"第{item}条", f"Item {item}")):
            await self.forges(pack(ShowItem(sheet_of(shown), item)), on=shown)
            shown = await self.sees(unit)
        return shown

    async def forges(self, data: str, *, on: Message | None = None) -> Answer:
        """Send callback data of one's own making, as a tampered phone can."""
        message = on if on is not None else await self.newest_screen()
        return await self.is_answered(await self._does(lambda world: world.people.forge_tap(self.id, message.id, data)))

    async def is_answered(self, tap: str) -> Answer:
        """Wait for the bot's answer to a tap."""
        answer = await self._sandbox.until(lambda world: world.people.answer(tap), f"tap {tap} is answered")
        assert answer is not None
        return answer

    async def edits(self, message: Message, text: str) -> Message:
        """Change a message of one's own."""
        return await self._does(lambda world: world.people.edit(self.id, message.id, text))

    async def sends_photo(self, caption: str = "", *, content: bytes | None = None) -> Message:
        """Send a picture."""
        sent = content or picture(1)
        return await self._does(lambda world: world.people.send_photo(self.id, sent, caption=caption))

    async def sends_album(self, count: int, caption: str = "", *, caption_on: int = 0) -> list[Message]:
        """Send an album of different pictures, the caption on one of them."""
        items = [Attachment("photo", picture(number + 1)) for number in range(count)]
        return await self._does(
            lambda world: world.people.send_album(self.id, items, caption=caption, caption_on=caption_on)
        )

    async def sends_file(self, content: bytes, name: str, caption: str = "") -> Message:
        """Send a file."""
        return await self._does(lambda world: world.people.send_document(self.id, content, name, caption=caption))

    async def sends_location(self, latitude: float, longitude: float) -> Message:
        """Send a place."""
        return await self._does(lambda world: world.people.send_location(self.id, latitude, longitude))

    async def opens(self, answer: Answer) -> Message:
        """Open the link that a tap was answered with, and press START."""
        return await self.opens_link(answer.url)

    async def opens_link(self, url: str) -> Message:
        """Open a link to the bot, and press START."""
        return await self._does(lambda world: world.people.open_link(self.id, url))

    async def sees(self, *texts: str) -> Message:
        """Wait for a message of the bot's, new or changed since the last deed, that holds all these texts."""

        def look(world: World) -> Message | None:
            fitting = [each for each in self._news(world) if all(text in each.text for text in texts)]
            return fitting[-1] if fitting else None

        self._seen = await self._wait(look, f"{self.name} sees {' and '.join(texts)}")
        return self._seen

    async def sees_file(self, name: str) -> Message:
        """Wait for a document of the bot's whose name holds this."""

        def look(world: World) -> Message | None:
            return next((each for each in self._news(world) if each.file is not None and name in each.file.name), None)

        return await self._wait(look, f"{self.name} gets {name}")

    async def gets_file(self, name: str) -> bytes:
        """Wait for a document whose name holds this, and open it."""
        file = (await self.sees_file(name)).file
        assert file is not None
        return await self._sandbox.do(lambda world: world.file_content(file))

    async def hears(self) -> list[Message]:
        """What the bot said or changed since the last deed, once all of it is there.

        /help is asked behind it: replies keep their order within a chat, so its answer comes last.
        """
        asked = await self._sandbox.do(lambda world: world.people.say(self.id, "/help"))
        answered = await self._wait(
            lambda world: next(
                (each for each in self._spoken(world, asked.id) if "/help " in each.text and not each.keyboard), None
            ),
            f"{self.name} is helped",
        )
        return await self._sandbox.do(lambda world: [each for each in self._news(world) if each.id != answered.id])

    async def newest_screen(self) -> Message:
        """The newest message of the chat that has buttons."""
        return await self._wait(_newest_with_buttons(self.id), f"{self.name} has a screen")

    async def chat(self) -> list[Message]:
        """All messages of the chat as they stand."""
        return await self._sandbox.do(lambda world: world.messages(self.id))

    async def is_shown_commands(self) -> dict[str, str]:
        """The command menu of this person's phone: names and descriptions."""
        return dict(await self._sandbox.do(lambda world: world.command_menu(self.id)))

    async def _with_button(self, label: str) -> Message:
        if self._seen is not None and _has_button(self._seen, label):
            return self._seen

        def look(world: World) -> Message | None:
            spoken = [each for each in self._spoken(world, 0) if _has_button(each, label)]
            return spoken[-1] if spoken else None

        return await self._wait(look, f"{self.name} has a button [{label}]")

    async def _does(self, deed: Callable[[World], Done]) -> Done:
        def doing(world: World) -> Done:
            self._before = {message.id: message for message in self._spoken(world, 0)}
            return deed(world)

        return await self._sandbox.do(doing)

    async def _wait(self, look: Callable[[World], Message | None], what: str) -> Message:
        try:
            found = await self._sandbox.until(look, what)
        except AssertionError as error:
            heard = "\n--\n".join(message.text for message in (await self.chat())[-4:])
            raise AssertionError(f"{error}\nThe chat ends with:\n{heard}") from None
        assert found is not None
        return found

    def _spoken(self, world: World, after: int) -> list[Message]:
        return [each for each in world.messages(self.id, after) if each.sender_id == world.account.id]

    def _news(self, world: World) -> list[Message]:
        return [each for each in self._spoken(world, 0) if self._before.get(each.id) is not each]


def sheet_of(screen: Message) -> int:
    """The number of the sheet whose screen this is."""
    deeds = [unpack(button["callback_data"]) for row in screen.keyboard for button in row]
    return next(deed.sheet for deed in deeds if isinstance(deed, ShowItem | ShowContents))


def _has_button(message: Message, label: str) -> bool:
    return any(button["text"] == label for row in message.keyboard for button in row)


def _beginning(message: Message, beginning: str) -> Iterator[str]:
    return (key["text"] for row in message.keyboard for key in row if key["text"].startswith(beginning))


def _newest_with_buttons(chat_id: int) -> Callable[[World], Message | None]:
    def look(world: World) -> Message | None:
        shown = [message for message in world.messages(chat_id) if message.keyboard]
        return shown[-1] if shown else None

    return look
