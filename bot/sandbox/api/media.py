"""Files that a bot sends: uploaded, or named by the id of a file it has seen. Links are refused: nothing is fetched."""

from typing import Any

from bot.sandbox.api.call import Call, Upload
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.pictures import picture_size
from bot.sandbox.texts import caption_text
from bot.sandbox.values import FileKind, JsonObject, StoredFile
from bot.sandbox.world import World

UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
DOWNLOAD_LIMIT = 20 << 20
"""In bytes: what a bot may upload, upload as a photo, and fetch."""
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
"""Width and height together, in pixels, and the longer side over the shorter."""

Media = tuple[StoredFile, str, tuple[JsonObject, ...]]
"""A file with its caption and the caption's entities."""


def photo_or_document(world: World, call: Call, kind: FileKind, given: Any, upload: Upload | None) -> StoredFile:
    """The file to send. `given` may also be `attach://<part>`. Raises the `ApiError` that Telegram would send."""
    if isinstance(given, str) and given.startswith("attach://"):
        upload = call.upload(given.removeprefix("attach://"))
        given = None
    if upload is not None:
        return _uploaded(world, kind, upload)
    if given is None or given == "":
        raise bad_request(f"there is no {kind} in the request")
    file = world.state.files.by_id(given) if isinstance(given, str) else None
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request("type of file mismatch")
    return file


def media_item(world: World, call: Call, item: Any) -> Media:
    """One InputMediaPhoto or InputMediaDocument."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: object expected")
    kind = item.get("type")
    if kind not in {"photo", "document"}:
        raise bad_request(f"can't parse InputMedia: type \"{kind}\" is not one of the sandbox's: photo, document")
    parse_mode, caption = item.get("parse_mode") or "", item.get("caption") or ""
    if not isinstance(parse_mode, str) or not isinstance(caption, str):
        raise bad_request("can't parse InputMedia: caption and parse_mode must be a String")
    text, entities = caption_text(caption, parse_mode, item.get("caption_entities"))
    return photo_or_document(world, call, kind, item.get("media"), None), text, entities


def get_file(world: World, call: Call) -> JsonObject:
    """getFile."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.state.files.by_id(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def _uploaded(world: World, kind: FileKind, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        _judge_photo(upload.content)
    return world.state.files.add(kind, upload.content, upload.name, upload.mime_type)


def _judge_photo(content: bytes) -> None:
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(content) > PHOTO_LIMIT:
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo")
    if sum(size) > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
