"""HTTP to Telegram over aiohttp: a transport for python-telegram-bot, and direct calls.

Every way a call can fail becomes one of telegram.error's classes. Two are refined, because
a post that must go out once depends on the difference: `NotSent`, where Telegram certainly
did not get the call, and `Unanswered`, where nobody can know.
Direct calls do not parse replies that nobody reads.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBDeprecationWarning

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_MEDIA_SECONDS = 60.0
_POOL = 256


class NotSent(NetworkError):
    """No connection came about: the call did not reach Telegram and may be repeated."""


class Unanswered(NetworkError):
    """The connection broke, timed out or brought no proper answer: the call may have had its effect."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes along with a call, under the name of its parameter."""

    field: str
    file_name: str
    content: bytes
    mime: str


class AiohttpRequest(BaseRequest):
    """The transport below python-telegram-bot's Bot. Times are in seconds."""

    def __init__(self, proxy: str | None, *, keep_alive: bool = True) -> None:
        self._proxy = proxy or None
        self._keep_alive = keep_alive
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Open the session; doing it again changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_POOL, force_close=not self._keep_alive)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call of python-telegram-bot's; gives the status and the body."""
        del write_timeout, connect_timeout, pool_timeout
        seconds = read_timeout if isinstance(read_timeout, int | float) else _READ_SECONDS
        body: Any = None
        if request_data is not None:
            body = _form(request_data) if request_data.contains_files else request_data.json_parameters
        return await self.exchange(url, method, body, seconds)

    async def exchange(
        self, url: str, method: str, body: Any, seconds: float, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """One HTTP exchange. Raises NotSent or Unanswered."""
        if self._session is None:
            raise RuntimeError("the transport was not initialised")
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS, sock_read=seconds)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(_told(error)) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Unanswered(_told(error)) from error


def _told(error: Exception) -> str:
    # Only this class is known to name the host alone. Others quote the whole address, and the token is part of it.
    return str(error) if isinstance(error, aiohttp.ClientConnectorError) else type(error).__name__


class TelegramApi:
    """Direct calls of Bot API methods, by name and parameters."""

    def __init__(self, request: AiohttpRequest, base_url: str, base_file_url: str, token: str) -> None:
        self._request = request
        self._base = f"{base_url}{token}/"
        self._files = f"{base_file_url}{token}/"

    async def do(self, method: str, parameters: Mapping[str, Any]) -> None:
        """Call a method whose result nobody reads. Raises telegram.error's classes."""
        status, body = await self._post(method, parameters)
        if not (status == 200 and body.startswith(b'{"ok":true')):
            _result(status, body)

    async def ask(self, method: str, parameters: Mapping[str, Any], *, seconds: float = _READ_SECONDS) -> Any:
        """Call a method and give its result as parsed JSON. Raises telegram.error's classes."""
        return _result(*await self._post(method, parameters, seconds))

    async def send_file(self, method: str, parameters: Mapping[str, Any], upload: Upload) -> Any:
        """Call a method with a file and give its result. Raises telegram.error's classes."""
        form = _new_form()
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        form.add_field(upload.field, upload.content, filename=upload.file_name, content_type=upload.mime)
        return _result(*await self._request.exchange(self._base + method, "POST", form, _MEDIA_SECONDS))

    async def fetch(self, file_path: str) -> bytes:
        """The content of a file that getFile gave the path of."""
        status, body = await self._request.exchange(self._files + file_path, "GET", None, _MEDIA_SECONDS)
        if status != 200:
            raise Unanswered(f"the file server answered {status}")
        return body

    async def _post(
        self, method: str, parameters: Mapping[str, Any], seconds: float = _READ_SECONDS
    ) -> tuple[int, bytes]:
        body = json.dumps(parameters, ensure_ascii=False).encode()
        return await self._request.exchange(self._base + method, "POST", body, seconds, _JSON)


_JSON = {"Content-Type": "application/json"}


def _result(status: int, body: bytes) -> Any:
    """The result of an answer. Raises what the answer says, by status and parameters."""
    try:
        answer = json.loads(body)
        description = str(answer.get("description", ""))
    except (ValueError, AttributeError):
        if status == 404:
            raise InvalidToken("404 without a JSON body: the address or the token is wrong") from None
        raise Unanswered(f"status {status} without a JSON body") from None
    if status == 200 and answer.get("ok") is True:
        return answer.get("result")
    raise _refused(status, description, answer.get("parameters") or {})


def _refused(status: int, description: str, parameters: Mapping[str, Any]) -> Exception:
    if "migrate_to_chat_id" in parameters:
        return ChatMigrated(int(parameters["migrate_to_chat_id"]))
    if "retry_after" in parameters:
        with _unwarned():
            return RetryAfter(int(parameters["retry_after"]))
    match status:
        case 400:
            return BadRequest(description)
        case 401 | 404:
            return InvalidToken(description)
        case 403:
            return Forbidden(description)
        case 409:
            return Conflict(description)
    return Unanswered(f"status {status}: {description}")


def _new_form() -> aiohttp.FormData:
    # Telegram takes file names as they are: quoted, 明照乡.pdf would be shown as %E6%98%8E….
    return aiohttp.FormData(quote_fields=False)


def _form(data: RequestData) -> aiohttp.FormData:
    form = _new_form()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks to wait; the library is moving from a number to a timedelta."""
    with _unwarned():
        wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


@contextmanager
def _unwarned() -> Iterator[None]:
    """The library warns of that move each time it touches its own number; we are ready for both."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        yield
