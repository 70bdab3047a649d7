"""The plain HTTP of the page: its own files, the font, the files of messages, and what people attach.

Answers for: nothing coming from any other host, and a font of many megabytes that is loaded once. Documents are
handed out as downloads, never shown as pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, HTTPException, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from bot.sandbox.phone.entities import signs
from bot.sandbox.values import Attachment, FileKind
from bot.sandbox.world import World

STATIC = Path(__file__).with_name("static")
FOREVER = "public, max-age=31536000, immutable"

_FORMATS = {".otf": "opentype", ".ttf": "truetype", ".woff2": "woff2"}
_LOCAL = (
    "PingFang SC",
    "PingFangSC-Regular",
    "Noto Sans SC",
    "NotoSansSC-Regular",
    "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular",
    "Source Han Sans SC",
    "Microsoft YaHei",
)


class FreshFiles(StaticFiles):
    """Static files that a browser keeps but asks about: they change with the program, not with their names."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        """The file, to be asked for again each time (304 when unchanged)."""
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_routes(app: FastAPI, world: World, font_files: Mapping[int, Path]) -> None:
    """Add everything under /phone. `font_files` maps a CSS weight to the font file of that weight."""
    app.include_router(_fonts(font_files))
    app.include_router(_message_files(world))
    app.include_router(_attachments(world))
    app.mount("/phone/static", FreshFiles(directory=STATIC))


def font_faces(font_files: Mapping[int, Path]) -> str:
    """The @font-face rules: a CJK font the machine has, else ours. The size in the address renews the cache."""
    local = ", ".join(f'local("{name}")' for name in _LOCAL)
    return "\n".join(
        f'@font-face {{ font-family: "Hongqi Sans"; font-weight: {weight}; font-display: swap; src: {local}, '
        f'url("/phone/fonts/{weight}?size={file.stat().st_size}") format("{_FORMATS[file.suffix]}"); }}'
        for weight, file in font_files.items()
    )


def _fonts(font_files: Mapping[int, Path]) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/phone/fonts/{weight}")
    def font(weight: int) -> FileResponse:
        if weight not in font_files:
            raise HTTPException(404)
        file = font_files[weight]
        return FileResponse(file, media_type=f"font/{file.suffix[1:]}", headers={"Cache-Control": FOREVER})

    return router


def _message_files(world: World) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/phone/files/{chat_id}/{message_id}")
    async def message_file(chat_id: int, message_id: int) -> Response:
        try:
            file = world.message(chat_id, message_id).file
        except ValueError as unknown:
            raise HTTPException(404) from unknown
        if file is None:
            raise HTTPException(404)
        headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
        if file.kind == "document":
            headers["Content-Disposition"] = "attachment"
        media_type = file.mime_type if file.kind == "photo" else "application/octet-stream"
        return Response(world.file_content(file), media_type=media_type or "image/jpeg", headers=headers)

    return router


def _attachments(world: World) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/phone/attachments", response_class=HTMLResponse)
    async def attachments(
        chat: Annotated[int, Form()],
        person: Annotated[int, Form()],
        kind: Annotated[FileKind, Form()],
        files: list[UploadFile],
        caption: Annotated[str, Form()] = "",
        reply_to: Annotated[int | None, Form()] = None,
    ) -> Response:
        items = [
            Attachment(kind, await file.read(), file.filename or "", file.content_type or "application/octet-stream")
            for file in files
        ]
        try:
            _send(world, person, items, caption, None if chat == person else chat, reply_to)
        except ValueError as refusal:
            return HTMLResponse(signs(str(refusal)), status_code=400)
        return HTMLResponse("")

    return router


def _send(
    world: World, person: int, items: list[Attachment], caption: str, chat_id: int | None, reply_to: int | None
) -> None:
    """One picture or file alone, several as an album."""
    if len(items) > 1:
        world.people.send_album(person, items, caption=caption, chat_id=chat_id, reply_to=reply_to)
        return
    (item,) = items
    if item.kind == "photo":
        world.people.send_photo(person, item.content, caption=caption, chat_id=chat_id, reply_to=reply_to)
        return
    world.people.send_document(
        person, item.content, item.name, mime_type=item.mime_type, caption=caption, chat_id=chat_id, reply_to=reply_to
    )
