"""The group of announcements: bound, moved, left."""

from __future__ import annotations

from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import district


async def bind(visit: Visit) -> None:
    """/bind: make this group, or this topic of it, the place of announcements."""
    came = visit.visitor
    bound = await visit.act(district.bind_group, visit.actor, came.chat_id, came.thread_id, is_group=came.is_group)
    # Everybody there reads the answer, not only who asked.
    visit.language = bound.group_language
    visit.post(Screen(visit.say("group.bound", district=bound.name)))


async def follow(visit: Visit) -> None:
    """The group became a supergroup: its id changed. Telegram tells it in both chats."""
    message = visit.update.message
    if message is None:
        return
    if message.migrate_to_chat_id is not None:
        await visit.act(district.follow_group, message.chat_id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        await visit.act(district.follow_group, message.migrate_from_chat_id, message.chat_id)


async def membership(visit: Visit) -> None:
    """The bot was added to a group: say how announcements get there."""
    change = visit.update.my_chat_member
    if change is None or not visit.visitor.is_group or visit.visitor.actor is None:
        return
    if change.new_chat_member.status in {"member", "administrator"}:
        visit.post(Screen(visit.say("group.welcome")))
