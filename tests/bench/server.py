"""A Bot API server for one bot on 127.0.0.1, made to cost as little as possible.

Answers for HTTP with keep-alive, the queue behind getUpdates (offset, limit, long poll),
replies as large as Telegram's, and a round trip: every request takes effect half of it
after it arrived, and its response leaves half of it later. The times of a tap are
therefore those of a clock at Telegram. Never checks limits or texts (the sandbox does),
never models TLS or the set-up of a connection, and returns a text as it was sent, tags and all.

Hands every callback answer and every screen to a `Watcher`.
"""

from __future__ import annotations

import asyncio
import json
from typing import Protocol
from urllib.parse import unquote_to_bytes

import httptools

_LIMIT = 100
_LONGEST_POLL = 50.0
# Telegram gathers what arrives within 1 ms of the last update, for 2 ms at most, before it ends a long poll.
_GATHER, _GATHER_MOST = 0.001, 0.002
_HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
_TRUE = b'{"ok":true,"result":true}'
_BOT = {"id": 1, "is_bot": True, "first_name": "红旗", "username": "hongqi_bench_bot"}
_NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
_PERMISSIONS = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
_STALE = "query is too old and response timeout expired or query ID is invalid"


class Watcher(Protocol):
    """Who is told what the bot did."""

    def answered(self, query_id: str) -> bool:
        """The bot answered this callback query; False if there is no such query to answer."""

    def shown(self, chat: int, message: int | None, text: str) -> None:
        """The bot edited this message, or sent one (`message` is None), in this chat."""


class BotApi:
    """The methods, and the updates that wait to be fetched. `round_trip` in seconds."""

    def __init__(self, round_trip: float) -> None:
        self.requests = 0
        self.polled = asyncio.Event()
        self.watcher: Watcher | None = None
        self._half = round_trip / 2
        self._loop = asyncio.get_running_loop()
        self._updates: dict[int, bytes] = {}
        self._next_update = 1
        self._next_message = 1_000_000
        self._poll: Poll | None = None

    def push(self, kind: str, body: str) -> None:
        """Queue an update whose field `kind` is this JSON."""
        self._updates[self._next_update] = b'{"update_id":%d,"%s":%s}' % (
            self._next_update,
            kind.encode(),
            body.encode(),
        )
        self._next_update += 1
        if self._poll is not None:
            self._poll.gather()

    def receive(self, method: str, body: bytes, connection: Connection) -> None:
        """A whole request has arrived on this connection."""
        self.requests += 1
        if self._half:
            self._loop.call_later(self._half, self._apply, method, body, connection)
        else:
            self._apply(method, body, connection)

    def respond(self, connection: Connection, status: int, payload: bytes) -> None:
        """Send the response to the connection's one outstanding request."""
        if self._half:
            self._loop.call_later(self._half, connection.write, status, payload)
        else:
            connection.write(status, payload)

    def forget(self, connection: Connection) -> None:
        """This connection is gone: a poll that waited on it waits no more, its updates stay queued."""
        if self._poll is not None and self._poll.connection is connection:
            self._poll.cancel()
            self._poll = None

    def _apply(self, method: str, body: bytes, connection: Connection) -> None:
        given = parameters(body)
        if method == "getUpdates":
            self._get_updates(given, connection)
        elif method == "answerCallbackQuery":
            self.respond(connection, *self._answer(given))
        elif method == "editMessageText" or (method.startswith("send") and method != "sendChatAction"):
            self.respond(connection, 200, self._message(given))
        elif method == "getMe":
            self.respond(connection, 200, _result({**_BOT, **_PERMISSIONS}))
        elif method == "getWebhookInfo":
            self.respond(connection, 200, _result(_NO_WEBHOOK))
        else:
            self.respond(connection, 200, _TRUE)

    def _answer(self, given: dict[str, str]) -> tuple[int, bytes]:
        if self.watcher is not None and self.watcher.answered(given["callback_query_id"]):
            return 200, _TRUE
        return 400, _error(400, f"Bad Request: {_STALE}")

    def _get_updates(self, given: dict[str, str], connection: Connection) -> None:
        if self._poll is not None:
            self._poll.end(409, _error(409, "Conflict: terminated by other getUpdates request"))
        offset = int(given.get("offset", 0))
        for update_id in [known for known in self._updates if known < offset]:
            del self._updates[update_id]
        limit = min(max(int(given.get("limit", _LIMIT)), 1), _LIMIT)
        seconds = min(float(given.get("timeout", 0)), _LONGEST_POLL)
        self._poll = Poll(self, connection, limit, seconds)
        self.polled.set()
        if self._updates or not seconds:
            self._poll.finish()

    def fetch(self, limit: int) -> bytes:
        """The oldest updates, as the body of a response, and no poll pending any more."""
        self._poll = None
        oldest = list(self._updates.values())[:limit]
        return b'{"ok":true,"result":[%s]}' % b",".join(oldest)

    def _message(self, given: dict[str, str]) -> bytes:
        chat, text = int(given["chat_id"]), given.get("text", "")
        edited = given.get("message_id")
        if self.watcher is not None:
            self.watcher.shown(chat, int(edited) if edited else None, text)
        self._next_message += 1
        head = {
            "message_id": int(edited) if edited else self._next_message,
            "from": _BOT,
            "chat": {"id": chat, "first_name": "考核组成员", "type": "private"},
            "date": 1364778000,
            "text": text,
        }
        # The keyboard is JSON already; reading it only to write it again would cost more than all the rest.
        markup = given.get("reply_markup")
        tail = b',"reply_markup":%s}' % markup.encode() if markup and '"inline_keyboard"' in markup else b"}"
        return b'{"ok":true,"result":%s%s}' % (json.dumps(head)[:-1].encode(), tail)


