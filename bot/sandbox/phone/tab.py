"""One browser tab: which chat it shows, as whom, and how it follows the world.

Answers for: redrawing only what changed, so that nothing a person reads or writes jumps. It holds no state of the
world; two tabs may play two people of one group at once. What the person does goes through `deeds.py`.
"""

from __future__ import annotations

import json
from datetime import datetime, tzinfo

from markupsafe import Markup
from nicegui import Client, ui

from bot.sandbox.phone import panels
from bot.sandbox.phone.bubbles import Eyes, hue, initial, rows
from bot.sandbox.phone.rendering import render
from bot.sandbox.phone.words import Words
from bot.sandbox.values import Chat, Message
from bot.sandbox.world import World

MESSAGES_SHOWN = 80
IDLE_SECONDS = 2.0
"""How often a quiet world is looked at again: the queue of the bot drains without a change to see."""
PLACE = ("27.98330", "113.23160")
"""Latitude and longitude that a location offers at first: 仙庾镇."""


class Region:
    """A piece of the page whose HTML is replaced only when it differs."""

    def __init__(self, tag: str, classes: str) -> None:
        """Create it, empty, where the page is being built."""
        self.element = ui.html("", sanitize=False, tag=tag).classes(classes)  # autoescaped templates fill it

    def show(self, html: Markup) -> None:
        """Put this HTML there."""
        if self.element.content != html:
            self.element.set_content(str(html))


