"""For every room: what takes longest comes first, so that no worker is left alone with it at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

LONGEST_FIRST = ("faults", "front", "sandbox")
"""These rooms start processes; the others are done in a moment."""

_ROOMS = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the rooms; within each the order stays the one that was drawn."""
    items.sort(key=_room)


def _room(item: pytest.Item) -> int:
    room = item.path.relative_to(_ROOMS).parts[0]
    return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)