class Poll:
    """One getUpdates that waits."""

    def __init__(self, api: BotApi, connection: Connection, limit: int, seconds: float) -> None:
        self.connection = connection
        self._api, self._limit = api, limit
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, self.finish)
        self._most: float | None = None

    def gather(self) -> None:
        """An update has arrived: end soon."""
        now = self._loop.time()
        if self._most is None:
            self._most = now + _GATHER_MOST
        self._timer.cancel()
        self._timer = self._loop.call_at(min(now + _GATHER, self._most), self.finish)

    def finish(self) -> None:
        """End with whatever is queued."""
        self.end(200, self._api.fetch(self._limit))

    def end(self, status: int, payload: bytes) -> None:
        """End with this response."""
        self.cancel()
        self._api.respond(self.connection, status, payload)

    def cancel(self) -> None:
        """End without any response."""
        self._timer.cancel()


class Connection(asyncio.Protocol):
    """One kept-alive HTTP connection; a client sends the next request after the last response."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._parser = httptools.HttpRequestParser(self)
        self._url = b""
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _exc: Exception | None) -> None:
        """Tell the poll, if one waited here."""
        self._api.forget(self)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which calls the `on_` methods."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._transport.abort()

    def on_url(self, url: bytes) -> None:
        """A new request begins."""
        self._url, self._body = url, []

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """The request is whole; its method is the last part of the path."""
        method = self._url.rpartition(b"/")[2].partition(b"?")[0].decode()
        self._api.receive(method, b"".join(self._body), self)

    def write(self, status: int, payload: bytes) -> None:
        """Send this response, unless the client has left."""
        if not self._transport.is_closing():
            self._transport.write(_HEAD % (status, len(payload), payload))


def parameters(body: bytes) -> dict[str, str]:
    """The parameters of a form or JSON body, values as text. A multipart body (an upload) has none that matter here."""
    if body.startswith(b"{"):
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in json.loads(body).items()}
    if body.startswith(b"--"):
        return {"chat_id": "0"}
    pairs = (part.partition(b"=") for part in body.replace(b"+", b" ").split(b"&") if part)
    return {name.decode(): unquote_to_bytes(value).decode() for name, _, value in pairs}


def _result(value: object) -> bytes:
    return json.dumps({"ok": True, "result": value}).encode()


def _error(code: int, description: str) -> bytes:
    return json.dumps({"ok": False, "error_code": code, "description": description}).encode()


async def serve(api: BotApi) -> tuple[asyncio.Server, int]:
    """Listen on a free port of 127.0.0.1; returns the server and the port."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api), "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]
