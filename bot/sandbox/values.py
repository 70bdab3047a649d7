"""What a practice Telegram is made of: persons, chats, messages, files, taps and their answers, as frozen values.

A change makes a new value, so that whoever holds one (a page, a ledger entry, a reply) keeps what was true then.
Nothing here knows the Bot API's JSON; `render.py` does.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

JsonObject = dict[str, Any]
"""One JSON object, in the Bot API's own field names."""

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
MessageKind = Literal["text", "photo", "document", "location", "service"]
FileKind = Literal["photo", "document"]


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the practice Telegram. `note` is for whoever plays (a role, a unit); the bot never sees it."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "zh-hans"
    note: str = ""
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The one bot of this world. `privacy`: in groups it hears only what is meant for it."""

    token: str = "7000000001:SANDBOX_TOKEN_THAT_OPENS_NOTHING"  # noqa: S105 -- a practice token opens nothing
    first_name: str = "红旗"
    username: str = "hongqi_bot"
    privacy: bool = True

    @property
    def id(self) -> int:
        """The bot's user id: the part of the token before the colon."""
        return int(self.token.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat of a person with the bot (same id as the person), a group, or a supergroup (id -100…).

    `members` maps person ids to their status, without the bot; `bot_status` is the bot's own (in a private chat
    `kicked` means blocked). `topics` maps thread ids to names and is filled only when `is_forum`.
    `muted`: the bot may read but not write. `migrated_to` is set once a group has become a supergroup.
    """

    id: int
    type: ChatType
    title: str = ""
    is_forum: bool = False
    bot_status: Status = "member"
    muted: bool = False
    migrated_to: int | None = None
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the practice Telegram. `size` in bytes; width and height (pixels) only for photos.

    `thumbnail` is the small version of a photo; its content is the photo's own, shown smaller.
    """

    id: str
    unique_id: str
    kind: FileKind
    path: str
    size: int
    name: str = ""
    mime_type: str = ""
    width: int = 0
    height: int = 0
    thumbnail: "StoredFile | None" = None


@dataclass(frozen=True, slots=True)
class Location:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Message:
    """One message as everybody in the chat sees it.

    `text` is the text or, with a photo or document, the caption; `entities` are Bot API entity objects with
    offsets in UTF-16 units. `date` and `edit_date` are Unix seconds of the virtual clock. `markup` is the Bot
    API's reply_markup: an inline keyboard, a reply keyboard or a force-reply. `service` holds the fields of a
    service message (`new_chat_members`, `migrate_to_chat_id` …). `album` is the media_group_id.
    """

    chat_id: int
    id: int
    date: int
    sender_id: int
    kind: MessageKind
    text: str = ""
    entities: tuple[JsonObject, ...] = ()
    file: StoredFile | None = None
    location: Location | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    album: str | None = None
    markup: JsonObject | None = None
    edit_date: int | None = None
    service: JsonObject | None = None

    @property
    def keyboard(self) -> tuple[tuple[JsonObject, ...], ...]:
        """The rows of inline buttons under the message, each button a Bot API object; empty without a keyboard."""
        return tuple(tuple(row) for row in (self.markup or {}).get("inline_keyboard", ()))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a tap: a toast, or an alert box when `alert`; `url` opens a page."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A callback query. `made_at` is in seconds of the world's ageing clock, not of the virtual one."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    made_at: float
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """One picture or file that a person sends in an album. A picture must be a PNG or JPEG; a file needs a name."""

    kind: FileKind
    content: bytes
    name: str = ""
    mime_type: str = "application/octet-stream"
