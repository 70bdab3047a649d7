"""The clock over HTTP, and the protocol by which a bot follows it.

A bot asks `GET /sandbox/clock?seen=N` in a loop, N being the revision it has acted on (0 at first). The reply comes
at once when there is a later one, else after `timeout` seconds. A test that has moved the clock waits with
`GET /sandbox/clock/acted?revision=R` until the bot has acted on it.
"""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel

from bot.sandbox.control.door import Wait, WorldHere, control_router

router = control_router()


class Reading(BaseModel):
    """What the clock says: its revision, which grows with each jump, and the virtual now in UTC."""

    revision: int
    now: datetime


class Jump(BaseModel):
    """Where to move the clock: ISO with a zone, not before now."""

    to: AwareDatetime


@router.get("/clock")
async def clock(world: WorldHere, seen: int = 0, seconds: Wait = 25) -> Reading:
    """Say what was acted on and wait for a later revision."""
    revision, now = await world.clock.seen(seen, seconds)
    return Reading(revision=revision, now=now)


@router.get("/clock/acted")
async def acted(world: WorldHere, revision: int, seconds: Wait = 25) -> dict[str, bool]:
    """Wait until the bot has acted on a revision; `{"acted": false}` when time is up."""
    return {"acted": await world.clock.acted(revision, seconds)}


@router.post("/clock/jump")
async def jump(world: WorldHere, jump: Jump) -> Reading:
    """Move the virtual clock forward."""
    revision = world.clock.jump(jump.to)
    return Reading(revision=revision, now=world.clock.now())


@router.post("/clock/age")
async def age(world: WorldHere, seconds: float) -> None:
    """Let pending updates and taps grow older without moving the virtual clock."""
    world.clock.age(seconds)
