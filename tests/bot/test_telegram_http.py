"""Every way a call to Telegram can fail, row by row: which class comes of it, and whether Telegram got the call."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from rooms import GROUP, TANG, ZHOU, PracticeTelegram, practice_telegram
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot import telegram_http
from bot.sandbox.faults import Fault
from bot.telegram_http import AiohttpRequest, NotSent, TelegramApi, Unanswered, Upload, seconds_to_wait

TOKEN = "7000000001:SECRET_OF_THE_TESTS"  # noqa: S105  # opens nothing
SAY = {"chat_id": ZHOU, "text": "好"}


@pytest.fixture
async def practice() -> AsyncIterator[PracticeTelegram]:
    async with practice_telegram() as practice:
        yield practice


@contextlib.asynccontextmanager
async def answering(answer: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that says these bytes to every request and hangs up (None: says nothing); its address, and what came."""
    came: list[bytes] = []
    done = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"\r\n\r\n"))
        if answer is None:
            await done.wait()
        else:
            writer.write(answer)
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}/bot", came
    finally:
        done.set()
        server.close()
        await server.wait_closed()


@contextlib.asynccontextmanager
async def calling(base_url: str, proxy: str | None = None, token: str = TOKEN) -> AsyncIterator[TelegramApi]:
    request = AiohttpRequest(proxy)
    await request.initialize()
    try:
        yield TelegramApi(request, base_url, base_url, token)
    finally:
        await request.shutdown()


async def error_of(call: Coroutine[Any, Any, Any], token: str = TOKEN) -> TelegramError:
    """What the call raises. Its words are logged and stored, so they may not give the token away."""
    with pytest.raises(TelegramError) as caught:
        await call
    assert token not in f"{caught.value!s} {caught.value!r}"
    return caught.value


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("reset"), Unanswered),
        (Fault("drop_response_after_apply"), Unanswered),
        (Fault("500"), Unanswered),
        (Fault("500", applied=True), Unanswered),
        (Fault("502_html", applied=True), Unanswered),
        (Fault("200_html", applied=True), Unanswered),
        (Fault("404_html"), InvalidToken),
        (Fault("401"), InvalidToken),
        (Fault("409"), Conflict),
        (Fault("429", amount=7), RetryAfter),
    ],
    ids=lambda value: f"{value.kind}{'-applied' * value.applied}" if isinstance(value, Fault) else "",
)
@pytest.mark.parametrize("way", ["do", "ask", "send_file"])
async def test_what_went_wrong_on_the_way_has_its_class(
    practice: PracticeTelegram, fault: Fault, expected: type[TelegramError], way: str
) -> None:
    practice.world.faults.add(fault)
    api, token = practice.api, practice.world.account.token
    match way:
        case "do":
            error = await error_of(api.do("sendMessage", SAY), token)
        case "ask":
            error = await error_of(api.ask("sendMessage", SAY), token)
        case _:
            upload = Upload("document", "表.txt", b"1", "text/plain")
            error = await error_of(api.send_file("sendDocument", {"chat_id": ZHOU}, upload), token)
    assert type(error) is expected
    arrived = fault.applied or fault.kind == "drop_response_after_apply"
    assert len(practice.said(ZHOU)) == arrived, "the class must not promise more than what happened"
    await api.do("sendMessage", SAY)
    assert len(practice.said(ZHOU)) == arrived + 1, "the next call is well"


async def test_what_telegram_refuses_has_its_class_and_did_not_happen(practice: PracticeTelegram) -> None:
    token = practice.world.account.token
    moved = practice.world.groups.upgrade(GROUP, TANG)
    migrated = await error_of(practice.api.ask("sendMessage", {**SAY, "chat_id": GROUP}), token)
    assert isinstance(migrated, ChatMigrated)
    assert migrated.new_chat_id == moved.id
    empty = await error_of(practice.api.do("sendMessage", {**SAY, "text": ""}), token)
    assert (type(empty), empty.message) == (BadRequest, "Message text is empty")
    practice.world.people.block(ZHOU)
    assert type(await error_of(practice.api.do("sendMessage", SAY), token)) is Forbidden
    assert practice.said(ZHOU) == []
    assert practice.said(moved.id) == []


async def test_nobody_listens_means_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with calling(f"http://127.0.0.1:{port}/bot") as api:
        assert type(await error_of(api.do("sendMessage", SAY))) is NotSent


