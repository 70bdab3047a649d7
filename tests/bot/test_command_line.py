"""The command line as a stranger meets it: what it asks for, and how it refuses; each run is a process of its own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from rooms import TANG, practice_telegram

from bot.settings import child_environment

ROOT = Path(__file__).parents[2]
ENTRY = "from bot.cli import main; main()"
"""What the installed command `hongqi` runs."""


def hongqi(
    folder: Path, *arguments: str, how: Sequence[str] = ("-m", "bot"), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty folder, without anybody's `.env`."""
    return subprocess.run(
        [sys.executable, *how, *arguments],
        cwd=folder,
        env=child_environment({**settings, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def refused(ended: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that ended with 1."""
    assert (ended.returncode, ended.stdout) == (1, ""), ended.stderr
    (line,) = ended.stderr.splitlines()
    return line


def test_without_a_token_it_says_which_line_and_that_the_demo_needs_none(tmp_path: Path) -> None:
    line = refused(hongqi(tmp_path, "run"))
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "make demo" in line
    assert "make demo" in refused(hongqi(tmp_path, "run", HONGQI_LANGUAGE="en"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [("-m", "bot"), ("-c", ENTRY)], ids=["python -m bot", "hongqi"])
def test_demo_data_prints_the_people_and_loading_twice_is_harmless(tmp_path: Path, how: tuple[str, ...]) -> None:
    first = hongqi(tmp_path, "demo-data", "--json", how=how)
    assert (first.returncode, first.stderr) == (0, "")
    printed = json.loads(first.stdout)
    assert set(printed) == {"people", "group"}
    assert printed["group"] == -880100
    assert printed["people"][0] == {"name": "唐文静", "telegram_id": TANG, "role": "admin", "unit": None}
    assert {tuple(person) for person in printed["people"]} == {("name", "telegram_id", "role", "unit")}
    assert {person["unit"] for person in printed["people"]} >= {"仙庾镇", "区民政局"}
    again = hongqi(tmp_path, "demo-data", "--at", "2013-06-24T10:00:00", how=how)
    assert again.returncode == 0, again.stderr
    assert all(person["name"] in again.stdout for person in printed["people"])
    assert (tmp_path / "data" / "hongqi.db").exists()


def test_a_database_that_another_process_owns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    settings = {"TELEGRAM_BOT_TOKEN": "1:a"}
    with FileLock(tmp_path / "data" / "hongqi.db.lock"):
        for arguments in (("run",), ("demo-data",)):
            line = refused(hongqi(tmp_path, *arguments, **settings))
            assert "data/hongqi.db" in line


async def test_a_token_that_telegram_refuses_ends_it_with_one_line(tmp_path: Path) -> None:
    async with practice_telegram() as practice:
        settings = {
            "TELEGRAM_BOT_TOKEN": "7000000001:NOT_THE_ONE",
            "HONGQI_TELEGRAM_BASE_URL": practice.base_url,
            "HONGQI_TELEGRAM_BASE_FILE_URL": practice.file_url,
        }
        # In a thread: the practice Telegram has to answer meanwhile.
        line = refused(await asyncio.to_thread(hongqi, tmp_path, "run", **settings))
    assert "TELEGRAM_BOT_TOKEN" in line
