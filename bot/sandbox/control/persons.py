"""Persons and what they do. A deed that makes a message returns it as a phone shows it (`views.MessageView`)."""

from typing import Annotated

from fastapi import Query
from pydantic import Base64Bytes, BaseModel

from bot.sandbox.control.door import Wait, WorldHere, control_router
from bot.sandbox.control.views import MessageView, shown
from bot.sandbox.values import Answer, Attachment, FileKind, Person

router = control_router()


class Profile(BaseModel):
    """A person to join, or to change when `person_id` exists."""

    first_name: str
    person_id: int = 0
    username: str = ""
    language_code: str = "zh-hans"
    note: str = ""


class Place(BaseModel):
    """Where something is said: the private chat unless `chat_id` names a group."""

    chat_id: int | None = None
    reply_to: int | None = None
    thread_id: int | None = None


class Words(Place):
    """A text."""

    text: str


class Edit(BaseModel):
    """A new text or caption for one's own message."""

    message_id: int
    text: str
    chat_id: int | None = None


class FileSent(BaseModel):
    """A file; its content in base64."""

    content: Base64Bytes
    name: str = ""
    mime_type: str = "application/octet-stream"


class Photo(Place):
    """A picture."""

    content: Base64Bytes
    caption: str = ""


class Document(Place, FileSent):
    """A file with a caption."""

    caption: str = ""


class Album(Place):
    """An album."""

    items: list[FileSent]
    kind: FileKind = "photo"
    caption: str = ""
    caption_on: int = 0


class Spot(Place):
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


class TapOn(BaseModel):
    """A tap by label or data; `forged` sends data that no button need carry."""

    message_id: int
    label: str | None = None
    data: str | None = None
    chat_id: int | None = None
    forged: bool = False


@router.get("/persons")
async def persons(world: WorldHere) -> list[Person]:
    """Everybody."""
    return world.persons()


@router.post("/persons")
async def join(world: WorldHere, profile: Profile) -> Person:
    """Join."""
    return world.people.join(**profile.model_dump())


@router.post("/persons/{person_id}/start")
async def start(world: WorldHere, person_id: int, payload: str = "") -> MessageView:
    """Press START."""
    return shown(world, world.people.start(person_id, payload))


@router.post("/persons/{person_id}/open")
async def open_link(world: WorldHere, person_id: int, url: str) -> MessageView:
    """Open a link to the bot."""
    return shown(world, world.people.open_link(person_id, url))


@router.post("/persons/{person_id}/say")
async def say(world: WorldHere, person_id: int, words: Words) -> MessageView:
    """Say something."""
    return shown(world, world.people.say(person_id, **words.model_dump()))


@router.post("/persons/{person_id}/photo")
async def photo(world: WorldHere, person_id: int, photo: Photo) -> MessageView:
    """Send a picture."""
    return shown(world, world.people.send_photo(person_id, **photo.model_dump() | _raw(photo)))


@router.post("/persons/{person_id}/document")
async def document(world: WorldHere, person_id: int, document: Document) -> MessageView:
    """Send a file."""
    return shown(world, world.people.send_document(person_id, **document.model_dump() | _raw(document)))


@router.post("/persons/{person_id}/album")
async def album(world: WorldHere, person_id: int, album: Album) -> list[MessageView]:
    """Send an album."""
    items = [Attachment(album.kind, item.content, item.name, item.mime_type) for item in album.items]
    rest = album.model_dump(exclude={"items", "kind"})
    return [shown(world, message) for message in world.people.send_album(person_id, items, **rest)]


@router.post("/persons/{person_id}/location")
async def location(world: WorldHere, person_id: int, spot: Spot) -> MessageView:
    """Send a place."""
    return shown(world, world.people.send_location(person_id, **spot.model_dump()))


@router.post("/persons/{person_id}/edit")
async def edit(world: WorldHere, person_id: int, edit: Edit) -> MessageView:
    """Edit one's own message."""
    return shown(world, world.people.edit(person_id, **edit.model_dump()))


@router.post("/persons/{person_id}/tap")
async def tap(world: WorldHere, person_id: int, tap: TapOn) -> dict[str, str]:
    """Tap a button; `{"tap": id}`."""
    if not tap.forged:
        tapped = world.people.tap(person_id, tap.message_id, tap.label, data=tap.data, chat_id=tap.chat_id)
    else:
        tapped = world.people.forge_tap(person_id, tap.message_id, tap.data or "", chat_id=tap.chat_id)
    return {"tap": tapped}


@router.get("/taps/{tap_id}")
async def answer(world: WorldHere, tap_id: str, seconds: Wait = 0) -> Answer | None:
    """The bot's answer to a tap, waited for; null when there is none (yet)."""
    try:
        return await world.people.answer_to(tap_id, seconds)
    except TimeoutError:
        return None


@router.post("/persons/{person_id}/block")
async def block(world: WorldHere, person_id: int, blocked: bool = True) -> None:
    """Block the bot, or unblock it with `blocked=false`."""
    if blocked:
        world.people.block(person_id)
    else:
        world.people.unblock(person_id)


@router.post("/persons/{person_id}/deactivate")
async def deactivate(world: WorldHere, person_id: int) -> None:
    """Delete the account."""
    world.people.deactivate(person_id)


@router.get("/persons/{person_id}/commands")
async def commands(
    world: WorldHere, person_id: int, chat_id: Annotated[int | None, Query()] = None
) -> list[tuple[str, str]]:
    """The command menu this person is offered."""
    return world.command_menu(person_id, chat_id)


def _raw(sent: Photo | Document) -> dict[str, bytes]:
    """The content as bytes: a dump would encode it again."""
    return {"content": sent.content}