async def test_a_connection_that_never_comes_about_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_http, "_CONNECT_SECONDS", 0.1)
    with contextlib.ExitStack() as kept:
        full = kept.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):
            # Fills the queue of a server that accepts nobody: the kernel answers no further greeting.
            waiting = kept.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        async with calling(f"http://127.0.0.1:{full.getsockname()[1]}/bot") as api:
            assert type(await error_of(api.do("sendMessage", SAY))) is NotSent


async def test_silence_after_the_call_arrived_means_unanswered() -> None:
    async with answering(None) as (address, came), calling(address) as api:
        assert type(await error_of(api.ask("getUpdates", {}, seconds=0.1))) is Unanswered
        assert came[0].startswith(f"POST /bot{TOKEN}/getUpdates ".encode()), "it had got the call"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":true,"resu', Unanswered),
        (b"", Unanswered),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", Unanswered),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":false', Unanswered),
        (b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 6\r\n\r\n<html>", Unanswered),
        (b"gibberish\r\n\r\n", Unanswered),
        (b'HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\n{"ok":false}', InvalidToken),
    ],
    ids=["truncated", "closed", "no object", "half an object", "504", "no HTTP", "404 JSON"],
)
async def test_half_answers_and_no_answers(answer: bytes, expected: type[NetworkError]) -> None:
    async with answering(answer) as (address, came), calling(address) as api:
        assert type(await error_of(api.ask("getMe", {}))) is expected
        assert len(came) == 1, "nothing is repeated behind the caller's back"


async def test_the_file_server_gives_bytes_or_an_error(practice: PracticeTelegram) -> None:
    practice.world.people.send_document(ZHOU, b"\x00\xff", "a.bin")
    message = practice.world.messages(ZHOU)[-1]
    assert message.file is not None
    found = await practice.api.ask("getFile", {"file_id": message.file.id})
    assert await practice.api.fetch(found["file_path"]) == b"\x00\xff"
    error = await error_of(practice.api.fetch("documents/none"), practice.world.account.token)
    assert type(error) is Unanswered


async def test_the_librarys_own_bot_speaks_over_it(practice: PracticeTelegram) -> None:
    bot = Bot(
        practice.world.account.token,
        base_url=practice.base_url,
        base_file_url=practice.file_url,
        request=practice.request,
        get_updates_request=AiohttpRequest(None),
    )
    async with bot:
        assert bot.username == practice.world.account.username
        sent = await bot.send_document(ZHOU, b"%PDF-", filename="明照乡.pdf", caption="评分表")
        assert sent.document is not None
        assert sent.document.file_name == "明照乡.pdf"
        assert bytes(await (await bot.get_file(sent.document.file_id)).download_as_bytearray()) == b"%PDF-"
        practice.world.faults.add(Fault("drop_response_after_apply", method="sendMessage"))
        assert type(await error_of(bot.send_message(ZHOU, "好"), bot.token)) is Unanswered
        practice.world.people.block(ZHOU)
        assert type(await error_of(bot.send_message(ZHOU, "好"), bot.token)) is Forbidden
        # Closing the bot closes its transports; a second time is harmless.
        await practice.request.shutdown()
    await practice.request.initialize()


async def test_the_librarys_timeouts_are_heeded() -> None:
    async with answering(None) as (address, _):
        bot = Bot(TOKEN, base_url=address, request=AiohttpRequest(None), get_updates_request=AiohttpRequest(None))
        for request in bot._request:
            await request.initialize()
        try:
            assert type(await error_of(bot.get_me(read_timeout=0.1))) is Unanswered
            assert bot.request.read_timeout == 30
        finally:
            for request in bot._request:
                await request.shutdown()


async def test_a_proxy_is_used_when_set() -> None:
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"ok":true,"result":1}'
    async with answering(answer) as (proxy, came), calling("http://telegram.invalid/bot", proxy) as api:
        assert await api.ask("getMe", {}) == 1
        assert came[0].startswith(f"POST http://telegram.invalid/bot{TOKEN}/getMe ".encode())


async def test_a_transport_that_was_not_opened_says_so() -> None:
    api = TelegramApi(AiohttpRequest(""), "http://127.0.0.1:9/bot", "", TOKEN)
    with pytest.raises(RuntimeError, match="not initialised"):
        await api.do("getMe", {})


@pytest.mark.parametrize("opted_in", ["0", "1"])
def test_the_wait_is_read_from_either_of_the_librarys_forms(opted_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The library's switch to the coming form.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    error = RetryAfter(timedelta(seconds=7))
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    assert seconds_to_wait(error) == 7.0
