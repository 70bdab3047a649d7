"""The demo: a sandbox with a phone page in this process, the real bot as a child, the demo district in a database."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import opened_database
from bot.demo.data import demo, load_demo
from bot.phrases.words import Words
from bot.sandbox.phone.page import add_phone_page
from bot.sandbox.server import create_app, serve
from bot.sandbox.values import BotAccount
from bot.sandbox.world import World
from bot.settings import child_environment

_ZONE = ZoneInfo("Asia/Shanghai")
# A Monday of the year the measures are for; the month's monthly report falls due two days later.
_BEGIN = datetime(2013, 6, 24, 10, 0, tzinfo=_ZONE)
_PATIENCE_SECONDS = 15
_LAST_LINES = 20


async def play_demo(keep: Path | None, port: int, words: Words, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C. Without `keep` nothing is left behind."""
    with _folder(keep) as folder:
        url = f"sqlite:///{folder / 'hongqi.db'}"
        world = _world(folder, words)
        try:
            async with opened_database(url) as database:
                with database.transaction() as db:
                    load_demo(db, world.clock.now(), _ZONE, "zh")
            await _serve(world, folder, url, port, words, say)
        finally:
            world.close()
        if keep is not None:
            say(words("demo_kept", folder=folder))


async def _serve(world: World, folder: Path, url: str, port: int, words: Words, say: Callable[[str], None]) -> None:
    app = create_app(world)
    font = files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")
    add_phone_page(app, world, font_files={400: Path(str(font))}, zone=_ZONE)
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(world, "127.0.0.1", port, ready.set_result, app=app))
    first: list[asyncio.Future[Any]] = [serving, ready]
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
        return
    address = f"http://127.0.0.1:{ready.result()}"
    bot = await _start_bot(world, folder, url, address)
    watching = asyncio.create_task(bot.wait())
    say(words("demo_ready", url=address))
    await asyncio.wait([serving, watching], return_when=asyncio.FIRST_COMPLETED)
    if watching.done() and not serving.done():
        say(words("demo_bot_ended", code=bot.returncode))
        say("\n".join((folder / "bot.log").read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]))
    await _stop_bot(bot)
    serving.cancel()
    await asyncio.gather(serving, watching, return_exceptions=True)


async def _start_bot(world: World, folder: Path, url: str, address: str) -> asyncio.subprocess.Process:
    settings = {
        "TELEGRAM_BOT_TOKEN": world.account.token,
        "HONGQI_DATABASE_URL": url,
        "HONGQI_DATA_DIR": str(folder),
        # All of them, so that nothing of a developer's `.env` reaches the demo.
        "HONGQI_ADMIN_IDS": "",
        "HONGQI_TIMEZONE": str(_ZONE),
        "HONGQI_LANGUAGE": "zh",
        "HONGQI_PROXY": "",
        "HONGQI_LOG_FORMAT": "text",
        "HONGQI_TELEGRAM_BASE_URL": f"{address}/bot",
        "HONGQI_TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
    }
    arguments = ["-m", "bot", "run", "--practice-clock", f"{address}/sandbox/clock"]
    log = (folder / "bot.log").open("ab")
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env=child_environment(settings),
            stdout=log,
            stderr=log,
            # Ctrl-C reaches the sandbox, which then ends the bot: the other way round its last words found nobody.
            start_new_session=True,
        )
    finally:
        log.close()


async def _stop_bot(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is not None:
        return
    bot.terminate()
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await bot.wait()
    except TimeoutError:
        bot.kill()
        await bot.wait()


def _world(folder: Path, words: Words) -> World:
    world = World(_BEGIN, directory=folder / "telegram", account=BotAccount())
    if world.chats():
        return world
    played = demo()
    for person in played.people:
        note = " · ".join(filter(None, (words(f"role.{person.role}"), person.unit)))
        world.people.join(person.name, person_id=person.telegram_id, note=note)
        world.people.start(person.telegram_id)
    members = [person.telegram_id for person in played.people]
    world.groups.create(played.group_title, members, group_id=played.group)
    world.groups.add_bot(played.group, members[0])
    return world


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="hongqi-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
