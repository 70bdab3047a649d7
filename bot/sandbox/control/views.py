"""Messages as a phone shows them, for scripts and tests."""

from pydantic import BaseModel

from bot.sandbox.values import JsonObject, Location, Message, StoredFile
from bot.sandbox.world import World


class MessageView(BaseModel):
    """One message. `buttons` are the labels of the inline keyboard, row by row; `keyboard` the same as objects.

    `html` is the text with its entities, all else escaped. `date` and `edit_date` are Unix seconds of the virtual
    clock. `markup` is any reply markup, also a reply keyboard or force-reply.
    """

    chat_id: int
    id: int
    date: int
    edit_date: int | None
    sender_id: int
    sender: str
    by_bot: bool
    kind: str
    text: str
    html: str
    entities: list[JsonObject]
    file: StoredFile | None
    location: Location | None
    reply_to: int | None
    thread_id: int | None
    album: str | None
    buttons: list[list[str]]
    keyboard: list[list[JsonObject]]
    markup: JsonObject | None
    service: JsonObject | None


def shown(world: World, message: Message) -> MessageView:
    """The view of a message."""
    by_bot = message.sender_id == world.account.id
    return MessageView(
        chat_id=message.chat_id,
        id=message.id,
        date=message.date,
        edit_date=message.edit_date,
        sender_id=message.sender_id,
        sender=world.account.first_name if by_bot else world.person(message.sender_id).first_name,
        by_bot=by_bot,
        kind=message.kind,
        text=message.text,
        html=world.html(message),
        entities=list(message.entities),
        file=message.file,
        location=message.location,
        reply_to=message.reply_to,
        thread_id=message.thread_id,
        album=message.album,
        buttons=[[button["text"] for button in row] for row in message.keyboard],
        keyboard=[list(row) for row in message.keyboard],
        markup=message.markup,
        service=message.service,
    )
