"""A stage: practice Telegram, bot process, demo district and its people, joined for one story or a module of them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from bot.demo.data import demo
from bot.sandbox.world import World
from kit.clock import TEN_O_CLOCK, Clock
from kit.district import Change, copy_district
from kit.group import Group
from kit.people import PersonHandle
from kit.process import BotProcess
from kit.rows import Rows
from kit.sandbox import Sandbox

STRANGER = 889999
"""Somebody whom the district does not know."""


class Stage:
    """Everything a story needs. People are found by name; nobody has said anything yet."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        """On an open sandbox; the folder holds the database."""
        self.sandbox = sandbox
        self.bot = BotProcess(sandbox, folder)
        self.clock = Clock(sandbox)
        self.rows = Rows(folder / "hongqi.db")
        self.evidence = folder / "evidence"
        self.group = Group(sandbox, demo().group)
        self.stranger = PersonHandle(sandbox, STRANGER, "路人")
        self._people = {each.name: PersonHandle(sandbox, each.telegram_id, each.name) for each in demo().people}

    def person(self, name: str) -> PersonHandle:
        """Somebody of the district."""
        return self._people[name]

    async def joins(self, telegram_id: int, name: str) -> PersonHandle:
        """Somebody whom a story has added to the district comes to the practice Telegram and opens the chat."""

        def act(world: World) -> None:
            world.people.join(name, person_id=telegram_id)
            world.people.start(telegram_id)

        await self.sandbox.do(act)
        newcomer = PersonHandle(self.sandbox, telegram_id, name)
        await newcomer.sees("您好")
        return newcomer

    @property
    def people(self) -> list[PersonHandle]:
        """Everybody of the district."""
        return list(self._people.values())


@contextlib.asynccontextmanager
async def set_stage(
    folder: Path, district: Path, *changes: Change, begins: datetime = TEN_O_CLOCK
) -> AsyncIterator[Stage]:
    """A stage with the bot not yet started; at the end the bot is stopped if it runs."""
    copy_district(district, folder / "hongqi.db", *changes)
    sandbox = Sandbox(begins)
    sandbox.open()
    try:
        await sandbox.do(_gather)
        stage = Stage(sandbox, folder)
        try:
            yield stage
            await stage.bot.stop_if_running()
        finally:
            # A story that failed half-way leaves nobody behind.
            await stage.bot.kill_if_running()
    finally:
        sandbox.close()


def _gather(world: World) -> None:
    played = demo()
    for person in played.people:
        world.people.join(person.name, person_id=person.telegram_id)
        world.people.start(person.telegram_id)
    world.people.join("路人", person_id=STRANGER)
    world.people.start(STRANGER)
    members = [person.telegram_id for person in played.people]
    world.groups.create(played.group_title, members, group_id=played.group)
    world.groups.add_bot(played.group, members[0])
    # The stories begin after this: the bot is not to answer nine times /start first.
    world.state.updates.clear()
