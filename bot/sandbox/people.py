"""What people do on the practice Telegram: join, write, tap, send pictures, block the bot.

It answers for the messages and updates these deeds make, and refuses with `ValueError` what a phone would not let
a person do. It never speaks for the bot.
"""

from collections.abc import Sequence

from bot.sandbox.values import Answer, Attachment, Message, Person


class People:
    """Every deed takes the person's id first; `chat_id` is a group they are in, and without it their private chat."""

    def join(
        self, first_name: str, *, person_id: int = 0, username: str = "", language_code: str = "zh-hans", note: str = ""
    ) -> Person:
        """Create a person, or bring the profile of an existing `person_id` up to date. Id 0 picks a new one."""
        raise NotImplementedError

    def start(self, person_id: int, payload: str = "") -> Message:
        """Press START in the private chat: says `/start` with the payload of a link, if any."""
        raise NotImplementedError

    def open_link(self, person_id: int, url: str) -> Message:
        """Open `https://t.me/<bot>?start=<payload>` and press START."""
        raise NotImplementedError

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
        raise NotImplementedError

    def send_photo(
        self,
        person_id: int,
        content: bytes,
        *,
        caption: str = "",
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Send a picture (PNG or JPEG, any size)."""
        raise NotImplementedError

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
    ) -> Message:
        """Send a file of any size and kind."""
        raise NotImplementedError

    def send_album(
        self,
        person_id: int,
        items: Sequence[Attachment],
        *,
        caption: str = "",
        caption_on: int = 0,
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> list[Message]:
        """Send 2 to 10 pictures or files as one album: one update each, the caption on item `caption_on` alone."""
        raise NotImplementedError

    def send_location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Send a place."""
        raise NotImplementedError

    def edit(self, person_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """Change the text or caption of one's own message; the bot gets `edited_message`."""
        raise NotImplementedError

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
        raise NotImplementedError

    def forge_tap(self, person_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Send callback data that no button carries, as a tampered client can; returns the callback query's id."""
        raise NotImplementedError

    def answer(self, tap_id: str) -> Answer | None:
        """What the bot answered to a tap so far. Raises `ValueError` for an unknown tap."""
        raise NotImplementedError

    async def answer_to(self, tap_id: str, within: float = 10.0) -> Answer:
        """Wait for the bot's answer to a tap. Raises `TimeoutError` after `within` real seconds."""
        raise NotImplementedError

    def block(self, person_id: int) -> None:
        """Block the bot; it gets `my_chat_member` and cannot write any more."""
        raise NotImplementedError

    def unblock(self, person_id: int) -> None:
        """Unblock the bot."""
        raise NotImplementedError

    def deactivate(self, person_id: int) -> None:
        """Delete the person's account: the bot can no longer write to them, and they do nothing more."""
        raise NotImplementedError
