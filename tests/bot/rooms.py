"""What the tests of the bot's rooms stand in: a practice Telegram, a database with the demo's district, scripted calls.

It answers for time and for errors on demand; it decides nothing that a test ought to say.
"""

from __future__ import annotations

import asyncio
import contextlib
import selectors
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.demo.data import demo, load_demo
from bot.sandbox.server import serve
from bot.sandbox.world import World
from bot.telegram_http import AiohttpRequest, TelegramApi, Upload
from bot.transaction import Transactions
from core.store.engine import Database, Db, open_database
from core.store.migrate import upgrade

P = ParamSpec("P")
T = TypeVar("T")

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2013, 6, 24, 2, 0, tzinfo=UTC)
TANG, ZHOU, LUO = 880001, 880002, 880003
"""The demo's admin, the assessor with the sheet at 14/23, and another assessor."""
GROUP = -880100
DISTRICT = 1
PATIENCE = 20.0
"""Seconds after which a wait has failed; only ever used up by a defect."""


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **by: int) -> None:
        """Let time go by."""
        self.now += timedelta(**by)


class _Hurry(selectors.DefaultSelector):
    """Never waits: the time that would have passed is added to `now`."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everybody waits for something that will never happen")
        self.now += max(0.0, timeout)
        return super().select(0)


class _HurriedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._hurry = _Hurry()
        super().__init__(self._hurry)

    def time(self) -> float:
        return self._hurry.now


def in_no_time(story: Coroutine[Any, Any, T]) -> T:
    """Run a story in a loop whose sleeps take no time and whose clock starts at 0; for stories without network."""
    with asyncio.Runner(loop_factory=_HurriedLoop) as runner:
        return runner.run(story)


async def seconds_gone() -> float:
    """The loop's time."""
    return asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Bot API method, as it was made, and when by the loop's time."""

    method: str
    parameters: Mapping[str, Any]
    at: float


Answering = Callable[[Call], Any]


class ScriptedApi(TelegramApi):
    """Telegram as a list: every call is noted, then answered by `answering`, which may raise or return an awaitable."""

    def __init__(self, answering: Answering | None = None) -> None:
        super().__init__(AiohttpRequest(None), "", "", "")
        self.calls: list[Call] = []
        self.answering = answering
        self._messages = 100

    async def do(self, method: str, parameters: Mapping[str, Any]) -> None:
        await self._answer(method, parameters)

    async def ask(self, method: str, parameters: Mapping[str, Any], *, seconds: float = 0) -> Any:
        del seconds
        return await self._answer(method, parameters)

    async def send_file(self, method: str, parameters: Mapping[str, Any], upload: Upload) -> Any:
        return await self._answer(method, {**parameters, upload.field: upload.content})

    def made(self, method: str) -> list[Mapping[str, Any]]:
        """The parameters of all calls of one method."""
        return [call.parameters for call in self.calls if call.method == method]

    async def _answer(self, method: str, parameters: Mapping[str, Any]) -> Any:
        call = Call(method, parameters, asyncio.get_running_loop().time())
        self.calls.append(call)
        answer = None if self.answering is None else self.answering(call)
        if isinstance(answer, Coroutine):
            answer = await answer
        if answer is not None:
            return answer
        self._messages += 1
        return {"message_id": self._messages}


def raising(*errors: Exception | None) -> Answering:
    """One error a call, in this order (None: success); afterwards every call succeeds."""
    left = list(errors)

    def answer(_call: Call) -> None:
        error = left.pop(0) if left else None
        if error is not None:
            raise error

    return answer


@dataclass(frozen=True)
class Rows:
    """A database of one's own with the demo's district in it."""

    path: Path
    database: Database

    def act(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action and commit."""
        with self.database.transaction() as db:
            return action(db, *args, **kwargs)

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self.database.transaction() as db:
            return [tuple(row) for row in db.exec_driver_sql(query, values)]

    def change(self, statement: str, *values: object) -> None:
        """Run one statement and commit."""
        with self.database.transaction() as db:
            db.exec_driver_sql(statement, values)


@cache
def _demo_file() -> bytes:
    # Loading takes longer than most tests: done once, as of the demo's first morning.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hongqi.db"
        database = open_database(f"sqlite:///{path}")
        upgrade(database)
        with database.transaction() as db:
            load_demo(db, START, ZONE, "zh")
        database.close()
        return path.read_bytes()


@contextlib.contextmanager
def demo_rows(folder: Path) -> Iterator[Rows]:
    """A database in this folder, closed at the end."""
    path = folder / "hongqi.db"
    path.write_bytes(_demo_file())
    database = open_database(f"sqlite:///{path}")
    try:
        yield Rows(path, database)
    finally:
        database.close()


@contextlib.contextmanager
def transactions_on(database: Database) -> Iterator[Transactions]:
    """The database thread, ended at the end."""
    transactions = Transactions(database)
    try:
        yield transactions
    finally:
        transactions.close()


class AtOnce(Transactions):
    """Transactions without the database thread, for loops in which time is not real."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._here = database

    async def once(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._here.transaction() as db:
            return action(db, *args, **kwargs)

    async def read(self, action: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.once(action, *args, **kwargs)


@dataclass(frozen=True)
class PracticeTelegram:
    """A served world in which the demo's people have started the bot, and a client of it."""

    world: World
    base: str
    request: AiohttpRequest

    @property
    def base_url(self) -> str:
        return f"{self.base}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.base}/file/bot"

    @property
    def api(self) -> TelegramApi:
        return TelegramApi(self.request, self.base_url, self.file_url, self.world.account.token)

    def said(self, chat_id: int) -> list[str]:
        """What the bot said in a chat."""
        bot = self.world.account.id
        return [message.text for message in self.world.messages(chat_id) if message.sender_id == bot]

    async def until(self, look: Callable[[], object]) -> None:
        """Wait for a change of the world after which `look` gives something true."""
        assert await self.world.feed.until(lambda: bool(look()), PATIENCE), "waited in vain"

    def waiting_updates(self) -> list[dict[str, Any]]:
        """The updates that no getUpdates has acknowledged, as Telegram would hand them out."""
        return self.world.state.updates.fetch()


@contextlib.asynccontextmanager
async def practice_telegram() -> AsyncIterator[PracticeTelegram]:
    """A practice Telegram on a random port; its queue is empty."""
    world = World(START)
    played = demo()
    for person in played.people:
        world.people.join(person.name, person_id=person.telegram_id)
        world.people.start(person.telegram_id)
    members = [person.telegram_id for person in played.people]
    world.groups.create(played.group_title, members, group_id=played.group)
    world.groups.add_bot(played.group, members[0])
    world.state.updates.clear()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(world, "127.0.0.1", 0, port.set_result))
    request = AiohttpRequest(None)
    await request.initialize()
    try:
        yield PracticeTelegram(world, f"http://127.0.0.1:{await port}", request)
    finally:
        await request.shutdown()
        await cancelled(serving)
        world.close()


async def cancelled(task: asyncio.Task[Any]) -> None:
    """End a task that never ends by itself; what it failed with is raised here."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
