"""For the conftest of each room that runs the bot: the demo's district, and the bot's log beside a failure."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from kit.district import load_district
from kit.stage import Stage


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo's district, to be copied."""
    path = tmp_path_factory.mktemp("district") / "hongqi.db"
    load_district(path)
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the bot's log with a failure."""
    report = yield
    stage = getattr(item, "funcargs", {}).get("stage")
    if report.failed and isinstance(stage, Stage):
        report.sections.append(("the bot's log", stage.bot.log()))
    return report
