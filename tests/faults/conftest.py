"""A stage for each story, because each ruins its bot in its own way. The story starts the bot itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit import Stage
from kit.district import hands_out
from kit.fixtures import district, pytest_runtest_makereport
from kit.stage import set_stage

__all__ = ["district", "pytest_runtest_makereport", "stage", "unmeasured"]


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
