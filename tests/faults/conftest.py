"""A stage for each story, because each ruins its bot in its own way. The story starts the bot itself.

These stories take longest, so the order of all rooms is here: no worker is to be left alone with one at the end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit import Stage
from kit.district import hands_out
from kit.fixtures import district, pytest_runtest_makereport
from kit.stage import set_stage

LONGEST_FIRST = ("faults", "front", "sandbox")
"""These rooms start processes; the others are done in a moment."""

_ROOMS = Path(__file__).parents[1]

__all__ = ["district", "pytest_runtest_makereport", "stage", "unmeasured"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the rooms; within each the order stays the one that was drawn."""

    def place(item: pytest.Item) -> int:
        room = item.path.relative_to(_ROOMS).parts[0]
        return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=place)


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is killed tells no coverage, and starts a third sooner when it collects none."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture
async def stage(tmp_path: Path, district: Path) -> AsyncIterator[Stage]:
    """A stage on which the bot is not running yet; each assessor has a sheet for 明照乡."""
    async with set_stage(
        tmp_path, district, *(hands_out("明照乡", each) for each in (880002, 880003, 880004))
    ) as stage:
        yield stage
