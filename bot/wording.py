"""Letters that are worded when they are owed, because they answer what somebody has just sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.buttons import pack, unpack
from bot.screens.screen import Key, Screen

WORDED = "worded"
"""The name of such a letter."""


def worded(screen: Screen) -> str:
    """The screen as an outbox row holds it."""
    rows = [[[key.label, pack(key.deed)] for key in row] for row in screen.rows]
    return json.dumps({"name": WORDED, "text": screen.text, "rows": rows})


def screen_of(view: Mapping[str, Any]) -> Screen:
    """The screen that `worded` wrote; buttons of an older version are left out."""
    rows = ((Key(label, deed) for label, data in row if (deed := unpack(data))) for row in view["rows"])
    return Screen(view["text"], tuple(tuple(row) for row in rows))
