"""Fetching updates, and the webhook's address.

A webhook can be set, shown and deleted, and excludes polling as it does at Telegram. Nothing is delivered to it:
updates wait until it is deleted.
"""

import re
from urllib.parse import urlsplit

from bot.sandbox.api.call import Call
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.updates import MOST_AT_ONCE
from bot.sandbox.values import JsonObject
from bot.sandbox.world import World

PORTS = frozenset({80, 88, 443, 8443})
SECRET_LIMIT = 256
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(world: World, call: Call) -> list[JsonObject]:
    """getUpdates."""
    offset, limit, seconds = call.integer("offset") or 0, call.integer("limit"), call.integer("timeout") or 0
    _allow(world, call)
    if world.profile.told.webhook:
        raise conflict(WEBHOOK_ACTIVE)
    return await world.state.updates.poll(offset, MOST_AT_ONCE if limit is None else limit, seconds)


def set_webhook(world: World, call: Call) -> bool:
    """setWebhook; an empty address deletes it."""
    url, secret = call.text("url"), call.text("secret_token")
    for name in ("certificate", "ip_address"):
        call.given(name)
    if url:
        _judge_address(url)
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, call)
    world.profile.told.webhook = url
    world.profile.told.webhook_connections = call.integer("max_connections") or 40
    _set(world, call)
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """deleteWebhook."""
    world.profile.told.webhook = ""
    _set(world, call)
    return True


def get_webhook_info(world: World, call: Call) -> JsonObject:  # noqa: ARG001 -- every method takes the call
    """getWebhookInfo."""
    told, allowed = world.profile.told, world.state.updates.allowed
    info: JsonObject = {
        "url": told.webhook,
        "has_custom_certificate": False,
        "pending_update_count": world.state.updates.waiting(),
    }
    if told.webhook:
        info["max_connections"] = told.webhook_connections
    if allowed:
        info["allowed_updates"] = allowed
    return info


def _set(world: World, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        world.state.updates.clear()
    world.state.updates.webhook_set()
    world.profile.save()


def _allow(world: World, call: Call) -> None:
    kinds = call.structure("allowed_updates", "allowed updates")
    if kinds is None:
        return
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed_updates: Array of String expected")
    if kinds != world.state.updates.allowed:
        world.state.updates.allow(kinds)


def _judge_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
