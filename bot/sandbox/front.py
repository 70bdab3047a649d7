"""The front door of the Bot API: token, faults, method, ledger, reply.

It answers for how a call looks on the wire: statuses, headers, HTML where a proxy would answer, connections that
break. What the methods do is `api/`.
"""

import asyncio
from inspect import isawaitable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.sandbox.api.call import Call
from bot.sandbox.api.table import BY_LOWER_NAME
from bot.sandbox.api.targets import target_id
from bot.sandbox.errors import ApiError, conflict, too_many_requests
from bot.sandbox.faults import Fault
from bot.sandbox.requests import read_call
from bot.sandbox.updates import OTHER_POLL
from bot.sandbox.values import JsonObject
from bot.sandbox.world import World

NOT_FOUND = ApiError(404, "Not Found")
METHOD_NOT_FOUND = ApiError(404, "Not Found: method not found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
INVALID_TOKEN = ApiError(401, "Unauthorized: invalid token specified")
RESTART = ApiError(500, "Internal Server Error: restart")

PAGES = {
    "502_html": (502, "502 Bad Gateway"),
    "404_html": (404, "404 Not Found"),
    "200_html": (200, "Welcome"),
}
"""What a proxy in between would answer: status and headline."""

BREAKS = frozenset({"reset", "drop_response_after_apply"})


class Front:
    """Answers the requests under `/bot…` and `/file/bot…`."""

    def __init__(self, world: World) -> None:
        """Serve this world's bot."""
        self._world = world

    async def method(self, request: Request) -> Response:
        """One call of a method."""
        refusal = self._judge_token(request.path_params["token"])
        if refusal is not None:
            return _reply(refusal.code, refusal.body())
        method = request.path_params["method"]
        try:
            call = await read_call(request, BY_LOWER_NAME.get(method.lower(), (method, None))[0])
        except ApiError as error:
            return _reply(error.code, error.body())
        return await self._answer(request, call)

    async def file(self, request: Request) -> Response:
        """The bytes of a file."""
        refusal = self._judge_token(request.path_params["token"])
        if refusal is not None:
            return _reply(refusal.code, refusal.body())
        content = self._world.state.files.content(request.path_params["path"])
        if content is None:
            return _reply(NOT_FOUND.code, NOT_FOUND.body())
        return Response(content, media_type="application/octet-stream")

    async def nothing(self, _: Request) -> Response:
        """A path that is no method."""
        return _reply(NOT_FOUND.code, NOT_FOUND.body())

    async def _answer(self, request: Request, call: Call) -> Response:
        faults = self._world.faults
        fault = faults.take(call.method, target_id(call))
        wait = faults.latency_ms + (fault.amount if fault is not None and fault.kind == "delay" else 0)
        if wait:
            await asyncio.sleep(wait / 1000)
        if fault is None or fault.kind == "delay":
            status, body = await self._carry_out(call)
            self._write(call, status, body, applied=True, fault=fault)
            return _reply(status, body)
        return await self._misbehave(request, call, fault)

    async def _misbehave(self, request: Request, call: Call, fault: Fault) -> Response:
        applied = fault.applied or fault.kind == "drop_response_after_apply"
        done = await self._carry_out(call) if applied else None
        if fault.kind in BREAKS:
            status, body = done or (0, {})
            self._write(call, status, body, applied=applied, fault=fault)
            request.app.state.hang_up(request.client, reset=fault.kind == "reset")
            return Response()
        if fault.kind in PAGES:
            status, headline = PAGES[fault.kind]
            self._write(call, status, done[1] if done else {}, applied=applied, fault=fault)
            return HTMLResponse(f"<html><head><title>{headline}</title></head><body>{headline}</body></html>", status)
        error = _injected(fault)
        self._write(call, error.code, error.body(), applied=applied, fault=fault)
        return _reply(error.code, error.body())

    async def _carry_out(self, call: Call) -> tuple[int, JsonObject]:
        try:
            self._pace(call)
            _, method = BY_LOWER_NAME.get(call.method.lower(), ("", None))
            if method is None:
                raise METHOD_NOT_FOUND
            result = method(self._world, call)
            return 200, {"ok": True, "result": await result if isawaitable(result) else result}
        except ApiError as error:
            return error.code, error.body()

    def _pace(self, call: Call) -> None:
        chat_id = target_id(call)
        paced = call.method.startswith(("send", "edit")) and call.method != "sendChatAction"
        if self._world.faults.limits and paced and chat_id is not None:
            seconds = self._world.pacing.wait(chat_id, self._world.clock.age_now())
            if seconds:
                raise too_many_requests(seconds)

    def _write(self, call: Call, status: int, body: JsonObject, *, applied: bool, fault: Fault | None) -> None:
        self._world.ledger.write(
            self._world.clock.now().isoformat(),
            call.method,
            call.described(),
            status=status,
            reply=body,
            applied=applied,
            fault=fault.kind if fault is not None else "",
            ignored=call.ignored() if applied else (),
        )

    def _judge_token(self, token: str) -> ApiError | None:
        if token == self._world.account.token:
            return None
        number, colon, secret = token.partition(":")
        return UNAUTHORIZED if number.isdecimal() and colon and secret else INVALID_TOKEN


def _injected(fault: Fault) -> ApiError:
    errors = {"500": RESTART, "401": UNAUTHORIZED, "409": conflict(OTHER_POLL), "429": too_many_requests(fault.amount)}
    return errors[fault.kind]


def _reply(status: int, body: JsonObject) -> Response:
    wait = body.get("parameters", {}).get("retry_after")
    return JSONResponse(body, status, {"Retry-After": str(wait)} if wait is not None else None)
