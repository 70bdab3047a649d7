"""From an HTTP request to a `Call`: query, JSON, urlencoded form or multipart, the first of a name winning."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.api.call import Call, Upload
from bot.sandbox.errors import bad_request

LARGEST_FIELD = 1 << 20
"""Bytes of a multipart field that is no file."""


async def read_call(request: Request, method: str) -> Call:
    """The parameters and uploads of a request. Raises a 400 `ApiError` when the body cannot be read."""
    parameters: dict[str, Any] = dict(_first_wins(request.query_params.multi_items()))
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_part_size=LARGEST_FIELD) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads.setdefault(name, Upload(value.filename or "", value.content_type or "", await value.read()))
                else:
                    parameters.setdefault(name, value)
        return Call(method, parameters, uploads)
    body = await request.body()
    if kind == "application/json":
        return Call(method, _json(body) | parameters)
    if kind == "application/x-www-form-urlencoded":
        form_items = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return Call(method, _first_wins(form_items) | parameters)
    return Call(method, parameters)


def _json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request body: invalid JSON") from None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request body: JSON object expected")
    return parsed


def _first_wins(items: list[tuple[str, str]]) -> dict[str, Any]:
    return dict(reversed(items))
