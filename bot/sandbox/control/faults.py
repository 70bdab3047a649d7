"""Faults, latency and pacing limits on request. `GET /sandbox/faults` shows what is in force."""

from fastapi import Query
from pydantic import BaseModel

from bot.sandbox.control.door import WorldHere, control_router
from bot.sandbox.faults import Fault
from bot.sandbox.world import World

router = control_router()


class InForce(BaseModel):
    """The rules still to strike, the delay of every call, and whether Telegram's limits are on."""

    rules: list[Fault]
    latency_ms: int
    limits: bool


@router.get("/faults")
async def in_force(world: WorldHere) -> InForce:
    """What is in force."""
    return _in_force(world)


@router.post("/faults")
async def add(world: WorldHere, fault: Fault) -> InForce:
    """Add a rule."""
    world.faults.add(fault)
    return _in_force(world)


@router.delete("/faults")
async def clear(world: WorldHere) -> InForce:
    """Nothing goes wrong any more."""
    world.faults.clear()
    return _in_force(world)


@router.post("/latency")
async def latency(world: WorldHere, milliseconds: int = Query(ge=0)) -> InForce:
    """Delay every call."""
    world.faults.latency_ms = milliseconds
    return _in_force(world)


@router.post("/limits")
async def limits(world: WorldHere, on: bool = True) -> InForce:
    """Switch Telegram's sending limits on or off."""
    world.faults.limits = on
    return _in_force(world)


def _in_force(world: World) -> InForce:
    return InForce(rules=list(world.faults.rules), latency_ms=world.faults.latency_ms, limits=world.faults.limits)
