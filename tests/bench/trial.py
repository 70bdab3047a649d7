"""One trial: one bot as its own process, one fresh server, a warm-up that is not counted, then the taps.

Answers for what is measured over which time. Taps per second run from the first tap to
the last answer. CPU runs from the first tap until the last screen is seen, so that work
put off is counted too; nothing is under way when it starts. The server is this process.
"""

from __future__ import annotations

import asyncio
import gc
import subprocess
import time
from collections.abc import Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from .load import BotStopped, Load, Tap, answer_times, screen_times
from .measures import Numbers, percentile
from .plan import discrepancies
from .process import cpu_seconds, machine_seconds, peak_memory
from .server import BotApi, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .contenders import Contender

FIRST_PERSON = 5_000_000_001
_START, _STOP = 60, 30


class TrialFailed(Exception):
    """The bot did not start, stopped answering, or lied about what it stored. The message says which."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one trial is run. `round_trip` in milliseconds."""

    round_trip: int
    taps: int
    people: int
    in_flight: int

    @property
    def warm_up(self) -> int:
        """Taps before those that count: a tenth."""
        return self.taps // 10

    def fitted(self, contender: Contender) -> Setting:
        """With a tenth of the taps where a bot that does one thing at a time meets a round trip."""
        return replace(self, taps=self.taps // 10) if contender.one_at_a_time and self.round_trip else self


async def trial(contender: Contender, setting: Setting) -> Numbers:
    """Run it. Raises TrialFailed."""
    people = range(FIRST_PERSON, FIRST_PERSON + setting.people)
    with TemporaryDirectory(prefix="hongqi-bench-") as name:
        folder = Path(name)
        sheets = contender.prepare(folder, people)
        api = BotApi(setting.round_trip / 1000)
        load = Load(sheets, contender.pack, api.push, asyncio.get_running_loop().time)
        api.watcher = load
        server, port = await serve(api)
        async with server, bot_process(contender, folder, f"http://127.0.0.1:{port}/bot", api) as pid:
            await load.run(setting.warm_up, setting.in_flight)
            numbers = await _measure(load, api, pid, setting)
        _check(contender, folder, load.all_taps())
        return numbers


async def _measure(load: Load, api: BotApi, pid: int, setting: Setting) -> Numbers:
    gc.collect()
    requests, machine, server, bot = api.requests, machine_seconds(), time.process_time(), cpu_seconds(pid)
    start = time.perf_counter()
    taps = await load.run(setting.taps, setting.in_flight)
    wall = time.perf_counter() - start
    used, served, all_used = cpu_seconds(pid) - bot, time.process_time() - server, machine_seconds() - machine
    answers, screens = answer_times(taps), screen_times(taps)
    last = max(tap.answered for tap in taps if tap.answered is not None)
    return Numbers(
        taps_per_second=len(taps) / (last - taps[0].tapped),
        answer_p50=percentile(answers, 50),
        answer_p99=percentile(answers, 99),
        screen_p50=percentile(screens, 50),
        screen_p99=percentile(screens, 99),
        cpu_per_tap=used / len(taps),
        peak_memory=peak_memory(pid),
        requests_per_tap=(api.requests - requests) / len(taps),
        server_share=served / wall,
        bot_share=used / wall,
        # Two accounts with different clocks: their difference may fall a little below nothing.
        others_share=max((all_used - used - served) / wall, 0.0),
    )


def _check(contender: Contender, folder: Path, taps: Sequence[Tap]) -> None:
    stored = contender.stored(folder)
    if stored is None:
        return
    found = discrepancies([tap.deed for tap in taps if tap.answered is not None], stored)
    if found:
        raise TrialFailed("\n".join([f"{contender.name} is not honest about {len(found)} marks:", *found[:20]]))


@asynccontextmanager
async def bot_process(contender: Contender, folder: Path, base_url: str, api: BotApi) -> AsyncIterator[int]:
    """The bot's process id from its first poll on; it has ended when the block is left."""
    command, environment = contender.command(folder, base_url)
    log = folder / "bench-bot.log"
    with log.open("wb") as output:
        process = _start(command, environment, folder, output)
        try:
            await _polled(process, api)
            yield process.pid
        except (BotStopped, TimeoutError, ProcessLookupError) as error:
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise TrialFailed(f"{contender.name}: {error or 'it did not poll'}\n{tail}") from error
        finally:
            await asyncio.to_thread(_end, process)


def _start(command: list[str], environment: dict[str, str], folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    # `env` adds to the environment without this process reading it. Not started in the project's folder:
    # a developer's .env is none of the benchmark's settings.
    added = [f"{name}={value}" for name, value in environment.items()]
    return subprocess.Popen(["/usr/bin/env", *added, *command], cwd=folder, stdout=output, stderr=subprocess.STDOUT)


async def _polled(process: subprocess.Popen[bytes], api: BotApi) -> None:
    async with asyncio.timeout(_START):
        while not api.polled.is_set():
            if process.poll() is not None:
                raise ProcessLookupError(f"it ended with code {process.returncode} before its first poll")
            with suppress(TimeoutError):
                await asyncio.wait_for(api.polled.wait(), 0.2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
