"""The 26th, 09:00: a thousand officers are reminded while assessors go on tapping.

    python -m tests.bench.reminders

Prints the time from the first reminder to the last as a ratio to what Telegram's 30 messages a second allow, and how
long taps waited for their answer meanwhile. The bot is started as for real; only its clock is the bench's, moved to
09:00 once the taps flow.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from core.actions.district import first_district
from core.people import Role
from core.store import people as store_people
from core.store import units
from core.store.engine import Database, open_database

from .contenders import ROOT
from .district import Hongqi
from .measures import percentile
from .plan import ITEMS, OpenSheet, callback, query_id
from .process import cpu_seconds, machine_seconds
from .server import BotApi, Connection, serve
from .trial import bot_process

PER_SECOND = 30
MOST_RATIO, MOST_SECONDS = 1.15, 0.3
TOWNSHIPS = 100
FIRST_ASSESSOR, FIRST_OFFICER = 5_000_000_001, 6_000_000_001
BEFORE, NINE = (datetime(2013, 6, 26, 0, 59, tzinfo=UTC), datetime(2013, 6, 26, 1, 0, tzinfo=UTC))
"""08:59 and 09:00 in Shanghai."""

_SINCE = date(2013, 1, 1)
_WARM_SECONDS, _PATIENCE_SECONDS = 20.0, 600.0


class ClockedApi(BotApi):
    """The server, which also answers for the practice clock at `…/clock`."""

    def __init__(self, round_trip: float) -> None:
        super().__init__(round_trip)
        self._revision, self._told = 0, -1
        self._asked: Connection | None = None

    def receive(self, method: str, body: bytes, connection: Connection) -> None:
        """The clock's question waits for a jump; everything else is Telegram's."""
        if method != "clock":
            super().receive(method, body, connection)
        elif self._told < self._revision:
            self._tell(connection)
        else:
            self._asked = connection

    def jump(self) -> None:
        """It is nine o'clock."""
        self._revision += 1
        if self._asked is not None:
            self._tell(self._asked)

    def _tell(self, connection: Connection) -> None:
        self._told, self._asked = self._revision, None
        now = NINE if self._revision else BEFORE
        connection.write(200, json.dumps({"revision": self._revision, "now": now.isoformat()}).encode())


@dataclass
class Morning:
    """What the server saw: when each officer was reminded, and each tap with its answer."""

    officers: int
    all_reminded: asyncio.Event = field(default_factory=asyncio.Event)
    bot_seconds: float = 0.0
    others_seconds: float = 0.0
    tapped: dict[str, float] = field(default_factory=dict)
    waited: list[tuple[float, float]] = field(default_factory=list)
    """When, and how long."""
    jumped: float = 0.0
    reminded: dict[int, list[float]] = field(default_factory=dict)
    free: deque[tuple[OpenSheet, int]] = field(default_factory=deque)
    after: dict[str, tuple[OpenSheet, int]] = field(default_factory=dict)

    def answered(self, query_id: str) -> bool:
        """A tap was answered: its person may tap again."""
        tapped = self.tapped.pop(query_id, None)
        if tapped is None:
            return False
        self.waited.append((tapped, asyncio.get_running_loop().time() - tapped))
        sheet, item = self.after.pop(query_id)
        self.free.append((sheet, item % ITEMS + 1))
        return True

    def shown(self, chat: int, message: int | None, text: str) -> None:
        """A message of its own to an officer is a reminder."""
        del text
        if chat >= FIRST_OFFICER and message is None:
            self.reminded.setdefault(chat, []).append(asyncio.get_running_loop().time())
            if len(self.reminded) == self.officers:
                self.all_reminded.set()


async def tap_steadily(morning: Morning, api: BotApi, updates: dict[str, str], per_second: float) -> None:
    """Somebody taps so often, for ever; who waits for an answer taps nothing meanwhile."""
    loop = asyncio.get_running_loop()
    began, made = loop.time(), 0
    while True:
        if morning.free:
            sheet, item = morning.free.popleft()
            query = query_id(sheet.person, item)
            morning.after[query] = (sheet, item)
            morning.tapped[query] = loop.time()
            api.push("callback_query", updates[query])
        made += 1
        await asyncio.sleep(max(0.0, began + made / per_second - loop.time()))


def add_officers(database: Database, officers: int) -> None:
    """So many officers of a hundred townships."""
    with database.transaction() as db:
        district = first_district(db, "荷塘区", "Asia/Shanghai", "zh").id
        homes = [
            units.add_unit(db, district, f"t{number}", "township", f"乡镇{number:03}", f"乡{number:03}", _SINCE)
            for number in range(min(TOWNSHIPS, officers))
        ]
        for number in range(officers):
            person = store_people.add_person(db, district, f"工作人员{number:04}", FIRST_OFFICER + number, "zh")
            store_people.appoint(db, person, Role.OFFICER, homes[number % len(homes)], _SINCE)


