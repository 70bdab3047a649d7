"""What people do on the practice Telegram: join, write, tap, send pictures, block the bot.

It answers for the messages and updates these deeds make, and refuses with `ValueError` what a phone would not let
a person do. It never speaks for the bot.
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.seeds import number_from
from bot.sandbox.state import State
from bot.sandbox.texts import CAPTION_LIMIT, TEXT_LIMIT, plain
from bot.sandbox.updates import TAP_LIFE
from bot.sandbox.values import Answer, Attachment, Chat, FileKind, Location, Message, MessageKind, Person, Tap

FIRST_PERSON = 5_000_000_000
"""Ids of people lie above 32 bits, as real ones do."""
ALBUM = range(2, 11)


class People:
    """Every deed takes the person's id first; `chat_id` is a group they are in, and without it their private chat."""

    def __init__(self, state: State) -> None:
        """Act on this state."""
        self._state = state

    def join(
        self, first_name: str, *, person_id: int = 0, username: str = "", language_code: str = "zh-hans", note: str = ""
    ) -> Person:
        """Create a person, or bring the profile of an existing `person_id` up to date. Id 0 picks a new one."""
        if not first_name.strip():
            raise ValueError("A person needs a name.")
        chosen = person_id or FIRST_PERSON + self._state.records.next_number("persons")
        person = self._state.records.put_person(Person(chosen, first_name, username, language_code, note))
        self._state.feed.bump()
        return person

    def start(self, person_id: int, payload: str = "") -> Message:
        """Press START in the private chat (unblocks the bot): says `/start` with the payload of a link, if any."""
        self._active(person_id)
        chat = self._state.records.chats.get(person_id)
        if chat is None:
            self._state.records.put_chat(Chat(person_id, "private"))
        elif chat.bot_status == "kicked":
            self.unblock(person_id)
        return self.say(person_id, f"/start {payload}".rstrip())

    def open_link(self, person_id: int, url: str) -> Message:
        """Open `https://t.me/<bot>?start=<payload>` and press START."""
        parts = urlsplit(url)
        if parts.hostname != "t.me" or parts.path.strip("/").lower() != self._state.account.username.lower():
            raise ValueError(
                f"{url} is no link to this bot; that would be https://t.me/{self._state.account.username}."
            )
        return self.start(person_id, parse_qs(parts.query).get("start", [""])[0])

    def say(
        self,
        person_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a text. Commands, mentions and links get their entities, as phones set them."""
        shown, entities = plain(text)
        if not 0 < len(shown) <= TEXT_LIMIT:
            raise ValueError(f"A text has 1 to {TEXT_LIMIT} characters; this one has {len(shown)}.")
        chat = self._open_chat(person_id, chat_id, reply_to, thread_id)
        content = {"text": shown, "entities": entities, "reply_to": reply_to, "thread_id": thread_id}
        return self._state.post(chat, person_id, "text", **content)

    def send_photo(
        self,
        person_id: int,
        content: bytes,
        *,
        caption: str = "",
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a picture (PNG or JPEG, any size)."""
        chat = self._open_chat(person_id, chat_id, reply_to, thread_id)
        return self._send(chat, person_id, Attachment("photo", content), caption, reply_to, thread_id)

    def send_document(
        self,
        person_id: int,
        content: bytes,
        name: str,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a file of any size and kind."""
        chat = self._open_chat(person_id, chat_id, reply_to, thread_id)
        attachment = Attachment("document", content, name, mime_type)
        return self._send(chat, person_id, attachment, caption, reply_to, thread_id)

    def send_album(
        self,
        person_id: int,
        items: Sequence[Attachment],
        *,
        caption: str = "",
        caption_on: int = 0,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> list[Message]:
        """Send 2 to 10 pictures or files as one album: one update each, the caption on item `caption_on` alone."""
        if len(items) not in ALBUM or len({item.kind for item in items}) != 1:
            raise ValueError("An album has 2 to 10 items, all pictures or all files.")
        if not 0 <= caption_on < len(items):
            raise ValueError(f"There is no item {caption_on} to carry the caption.")
        chat = self._open_chat(person_id, chat_id, reply_to, thread_id)
        album = str(number_from(self._state.seed, f"album {self._state.records.next_number('albums')}", 2**53))
        captions = [caption if place == caption_on else "" for place in range(len(items))]
        return [
            self._send(chat, person_id, item, words, reply_to, thread_id, album)
            for item, words in zip(items, captions, strict=True)
        ]

    def send_location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a place, in degrees."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"There is no such place on earth: {latitude}, {longitude}.")
        chat = self._open_chat(person_id, chat_id, reply_to, thread_id)
        content = {"location": Location(latitude, longitude), "reply_to": reply_to, "thread_id": thread_id}
        return self._state.post(chat, person_id, "location", **content)

    def edit(self, person_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """Change the text or caption of one's own message; the bot gets `edited_message`."""
        chat = self._open_chat(person_id, chat_id)
        message = self._state.message(chat.id, message_id)
        if message.sender_id != person_id or message.kind in {"location", "service"}:
            raise ValueError(f"Message {message_id} has no text of {person_id}'s own to change.")
        shown, entities = plain(text)
        if not shown and message.kind == "text":
            raise ValueError("A text cannot be changed to nothing.")
        return self._state.revise(message, text=shown, entities=entities)

    def tap(
        self,
        person_id: int,
        message_id: int,
        label: str | None = None,
        *,
        data: str | None = None,
        chat_id: int | None = None,
    ) -> str:
        """Tap the inline button with this label or this callback data; returns the id of the callback query.

        Raises `ValueError` when the message has no such button (or more than one) or the button opens a link.
        """
        message = self._state.message(person_id if chat_id is None else chat_id, message_id)
        buttons = [button for row in message.keyboard for button in row]
        wanted = [
            button
            for button in buttons
            if (label is None or button["text"] == label) and (data is None or button.get("callback_data") == data)
        ]
        if len(wanted) != 1:
            labels = " ".join(f"[{button['text']}]" for button in buttons)
            raise ValueError(f"{len(wanted)} buttons of message {message_id} match {label or data!r}; it has {labels}.")
        if "callback_data" not in wanted[0]:
            raise ValueError(
                f"The button [{wanted[0]['text']}] opens {wanted[0].get('url')}; it tells the bot nothing."
            )
        return self.forge_tap(person_id, message_id, wanted[0]["callback_data"], chat_id=chat_id)

    def forge_tap(self, person_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Send callback data that no button carries, as a tampered client can; returns the callback query's id."""
        chat = self._open_chat(person_id, chat_id)
        message = self._state.message(chat.id, message_id)
        tap_id = str(number_from(self._state.seed, f"tap {self._state.records.next_number('taps')}", 2**62))
        tap = Tap(tap_id, person_id, chat.id, message_id, data, self._state.clock.age_now())
        self._state.records.put_tap(tap)
        self._state.updates.add("callback_query", self._state.render.tap(tap, message))
        self._state.feed.bump()
        return tap_id

    def answer(self, tap_id: str) -> Answer | None:
        """What the bot answered to a tap so far. Raises `ValueError` for an unknown tap."""
        tap = self._state.records.taps.get(tap_id)
        if tap is None:
            raise ValueError(f"There is no tap {tap_id} (any more).")
        return tap.answer

    async def answer_to(self, tap_id: str, within: float = TAP_LIFE) -> Answer:
        """Wait for the bot's answer to a tap. Raises `TimeoutError` after `within` real seconds."""
        await self._state.feed.until(lambda: self.answer(tap_id) is not None, within)
        answer = self.answer(tap_id)
        if answer is None:
            raise TimeoutError(f"The bot did not answer tap {tap_id} within {within} seconds.")
        return answer

    def block(self, person_id: int) -> None:
        """Block the bot; it gets `my_chat_member` and cannot write any more."""
        self._state.set_bot_status(self._state.chat(person_id), "kicked", person_id)

    def unblock(self, person_id: int) -> None:
        """Unblock the bot."""
        self._state.set_bot_status(self._state.chat(person_id), "member", person_id)

    def deactivate(self, person_id: int) -> None:
        """Delete the person's account: the bot can no longer write to them, and they do nothing more."""
        self._state.records.put_person(replace(self._state.person(person_id), deactivated=True))
        self._state.feed.bump()

    def _send(
        self,
        chat: Chat,
        person_id: int,
        attachment: Attachment,
        caption: str,
        reply_to: int | None,
        thread_id: int | None,
        album: str | None = None,
    ) -> Message:
        shown, entities = plain(caption)
        if len(shown) > CAPTION_LIMIT:
            raise ValueError(f"A caption has at most {CAPTION_LIMIT} characters; this one has {len(shown)}.")
        kind: MessageKind = attachment.kind
        named: FileKind = attachment.kind
        if named == "document" and not attachment.name:
            raise ValueError("A file needs a name.")
        file = self._state.files.add(named, attachment.content, attachment.name, attachment.mime_type)
        content = {"file": file, "text": shown, "entities": entities, "album": album}
        return self._state.post(chat, person_id, kind, **content, reply_to=reply_to, thread_id=thread_id)

    def _active(self, person_id: int) -> Person:
        person = self._state.person(person_id)
        if person.deactivated:
            raise ValueError(f"{person.first_name} ({person_id}) has deleted the account.")
        return person

    def _open_chat(
        self, person_id: int, chat_id: int | None, reply_to: int | None = None, thread_id: int | None = None
    ) -> Chat:
        """The chat, if this person can write there now."""
        person = self._active(person_id)
        chat = self._state.chat(person_id if chat_id is None else chat_id)
        if chat.type == "private":
            if chat.id != person_id or chat.bot_status == "kicked":
                raise ValueError(f"{person.first_name} ({person_id}) cannot write in the private chat {chat.id}.")
        elif chat.migrated_to is not None:
            raise ValueError(f"{chat.title} has become the supergroup {chat.migrated_to}.")
        elif chat.members.get(person_id, "left") in {"left", "kicked"}:
            raise ValueError(f"{person.first_name} ({person_id}) is not in {chat.title} ({chat.id}).")
        if reply_to is not None:
            self._state.message(chat.id, reply_to)
        if thread_id is not None and thread_id not in chat.topics:
            raise ValueError(f"{chat.title} has no topic {thread_id}.")
        return chat
