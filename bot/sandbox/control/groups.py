"""Groups and who is in them. Every change returns the chat as it is then."""

from typing import Literal

from pydantic import BaseModel

from bot.sandbox.control.door import WorldHere, control_router
from bot.sandbox.values import Chat

router = control_router()


class NewGroup(BaseModel):
    """A group to create; the first member is its creator."""

    title: str
    members: list[int]
    supergroup: bool = False
    topics: bool = False
    group_id: int = 0


class BotRank(BaseModel):
    """What the bot shall be in the group."""

    by: int
    status: Literal["member", "administrator", "kicked"] = "member"


class Membership(BaseModel):
    """Who comes (`present`) or goes, and by whom."""

    person_id: int
    by: int
    present: bool = True


@router.post("/groups")
async def create(world: WorldHere, group: NewGroup) -> Chat:
    """Create a group, without the bot."""
    return world.groups.create(**group.model_dump())


@router.post("/groups/{chat_id}/bot")
async def rank_bot(world: WorldHere, chat_id: int, rank: BotRank) -> Chat:
    """Bring the bot in, change its rank, or throw it out."""
    if rank.status == "kicked":
        return world.groups.remove_bot(chat_id, rank.by)
    return world.groups.add_bot(chat_id, rank.by, administrator=rank.status == "administrator")


@router.post("/groups/{chat_id}/mute")
async def mute_bot(world: WorldHere, chat_id: int, muted: bool = True) -> Chat:
    """Take from the bot the right to write, or give it back."""
    return world.groups.mute_bot(chat_id, muted)


@router.post("/groups/{chat_id}/members")
async def member(world: WorldHere, chat_id: int, membership: Membership) -> Chat:
    """Bring a person in or let them go."""
    change = world.groups.add_member if membership.present else world.groups.remove_member
    return change(chat_id, membership.person_id, membership.by)


@router.post("/groups/{chat_id}/promote")
async def promote(world: WorldHere, chat_id: int, person_id: int, administrator: bool = True) -> Chat:
    """Make a member an administrator, or an ordinary member again."""
    return world.groups.promote(chat_id, person_id, administrator=administrator)


@router.post("/groups/{chat_id}/topics")
async def topic(world: WorldHere, chat_id: int, by: int, name: str) -> dict[str, int]:
    """Open a topic; `{"thread_id": id}`."""
    return {"thread_id": world.groups.add_topic(chat_id, by, name)}


@router.post("/groups/{chat_id}/upgrade")
async def upgrade(world: WorldHere, chat_id: int, by: int) -> Chat:
    """Turn a group into a supergroup; the new chat."""
    return world.groups.upgrade(chat_id, by)
