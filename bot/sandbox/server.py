"""The sandbox as a web server: the Bot API, the control API, and the running of both.

    /bot<token>/<method>        the Bot API, GET or POST
    /file/bot<token>/<path>     files
    /sandbox/…                  the control API: see control/

A phone page may be added to the app before it is served.
"""

import asyncio
import contextlib
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator

import uvicorn
from fastapi import FastAPI
from starlette.routing import Route

from bot.sandbox.control import routers
from bot.sandbox.front import Front
from bot.sandbox.world import World

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 3
"""Seconds that requests under way get at shutdown."""
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def create_app(world: World) -> FastAPI:
    """The app of one world. Faults that break connections need it to be served by `serve`."""
    app = FastAPI(title="Hongqi sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.world = world
    front = Front(world)
    app.router.routes.extend(
        [
            Route("/bot{token}/{method}", front.method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", front.file, methods=["GET"]),
            Route("/bot{rest:path}", front.nothing, methods=["GET", "POST"]),
        ]
    )
    for router in routers:
        app.include_router(router, prefix="/sandbox")
    return app


async def serve(
    world: World, host: str, port: int, ready: Callable[[int], None], *, app: FastAPI | None = None
) -> None:
    """Serve the world (or an app already made of it) until SIGINT, SIGTERM or cancellation, then end every wait.

    Port 0 picks a free one; `ready` is called with the real port once requests are taken. A signal makes it return;
    the world is left open for the caller to close. Raises `OSError` when the address is taken.
    """
    served = create_app(world) if app is None else app
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    config = uvicorn.Config(
        served, log_config=None, log_level="warning", access_log=False, timeout_graceful_shutdown=PATIENCE
    )
    server = _Server(config, world, lambda: ready(listener.getsockname()[1]))
    served.state.hang_up = server.hang_up
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


class _Server(uvicorn.Server):
    """Uvicorn that says when it is ready, ends the world's waits before it waits itself, and can break connections."""

    def __init__(self, config: uvicorn.Config, world: World, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._world = world
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._world.stop_waiting()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal without raising it again: the caller has things to close."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def hang_up(self, client: tuple[str, int], *, reset: bool) -> None:
        """Break the connection of this peer without a byte more; `reset` as a TCP reset instead of a close."""
        for connection in list(self.server_state.connections):
            transport: asyncio.Transport = connection.transport
            if tuple(transport.get_extra_info("peername") or ())[:2] != tuple(client):
                continue
            if reset:
                raw = transport.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            transport.abort()