class Reminded(Hongqi):
    """Our bot on the bench's clock."""

    def __init__(self, officers: int) -> None:
        self._officers = officers

    def prepare(self, folder: Path, people: Sequence[int]) -> list[OpenSheet]:
        """Assessors with a sheet each, and the officers."""
        sheets = super().prepare(folder, people)
        database = open_database(f"sqlite:///{folder / 'bench.db'}")
        try:
            add_officers(database, self._officers)
        finally:
            database.close()
        return sheets

    def command(self, folder: Path, base_url: str) -> tuple[list[str], dict[str, str]]:
        """`hongqi run`, following the clock at the server."""
        _, environment = super().command(folder, base_url)
        clock = base_url.removesuffix("/bot") + "/clock"
        # This tree's, whatever is installed.
        arguments = [sys.executable, "-m", "bot", "run", "--practice-clock", clock]
        return arguments, environment | {"PYTHONPATH": str(ROOT)}


async def measure(asked: Namespace) -> Morning:
    """One morning."""
    people = range(FIRST_ASSESSOR, FIRST_ASSESSOR + asked.assessors)
    contender = Reminded(asked.officers)
    with TemporaryDirectory(prefix="hongqi-bench-") as name:
        sheets = contender.prepare(Path(name), people)
        updates = {
            query_id(sheet.person, item): callback(sheet, item, contender.pack)
            for sheet in sheets
            for item in range(1, ITEMS + 1)
        }
        morning = Morning(asked.officers, free=deque((sheet, 1) for sheet in sheets))
        api = ClockedApi(asked.round_trip / 1000)
        api.watcher = morning
        server, port = await serve(api)
        async with server, bot_process(contender, Path(name), f"http://127.0.0.1:{port}/bot", api) as pid:
            tapping = asyncio.create_task(tap_steadily(morning, api, updates, asked.taps))
            await asyncio.sleep(_WARM_SECONDS)
            morning.jumped = asyncio.get_running_loop().time()
            bot, machine, own = cpu_seconds(pid), machine_seconds(), time.process_time()
            api.jump()
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await morning.all_reminded.wait()
            morning.bot_seconds = cpu_seconds(pid) - bot
            used = machine_seconds() - machine - (time.process_time() - own)
            morning.others_seconds = max(0.0, used - morning.bot_seconds)
            tapping.cancel()
            await asyncio.gather(tapping, return_exceptions=True)
    return morning


def report(console: Console, asked: Namespace, morning: Morning) -> None:
    """Print it."""
    times = sorted(moment for each in morning.reminded.values() for moment in each)
    took, allowed = times[-1] - times[0], asked.officers / PER_SECOND
    busiest = max(most_within(times, 1.0))
    before = [waited for tapped, waited in morning.waited if tapped < morning.jumped]
    meanwhile = [waited for tapped, waited in morning.waited if tapped >= morning.jumped]
    during = [waited for tapped, waited in morning.waited if tapped >= times[0]]
    console.print(f"{asked.officers} officers, round trip {asked.round_trip} ms, {asked.taps:g} taps/s meanwhile")
    console.print(
        f"reminders: {len(times)} messages within {took:.2f} s, {took / allowed:.3f} x the {allowed:.2f} s that"
        f" {PER_SECOND}/s allow (to reach: {MOST_RATIO}); at most {busiest} in any second"
    )
    console.print(f"09:00 came {times[0] - morning.jumped:.2f} s before the first reminder")
    for name, waits in (("before", before), ("from 09:00 on", meanwhile), ("from the first reminder on", during)):
        p50, p99 = percentile(waits, 50), percentile(waits, 99)
        console.print(
            f"taps {name}: {len(waits)} answered; p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"
            f" (to reach: {MOST_SECONDS * 1000:.0f}), longest {max(waits) * 1000:.0f} ms"
        )
    console.print(
        f"processors (1 = one core): bot {morning.bot_seconds / took:.2f}, everybody else"
        f" {morning.others_seconds / took:.2f}"
    )
    twice = sum(len(each) > 1 for each in morning.reminded.values())
    if twice:
        console.print(f"[bold]{twice} officers were reminded more than once[/bold]")


def most_within(times: Sequence[float], seconds: float) -> Iterable[int]:
    """How many of these moments lie within so many seconds from each of them."""
    last = 0
    for place, moment in enumerate(times):
        while last < len(times) and times[last] < moment + seconds:
            last += 1
        yield last - place


def main(given: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = ArgumentParser(prog="python -m tests.bench.reminders", description=__doc__)
    parser.add_argument("--officers", type=int, default=1000)
    parser.add_argument("--assessors", type=int, default=200)
    parser.add_argument("--taps", type=float, default=20.0, help="taps a second (20)")
    parser.add_argument("--round-trip", type=int, default=50, help="milliseconds (50)")
    asked = parser.parse_args(given)
    report(Console(width=130), asked, asyncio.run(measure(asked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
