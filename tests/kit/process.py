"""The bot as its own process, with its own folder and SQLite file; it survives nothing that a real one would not."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

from bot.sandbox.world import World
from bot.settings import child_environment
from kit.sandbox import PATIENCE, Sandbox

ROOT = Path(__file__).parents[2]
REAL = ("-m", "bot", "run", "--practice-clock")
"""How the bot is started by people who follow a practice clock; the clock's address comes last."""

_LOG_TAIL = 6000


class BotProcess:
    """Starts, kills and stops the bot. Its log is `bot.log` of the folder, over all of its lives."""

    def __init__(self, sandbox: Sandbox, folder: Path, database_url: str | None = None) -> None:
        """The bot of this sandbox, keeping everything in `folder`; nothing is started yet.

        Its database is an SQLite file there, or the one named.
        """
        self.folder = folder
        self.settings = {
            "TELEGRAM_BOT_TOKEN": sandbox.world.account.token,
            "HONGQI_DATABASE_URL": database_url or f"sqlite:///{folder / 'hongqi.db'}",
            "HONGQI_DATA_DIR": str(folder),
            # All of them, so that nothing of a developer's `.env` reaches the tests.
            "HONGQI_ADMIN_IDS": "",
            "HONGQI_TIMEZONE": "Asia/Shanghai",
            "HONGQI_LANGUAGE": "zh",
            "HONGQI_PROXY": "",
            "HONGQI_LOG_FORMAT": "text",
            "HONGQI_TELEGRAM_BASE_URL": f"{sandbox.base}/bot",
            "HONGQI_TELEGRAM_BASE_FILE_URL": f"{sandbox.base}/file/bot",
        }
        self._sandbox = sandbox
        self._clock = f"{sandbox.base}/sandbox/clock"
        self._process: subprocess.Popen[bytes] | None = None
        sandbox.watch = self._check_alive

    async def start(self, *launcher: str, ready: bool = True) -> None:
        """Start it, by another launcher if one is named, and wait until it follows the clock and polls.

        Without `ready` nothing is waited for: right for one that is to die early.
        """
        if self._process is not None:
            raise RuntimeError("the bot is running already")
        await self._sandbox.do(_forget_progress)
        self._process = self._spawned(launcher or REAL)
        if ready:
            await self._sandbox.until(lambda world: world.clock.acted_on, "the bot runs")

    async def kill(self) -> None:
        """SIGKILL: no last words."""
        process = self._taken()
        process.kill()
        await asyncio.to_thread(process.wait)

    async def stop(self) -> None:
        """SIGTERM: it finishes what is under way, and ends well."""
        process = self._taken()
        process.terminate()
        code = await asyncio.to_thread(process.wait, PATIENCE)
        assert code == 0, f"the bot ended with {code}\n{self.log()}"

    async def restart(self) -> None:
        """Stop it and start it again."""
        await self.stop()
        await self.start()

    async def ends(self) -> int:
        """Wait until it ends by itself; gives its exit code."""
        process = self._taken()
        return await asyncio.to_thread(process.wait, PATIENCE)

    async def is_killed(self) -> None:
        """Wait until it dies of its own launcher's SIGKILL."""
        code = await self.ends()
        assert code == -signal.SIGKILL, f"the bot ended with {code}\n{self.log()}"

    async def stop_if_running(self) -> None:
        """What ends a story."""
        if self._process is not None:
            await self.stop()

    async def kill_if_running(self) -> None:
        """What ends a story that failed."""
        if self._process is not None:
            await self.kill()

    def log(self) -> str:
        """The end of what it wrote."""
        path = self.folder / "bot.log"
        return path.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:] if path.exists() else ""

    def _spawned(self, launcher: tuple[str, ...]) -> subprocess.Popen[bytes]:
        with (self.folder / "bot.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *launcher, self._clock],
                cwd=ROOT,
                env=child_environment(self.settings),
                stdout=log,
                stderr=log,
            )

    def _taken(self) -> subprocess.Popen[bytes]:
        process, self._process = self._process, None
        if process is None:
            raise RuntimeError("the bot is not running")
        return process

    def _check_alive(self) -> None:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"the bot ended with {self._process.returncode}\n{self.log()}")


def _forget_progress(world: World) -> None:
    # What an earlier life had acted on says nothing of the next one.
    world.clock.acted_on = 0
