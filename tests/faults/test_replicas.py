"""Several bots on one PostgreSQL: one polls, all send, each message once. On SQLite the second bot is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from databases import Server, newest_postgresql, opened, running_postgresql
from kit import BotProcess, Stage
from kit.clock import TEN_O_CLOCK, ZONE
from kit.district import appoints
from kit.sandbox import PATIENCE
from sqlalchemy import text

from bot.demo.data import demo, load_demo
from bot.sandbox.world import World
from core.people import Role
from core.store.engine import open_database

KILLABLE = ("-m", "tests.faults.killable_bot")
OFFICERS = {880051 + number: f"王小{name}" for number, name in enumerate("明红军华强")}
REMINDED = len(OFFICERS) + sum(person.role == "officer" for person in demo().people)
REMINDER = "报送2013年6月月报表和工作总结的日子"
POLLS = "this process polls"
_GLANCE = 0.05


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="the extra [postgresql] is not installed")
    programs = newest_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here")
    with running_postgresql(programs) as server:
        yield server


class Replicas:
    """Bots on one database, and what stands in it."""

    def __init__(self, stage: Stage, folder: Path, url: str) -> None:
        self.url = url
        self.bots = [BotProcess(stage.sandbox, _made(folder / f"bot{number}"), url) for number in range(3)]

    def all(self, query: str) -> list[tuple[Any, ...]]:
        with opened(self.url) as database, database.transaction() as db:
            return [tuple(row) for row in db.execute(text(query))]

    async def start(self) -> None:
        """The first polls; the others wait their turn."""
        first, *others = self.bots
        await first.start()
        await self.until(lambda: POLLS in first.log(), "the first polls")
        for bot in others:
            await bot.start(ready=False)
        await self.until(lambda: all("another process polls" in bot.log() for bot in others), "the others wait")

    async def become(self, expected: list[tuple[Any, ...]], query: str) -> None:
        await self.until(lambda: self.all(query) == expected, f"{query} gives {expected}")

    async def until(self, look: Any, what: str) -> None:
        # Neither a log nor a database tells of its changes, so they are asked often.
        for _ in range(int(PATIENCE / _GLANCE)):
            if look():
                return
            await asyncio.sleep(_GLANCE)
        raise AssertionError(f"{what}\n" + "\n--\n".join(bot.log() for bot in self.bots))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture
async def replicas(stage: Stage, tmp_path: Path, postgresql: Server) -> AsyncIterator[Replicas]:
    """Three bots, none running, on the demo's district with five officers more, who all opened their chats."""
    url = postgresql.migrated()
    database = open_database(url)
    with database.transaction() as db:
        load_demo(db, TEN_O_CLOCK.astimezone(UTC), ZONE, "zh")
        for telegram_id, name in OFFICERS.items():
            appoints(name, telegram_id, Role.OFFICER, "月塘街道")(db)
    database.close()
    await stage.sandbox.do(_gather)
    found = Replicas(stage, tmp_path, url)
    try:
        yield found
    finally:
        for bot in found.bots:
            await bot.kill_if_running()


def _gather(world: World) -> None:
    for telegram_id, name in OFFICERS.items():
        world.people.join(name, person_id=telegram_id)
        world.people.start(telegram_id)
    world.state.updates.clear()


async def reminders(stage: Stage) -> dict[int, int]:
    """How often each officer was reminded."""

    def count(world: World) -> dict[int, int]:
        return {who: sum(REMINDER in message.text for message in world.messages(who)) for who in OFFICERS}

    return await stage.sandbox.do(count)


async def test_three_bots_remind_each_officer_once_and_another_polls_when_one_is_killed(
    stage: Stage, replicas: Replicas
) -> None:
    await replicas.start()
    await stage.sandbox.do(lambda world: setattr(world.faults, "latency_ms", 50))
    await stage.clock.is_moved_to("2013-06-26 09:00")
    firing = "SELECT count(*) FROM outbox WHERE dedup_key LIKE 'report-reminder:%'"
    await replicas.become([(REMINDED,)], f"{firing} AND state = 'sent' AND attempt = 1")
    for kill in range(2):
        await replicas.bots[kill].kill()
        liu = stage.person("刘芳")
        await liu.says("/todo")
        await liu.sees("月报表")
    assert await reminders(stage) == dict.fromkeys(OFFICERS, 1)
    assert replicas.all(firing) == [(REMINDED,)]
    assert replicas.all("SELECT count(*) FROM occurrence WHERE schedule = 'report-reminder'") == [(1,)]
    # A second poller would have had its poll taken away by Telegram.
    assert not any("Telegram refuses to hand out updates" in bot.log() for bot in replicas.bots)
    await replicas.bots[2].stop()


async def test_what_a_killed_bot_was_sending_is_sent_by_another_when_its_time_is_up(
    stage: Stage, replicas: Replicas
) -> None:
    first, second, _ = replicas.bots
    await first.start(*KILLABLE, "before sending to a person", "dies", "1")
    await replicas.until(lambda: POLLS in first.log(), "the first polls")
    await stage.clock.is_moved_to("2013-06-26 09:00")
    await first.is_killed()
    await second.start()
    states = "SELECT state, count(*) FROM outbox WHERE dedup_key LIKE 'report-reminder:%' GROUP BY state ORDER BY state"
    stuck = dict(replicas.all(states))["sending"]
    await replicas.become([("sending", stuck), ("sent", REMINDED - stuck)], states)
    await stage.clock.passes(100)
    assert dict(replicas.all(states))["sending"] == stuck
    await stage.clock.passes(60)
    await replicas.become([("sent", REMINDED)], states)
    assert await reminders(stage) == dict.fromkeys(OFFICERS, 1)
    await second.stop()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "另一个程序正在使用数据库"), ("en", "Another process is using the database")]
)
async def test_a_second_bot_on_one_sqlite_file_is_refused_in_words(stage: Stage, language: str, words: str) -> None:
    await stage.bot.start()
    second = BotProcess(stage.sandbox, stage.bot.folder)
    second.settings["HONGQI_LANGUAGE"] = language
    await second.start(ready=False)
    assert await second.ends() == 1
    assert words in second.log()
    assert "Traceback" not in second.log()


async def test_who_blocks_the_bot_is_reported_once_and_reached_again_after_start(stage: Stage) -> None:
    await stage.bot.start()
    liu, tang = stage.person("刘芳"), stage.person("唐文静")
    await stage.sandbox.do(lambda world: world.people.block(liu.id))
    await stage.clock.moves_to("2013-06-26 09:00")
    told = await tang.sees("送不到刘芳", "按“开始”（START）")
    await tang.taps("刘芳", on=told)
    await tang.sees("刘芳", "起消息无法送达")
    await stage.clock.moves_to("2013-06-26 16:00")
    assert stage.rows.one("SELECT count(*) FROM outbox WHERE dedup_key LIKE 'unreachable:%'") == 1
    assert stage.rows.one("SELECT count(*) FROM person WHERE unreachable_since IS NOT NULL") == 1
    await stage.sandbox.do(lambda world: world.people.start(liu.id))
    await liu.sees("您好")
    assert stage.rows.one("SELECT count(*) FROM person WHERE unreachable_since IS NOT NULL") == 0
