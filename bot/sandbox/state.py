"""The parts of a practice Telegram that every deed works on, and the few acts that all deeds share.

It answers for giving a message its id and date, keeping it, telling the bot about it when the bot may hear it, and
waking whoever watches.
"""

from dataclasses import replace
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.feed import Feed
from bot.sandbox.files import Files
from bot.sandbox.hearing import hears
from bot.sandbox.records import Records
from bot.sandbox.render import Render
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.values import BotAccount, Chat, Message, MessageKind, Person, Status


class State:
    """Everything one world consists of. Only the parts change; the State stays the same object."""

    def __init__(
        self,
        *,
        account: BotAccount,
        seed: str,
        clock: Clock,
        feed: Feed,
        store: Store,
        records: Records,
        files: Files,
        updates: Updates,
    ) -> None:
        """Join the parts."""
        self.account = account
        self.seed = seed
        self.clock = clock
        self.feed = feed
        self.store = store
        self.records = records
        self.files = files
        self.updates = updates
        self.render = Render(records, account, seed)

    def post(self, chat: Chat, sender_id: int, kind: MessageKind, **content: Any) -> Message:
        """Add a message to a chat; `content` are further fields of `Message`. The bot hears it if it may."""
        message_id = self.records.next_message_id(chat)
        message = Message(chat.id, message_id, self.clock.stamp(), sender_id, kind, **content)
        self.records.put_message(message)
        self.tell("message", message)
        self.feed.bump()
        return message

    def revise(self, message: Message, **changes: Any) -> Message:
        """Change a message and date the edit; a person's edit reaches the bot."""
        revised = replace(message, **changes, edit_date=self.clock.stamp())
        self.records.put_message(revised)
        self.tell("edited_message", revised)
        self.feed.bump()
        return revised

    def remove(self, message: Message) -> None:
        """Delete a message for everybody."""
        self.records.drop_message(message)
        self.feed.bump()

    def tell(self, kind: str, message: Message) -> None:
        """Queue the update about a message unless the bot wrote it or may not hear it."""
        chat = self.records.chats[message.chat_id]
        replied = self.records.message(chat.id, message.reply_to) if message.reply_to is not None else None
        if hears(self.account, chat, message, replied):
            self.updates.add(kind, self.render.message(message))

    def set_bot_status(self, chat: Chat, status: Status, by: int) -> Chat:
        """Change what the bot is in a chat and tell it so with `my_chat_member`."""
        changed = self.records.put_chat(replace(chat, bot_status=status))
        if status != chat.bot_status:
            update = self.render.membership(changed, by, self.clock.stamp(), chat.bot_status)
            self.updates.add("my_chat_member", update)
        self.feed.bump()
        return changed

    def person(self, person_id: int) -> Person:
        """One person. Raises `ValueError` when unknown."""
        person = self.records.persons.get(person_id)
        if person is None:
            raise ValueError(f"There is no person {person_id}.")
        return person

    def chat(self, chat_id: int) -> Chat:
        """One chat. Raises `ValueError` when unknown."""
        chat = self.records.chats.get(chat_id)
        if chat is None:
            raise ValueError(f"There is no chat {chat_id}; a private chat begins when the person starts the bot.")
        return chat

    def message(self, chat_id: int, message_id: int) -> Message:
        """One message. Raises `ValueError` when there is none (any more)."""
        message = self.records.message(chat_id, message_id)
        if message is None:
            raise ValueError(f"There is no message {message_id} in chat {chat_id}.")
        return message
