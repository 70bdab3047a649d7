"""Looking at the world: chats, messages, files, the ledger, and waiting for it to change or to come to rest."""

from fastapi import Response

from bot.sandbox.control.door import Wait, WorldHere, control_router
from bot.sandbox.control.views import MessageView, shown
from bot.sandbox.ledger import Entry
from bot.sandbox.values import Chat

router = control_router()


@router.get("/chats")
async def chats(world: WorldHere) -> list[Chat]:
    """All chats."""
    return world.chats()


@router.get("/chats/{chat_id}/messages")
async def messages(world: WorldHere, chat_id: int, after: int = 0) -> list[MessageView]:
    """The messages of a chat with ids above `after`."""
    return [shown(world, message) for message in world.messages(chat_id, after)]


@router.get("/chats/{chat_id}/messages/{message_id}")
async def message(world: WorldHere, chat_id: int, message_id: int) -> MessageView:
    """One message."""
    return shown(world, world.message(chat_id, message_id))


@router.get("/files/{file_id}")
async def file(world: WorldHere, file_id: str) -> Response:
    """The bytes of a file, of any size."""
    found = world.state.files.by_id(file_id)
    if found is None:
        raise ValueError(f"There is no file {file_id}.")
    return Response(world.file_content(found), media_type=found.mime_type or "application/octet-stream")


@router.get("/ledger")
async def ledger(world: WorldHere, after: int = 0, method: str = "") -> list[Entry]:
    """The bot's calls with numbers above `after`; of one method if named."""
    return world.ledger.entries(after, method)


@router.get("/changed")
async def changed(world: WorldHere, after: int = 0, seconds: Wait = 25) -> dict[str, int]:
    """Wait until the world's version is above `after`; `{"version": n}` as it stands then or when time is up."""
    return {"version": await world.changed(after, seconds)}


@router.get("/drained")
async def drained(world: WorldHere, seconds: Wait = 25) -> dict[str, bool]:
    """Wait until the bot has acknowledged every update; `{"drained": false}` when time is up."""
    return {"drained": await world.drained(seconds)}
