"""What the sandbox's tests share: a served world with ticks by hand, and small pictures.

Time stands still unless a test moves it, so nothing depends on how fast the machine is.
"""

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.sandbox.world import World

START = datetime(2013, 6, 25, 1, 0, tzinfo=UTC)
LI, WANG, STRANGER = 5_100_000_001, 5_100_000_002, 5_100_000_003
"""Li has started the bot, Wang is only in the group, the stranger is nowhere."""
GROUP = -4_100_000_001


class Hand:
    """Ticks that a test moves by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Practice:
    """A world being served, and a client of its Bot API and control API."""

    world: World
    hand: Hand
    base: str
    client: aiohttp.ClientSession

    @property
    def api(self) -> str:
        return f"{self.base}/bot{self.world.account.token}"

    async def raw(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """Call a method with JSON; status and body."""
        async with self.client.post(f"{self.api}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.raw(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Code and description of a call that must be refused."""
        status, body = await self.raw(method, **parameters)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        return status, body["description"]

    async def control(self, verb: str, path: str, **given: Any) -> Any:
        """A control request that must succeed."""
        async with self.client.request(verb, f"{self.base}/sandbox/{path}", **given) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """What getUpdates returns."""
        found: list[dict[str, Any]] = await self.call("getUpdates", **parameters)
        return found

    async def acknowledge(self) -> None:
        """Empty the queue, as a bot does that has handled everything."""
        for found in await self.updates():
            await self.updates(offset=found["update_id"] + 1)


def png(width: int = 4, height: int = 3) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def button(text: str, data: str) -> dict[str, str]:
    """One inline button."""
    return {"text": text, "callback_data": data}


def keyboard(*rows: list[dict[str, str]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}
