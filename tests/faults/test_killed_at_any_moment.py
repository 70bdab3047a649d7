"""Thirty SIGKILLs under a stream of taps that never ends: each tap takes effect exactly once, in order.

The moments are fixed: the bot is killed when so many taps of the present burst were answered, while
the others are under way; the stream goes on while it is down. What the audit chain of each sheet must
hold is worked out from the taps alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from kit import PersonHandle, Stage

from bot.buttons import pack, unpack
from bot.buttons.sheets import SetMark, ShowItem
from bot.sandbox.faults import Fault
from bot.sandbox.values import Message
from bot.sandbox.world import World

MOMENTS = (0, 7, 3, 12, 1, 9, 5, 2, 14, 6, 4, 11, 8, 1, 13, 0, 10, 3, 6, 15, 2, 5, 9, 1, 7, 4, 12, 8, 3, 11)
BURST, MEANWHILE = 16, 5
QUIET = 5
"""At every such kill the stream pauses, and the screens are looked at."""

# Six points each, and none of these marks owes a reason: the stream is of marks and nothing else.
ITEMS, POINTS = (7, 8, 9, 10, 12, 13, 14), (500, 550, 600)


@dataclass
class Tapper:
    """One assessor, their screen, and the taps they made: (tap, item, points)."""

    person: PersonHandle
    screen: Message
    sheet: int
    made: list[tuple[str, int, int]] = field(default_factory=list)

    def tap(self, world: World) -> None:
        """Tap the next mark of a fixed walk through items and points."""
        number = len(self.made)
        item, points = ITEMS[number * 3 % len(ITEMS)], POINTS[(number * 5 + number // 7) % len(POINTS)]
        data = pack(SetMark(self.sheet, item, points))
        self.made.append((world.people.forge_tap(self.person.id, self.screen.id, data), item, points))

    def changes(self) -> list[tuple[str, int, int | None, int]]:
        """What the taps must lead to: tap, item, old and new points of each mark that changed."""
        present: dict[int, int] = {}
        changed = []
        for tap, item, points in self.made:
            if present.get(item) != points:
                changed.append((tap, item, present.get(item), points))
                present[item] = points
        return changed


async def stream(stage: Stage, tappers: list[Tapper], taps: int) -> None:
    """So many taps, one after the other, by all in turn."""
    for number in range(taps):
        await stage.sandbox.do(tappers[number % len(tappers)].tap)


def answered(world: World, tappers: list[Tapper]) -> set[str]:
    """The taps that the bot has answered."""
    return {tap for tapper in tappers for tap, _, _ in tapper.made if world.people.answer(tap) is not None}


async def so_many_are_answered(stage: Stage, tappers: list[Tapper], count: int) -> None:
    """Wait until the bot has answered so many taps in all its lives."""
    await stage.sandbox.until(lambda world: len(answered(world, tappers)) >= count, f"{count} answered taps")


def chain(stage: Stage, tapper: Tapper) -> list[tuple[int, int | None, int]]:
    """Item, old and new points of every mark on the sheet's audit chain."""
    acts = [json.loads(body) for body in stage.rows.acts(tapper.sheet)]
    return [(act["item"], act["old"], act["new"]) for act in acts]


async def every_answer_is_stored(stage: Stage, tappers: list[Tapper]) -> None:
    """With the bot dead: what it ever answered is in the rows, and the rows hold nothing out of order."""
    known = await stage.sandbox.do(lambda world: answered(world, tappers))
    for tapper in tappers:
        expected = tapper.changes()
        stored = chain(stage, tapper)
        assert stored == [change[1:] for change in expected[: len(stored)]]
        assert not known & {tap for tap, *_ in expected[len(stored) :]}


async def the_screen_is_true(stage: Stage, tapper: Tapper) -> None:
    """The newest screen shows the item the rows say, and rendering it again changes nothing of it."""
    await tapper.person.hears()
    before = await tapper.person.newest_screen()
    deeds = [unpack(button["callback_data"]) for row in before.keyboard for button in row]
    item = next(deed.item for deed in deeds if isinstance(deed, SetMark))
    assert [(item, before.id)] == stage.rows.all(
        "SELECT item, message_id FROM screen WHERE chat_id = ?", before.chat_id
    )
    await tapper.person.forges(pack(ShowItem(tapper.sheet, item)), on=before)
    await tapper.person.hears()
    after = await tapper.person.newest_screen()
    assert (after.id, after.text, after.markup) == (before.id, before.text, before.markup)


async def killed_amid_the_stream(stage: Stage, tappers: list[Tapper], moment: int) -> None:
    """A burst, a kill when so many more were answered, and the stream goes on while the bot is down."""
    before = await stage.sandbox.do(lambda world: len(answered(world, tappers)))
    await stream(stage, tappers, BURST)
    await so_many_are_answered(stage, tappers, before + moment)
    await stage.bot.kill()
    await every_answer_is_stored(stage, tappers)
    await stream(stage, tappers, MEANWHILE)
    await stage.bot.start(ready=False)


async def killed_between_answers_and_screens(stage: Stage, tappers: list[Tapper]) -> None:
    """Every tap was answered, the screens are held up, and nobody taps later to repair them."""
    await stage.sandbox.goes_wrong(Fault("delay", "editMessageText", times=0, amount=200))
    await stream(stage, tappers, BURST)
    last = {tapper.made[-1][0] for tapper in tappers}
    await stage.sandbox.until(lambda world: last <= answered(world, tappers), "all taps are answered")
    await stage.bot.kill()
    await stage.sandbox.do(lambda world: world.faults.clear())
    await every_answer_is_stored(stage, tappers)
    await stage.bot.start()
    await stage.sandbox.drained()
    for tapper in tappers:
        await the_screen_is_true(stage, tapper)
    await stage.rows.owe_nothing()


async def test_no_tap_is_lost_or_doubled_and_no_screen_is_stale(stage: Stage) -> None:
    await stage.bot.start()
    tappers = []
    for name in ("周建国", "罗晓梅", "彭志强"):
        person = stage.person(name)
        screen = await person.opens_sheet("明照乡")
        tappers.append(Tapper(person, screen, stage.rows.sheet("明照乡", name)))
    await stage.rows.owe_nothing()
    for kills, moment in enumerate(MOMENTS, start=1):
        if kills % QUIET:
            await killed_amid_the_stream(stage, tappers, moment)
        else:
            await killed_between_answers_and_screens(stage, tappers)
    await stage.sandbox.drained()
    for tapper in tappers:
        assert chain(stage, tapper) == [change[1:] for change in tapper.changes()]
        last = {item: points for _, item, points in tapper.made}
        assert {item: points for item, points, *_ in stage.rows.marks(tapper.sheet)} == last
    assert await stage.group.said() == []
