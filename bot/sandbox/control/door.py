"""What all control routes share: the world they act on, and how a refusal is told."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from bot.sandbox.world import World

LONGEST_WAIT = 60.0

Wait = Annotated[float, Query(ge=0, le=LONGEST_WAIT, alias="timeout")]
"""Seconds a request may wait."""


class _RefusingRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def refusing(request: Request) -> Response:
            try:
                return await handle(request)
            except ValueError as refusal:
                return JSONResponse({"error": str(refusal)}, 400)

        return refusing


def _world_of(request: Request) -> World:
    world: World = request.app.state.world
    return world


WorldHere = Annotated[World, Depends(_world_of)]
"""The world of this app."""


def control_router() -> APIRouter:
    """A router whose refusals are told as 400."""
    return APIRouter(route_class=_RefusingRoute)
