"""One bot for each module of stories, on a district of its own.

A module names what it adds to the demo's district in `CHANGES`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import Stage
from kit.fixtures import district, pytest_runtest_makereport
from kit.stage import set_stage

__all__ = ["district", "pytest_runtest_makereport", "stage"]


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, district: Path) -> Iterator[Stage]:
    """A stage on which the bot is running."""
    setting = set_stage(tmp_path_factory.mktemp("bot"), district, *getattr(request.module, "CHANGES", ()))
    with asyncio.Runner() as runner:
        stage = runner.run(setting.__aenter__())
        runner.run(stage.bot.start())
        yield stage
        runner.run(setting.__aexit__(None, None, None))