class Tab:
    """The page in one browser tab. `chat_id` 0 means that nothing is chosen yet; `actor` is the person played."""

    def __init__(self, world: World, client: Client, words: Words, zone: tzinfo) -> None:
        """Build the empty page; `refresh` fills it."""
        self.world, self.words = world, words
        self.chat_id = self.actor = 0
        self._client, self._zone = client, zone
        self._first_shown = 0
        self._seen = {chat.id: self._last_id(chat.id) for chat in world.chats()}
        self._clock_revision, self._now = -1, self.now()
        self._oldest_waiting, self._beat = 0, "tick"
        self._rows: dict[int, Region] = {}
        self._build()

    def _build(self) -> None:
        with ui.element("main").classes("stage").props("data-view=list") as self._stage:
            self._people = Region("nav", "people")
            with ui.element("section").classes("phone"):
                self._head = Region("header", "head")
                with ui.element("div").classes("talk").props("role=log aria-live=polite tabindex=0") as self._talk:
                    self._earlier = Region("div", "before")
                    self._list = ui.element("div").classes("rows")
                    self._foot = Region("div", "foot")
                Region("div", "below").show(render("below", words=self.words))
                self._waiting = Region("div", "waiting")
                self._composer = Region("div", "composer")
            self._clock = Region("aside", "clock")
            Region("div", "overlays").show(render("overlays", words=self.words))

    def now(self) -> datetime:
        """The virtual time on the walls of the district."""
        return self.world.clock.now().astimezone(self._zone)

    def at(self, wall_time: str) -> datetime:
        """The moment meant by a local time without zone. Raises ValueError when it is none."""
        return datetime.fromisoformat(wall_time).replace(tzinfo=self._zone)

    async def follow(self) -> None:
        """Redraw at every change of the world, until it closes or the tab is gone."""
        version = -1
        while not self.world.feed.closed:
            version = await self.world.changed(version, within=IDLE_SECONDS)
            self.refresh()

    def open(self, chat_id: int, actor: int) -> None:
        """Show this chat as this person; in a group actor 0 keeps the last person played, else takes a member."""
        group = self._chat(chat_id)
        if group is not None and group.type != "private":
            inside = [person.id for person in panels.members(group, self.world.persons())]
            actor = next((id_ for id_ in (actor, self.actor) if id_ in inside), inside[0] if inside else 0)
        changed, self.chat_id, self.actor = chat_id != self.chat_id, chat_id, actor
        if changed:
            known = self.world.messages(chat_id)
            self._first_shown = known[-MESSAGES_SHOWN].id if len(known) > MESSAGES_SHOWN else 0
            self._composer.show(Markup())
        self.refresh()
        self.call("opened", panels.address(chat_id, actor))

    def show_earlier(self) -> None:
        """Show as many messages again before the first one shown."""
        before = [message.id for message in self.world.messages(self.chat_id) if message.id < self._first_shown]
        self._first_shown = before[-MESSAGES_SHOWN] if len(before) > MESSAGES_SHOWN else 0
        self.refresh()

    def call(self, function: str, *arguments: object) -> None:
        """Call a function of the page's script in this tab."""
        self._client.run_javascript(f"phone.{function}({', '.join(map(json.dumps, arguments))})")

    def refresh(self) -> None:
        """Draw the world as it is now."""
        if self.world.clock.revision != self._clock_revision:
            self._clock_revision, self._now = self.world.clock.revision, self.now()
            self._clock.show(panels.clock(self._now, self.words))
        chat = self._chat(self.chat_id)
        if chat is not None and chat.migrated_to is not None:
            return self.open(chat.migrated_to, self.actor)
        self._draw_chat(chat)
        self._seen[self.chat_id] = self._last_id(self.chat_id)
        self._draw_people()
        self._draw_waiting()
        return None

    def _draw_people(self) -> None:
        chats = [chat for chat in self.world.chats() if chat.type != "private" and chat.migrated_to is None]
        groups = [self._entry(chat.id, chat.title, self._count(chat), 0) for chat in chats]
        persons = [self._entry(one.id, one.first_name, one.note, one.id) for one in self.world.persons()]
        self._people.show(panels.people(groups, persons, current=self.chat_id, now=self._now, words=self.words))

    def _entry(self, chat_id: int, name: str, note: str, reader: int) -> panels.Entry:
        messages = self.world.messages(chat_id)
        seen = self._seen.get(chat_id, 0)
        return panels.entry(chat_id, name, note, messages, reader=reader, seen=seen, words=self.words)

    def _draw_chat(self, chat: Chat | None) -> None:
        messages = self.world.messages(self.chat_id) if self.chat_id else []
        shown = [message for message in messages if message.id >= self._first_shown]
        self._head.show(panels.head(self._heading(chat), self._now, self.words))
        self._draw_rows(shown, group=chat is not None and chat.type != "private")
        self._earlier.show(render("before", words=self.words, earlier=len(shown) < len(messages)))
        self._foot.show(render("foot", words=self.words, chosen=self.chat_id != 0, empty=not shown))
        self._draw_composer(chat)
        self._talk.props["data-chat"], self._talk.props["data-actor"] = str(self.chat_id), str(self.actor)

    def _heading(self, chat: Chat | None) -> panels.Heading | None:
        if not self.chat_id:
            return None
        persons = self.world.persons()
        if chat is not None and chat.type != "private":
            actors = tuple((person.id, person.first_name) for person in panels.members(chat, persons))
            return panels.Heading(chat.title, self._count(chat), initial(chat.title), hue(chat.id), self.actor, actors)
        name = next((person.first_name for person in persons if person.id == self.actor), "")
        bot = self.world.account
        return panels.Heading(bot.first_name, self.words("you_are", name=name), "", hue(bot.id), self.actor)

    def _draw_rows(self, messages: list[Message], *, group: bool) -> None:
        names = {person.id: person.first_name for person in self.world.persons()}
        eyes = Eyes(self.actor, self.world.account, names, self.words, self._zone, group)
        wanted = rows(messages, eyes)
        for gone in self._rows.keys() - wanted.keys():
            self._rows.pop(gone).element.delete()
        if list(wanted)[: len(self._rows)] != list(self._rows):
            self._list.clear()
            self._rows.clear()
        with self._list:
            for message_id, html in wanted.items():
                row = self._rows.get(message_id) or self._rows.setdefault(message_id, Region("div", "line"))
                row.show(html)

    def _draw_composer(self, chat: Chat | None) -> None:
        if not self.chat_id:
            return self._composer.show(Markup())
        if chat is None:
            return self._composer.show(render("start", words=self.words))
        commands = self.world.command_menu(self.actor, self.chat_id)
        return self._composer.show(panels.composer(commands, PLACE, self.words))

    def _draw_waiting(self) -> None:
        """How many updates wait. The stylesheet shows it late, and counts anew with every other oldest update:
        a bot at work always has something waiting for a moment, but never the same for long.
        """
        updates = self.world.state.updates
        oldest = next((update["update_id"] for update in updates.fetch(limit=1)), 0)
        if oldest != self._oldest_waiting:
            self._oldest_waiting, self._beat = oldest, "tock" if self._beat == "tick" else "tick"
            self._waiting.element.classes(replace=f"waiting {self._beat}")
        self._waiting.show(render("waiting", words=self.words, count=updates.waiting()))

    def _count(self, chat: Chat) -> str:
        return self.words("members", count=len(panels.members(chat, self.world.persons())))

    def _chat(self, chat_id: int) -> Chat | None:
        return next((chat for chat in self.world.chats() if chat.id == chat_id), None)

    def _last_id(self, chat_id: int) -> int:
        messages = self.world.messages(chat_id)
        return messages[-1].id if messages else 0
