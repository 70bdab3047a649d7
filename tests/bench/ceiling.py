"""How many requests per second the server itself can take: the proof that it is not what is measured.

Run as its own process (`python -m tests.bench.ceiling PORT SECONDS CONNECTIONS`) it does
nothing but send the heaviest request of the benchmark, an edit with a whole keyboard, on
so many connections at once, and count the responses. It parses none: all are equally long.
"""

from __future__ import annotations

import asyncio
import json
import sys
from urllib.parse import urlencode

from .contenders import ROOT, Bare
from .plan import ITEMS, TEXT, OpenSheet, keyboard
from .server import BotApi, serve


class Hammer(asyncio.Protocol):
    """One connection with one request outstanding at any time."""

    def __init__(self, request: bytes) -> None:
        self.responses = 0
        self._request = request
        self._length: int | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Count a whole response and send the next request."""
        self._received += data
        if self._length is None:
            head, _, _body = self._received.partition(b"\r\n\r\n")
            self._length = len(head) + 4 + int(head.rpartition(b" ")[2])
        if len(self._received) >= self._length:
            self._received = b""
            self.responses += 1
            self._transport.write(self._request)


def edit_request() -> bytes:
    """The HTTP request by which a bot shows an item screen, as python-telegram-bot would send it."""
    markup = {"inline_keyboard": keyboard(OpenSheet(1, 1, (600,) * ITEMS), 10, Bare("bare").pack)}
    form = {
        "chat_id": 1,
        "message_id": 1,
        "text": TEXT.format(done=9, item=10, maximum=6),
        "parse_mode": "HTML",
        "reply_markup": json.dumps(markup),
    }
    body = urlencode(form).encode()
    head = "POST /bot1:bench/editMessageText HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: keep-alive"
    return f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def hammer(port: int, seconds: float, connections: int) -> float:
    """Responses per second."""
    loop = asyncio.get_running_loop()
    request = edit_request()
    start = loop.time()
    opened = [await loop.create_connection(lambda: Hammer(request), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.sleep(seconds)
    count, elapsed = sum(client.responses for _, client in opened), loop.time() - start
    for transport, _ in opened:
        transport.abort()
    return count / elapsed


async def ceiling(seconds: float = 2.0, connections: int = 50) -> float:
    """Requests per second that this process serves to a client in another, without any round trip."""
    server, port = await serve(BotApi(0))
    arguments = ["-m", "tests.bench.ceiling", str(port), str(seconds), str(connections)]
    async with server:
        client = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await client.communicate()
    if client.returncode:
        raise RuntimeError(f"the client that measures the server ended with code {client.returncode}")
    return float(output)


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(hammer(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))}\n")
