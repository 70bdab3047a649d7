"""/audit on the phone, and `hongqi audit verify` at the machine, beside the running bot and on a copy."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from kit import Stage
from kit.process import ROOT

from bot.settings import child_environment


async def hongqi(url: str, *arguments: str, language: str = "zh") -> subprocess.CompletedProcess[str]:
    """`hongqi audit verify`, a process of its own."""
    settings = {"HONGQI_DATABASE_URL": url, "HONGQI_LANGUAGE": language, "PYTHONPATH": str(ROOT), "COLUMNS": "300"}
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "audit", "verify", *arguments],
        cwd=ROOT / "tests",
        env=child_environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def copied(stage: Stage, folder: Path) -> Path:
    """The bot's database as it is now, in a file of its own."""
    path = folder / "copy.db"
    with closing(sqlite3.connect(stage.bot.folder / "hongqi.db")) as live, closing(sqlite3.connect(path)) as copy:
        live.backup(copy)
    return path


@pytest.mark.parametrize(
    ("language", "checking", "holds"),
    [("zh", "正在核验审计链", "全部相符"), ("en", "is being verified", "everything holds")],
)
async def test_the_office_and_its_viewers_are_told_that_everything_holds(
    stage: Stage, language: str, checking: str, holds: str
) -> None:
    zhou = stage.person("周建国")
    await zhou.opens_sheet("仙庾镇", item=10)
    await zhou.taps("4.5" if language == "zh" else "4")
    yang = stage.person("杨国平")
    await yang.says("/language")
    offered = await yang.sees("请选择语言。Please choose a language.")
    name = {"zh": "中文", "en": "English"}[language]
    labels = [button["text"] for row in offered.keyboard for button in row]
    await yang.taps(name if name in labels else f"✓ {name}")
    await yang.says("/audit")
    await yang.sees(checking)
    shown = await yang.sees(holds)
    root = shown.text.splitlines()[-1]
    assert root[:12] in shown.text.splitlines()[-2]
    # The same root that anybody computes at the machine while the bot runs.
    ended = await hongqi(f"sqlite:///{stage.bot.folder / 'hongqi.db'}", language=language)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip().endswith(root)


async def test_who_scores_is_not_asked_to_verify(stage: Stage) -> None:
    zhou = stage.person("周建国")
    await zhou.says("/audit")
    await zhou.sees("您的身份不能办理这一事项")


async def test_a_changed_mark_ends_it_with_1_and_says_where(stage: Stage, tmp_path: Path) -> None:
    path = copied(stage, tmp_path)
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute("UPDATE mark SET points = 0 WHERE rowid = (SELECT min(rowid) FROM mark)")
        sheet, item = copy.execute("SELECT sheet_id, item FROM mark ORDER BY rowid LIMIT 1").fetchone()
    ended = await hongqi(f"sqlite:///{path}")
    assert (ended.returncode, ended.stderr) == (1, "")
    first, summary = ended.stdout.splitlines()
    assert first.startswith(f"评分 {sheet}/{item} points：与记录不符")
    assert summary.startswith("共有1处不符")
    told = json.loads((await hongqi(f"sqlite:///{path}", "--json", language="en")).stdout)
    assert (told["holds"], told["broken"]) == (False, 1)
    assert told["findings"][0]["row"] == f"{sheet}/{item}"
    assert told["findings"][0]["text"].startswith(f"Mark {sheet}/{item} points: not what the entries say")


async def test_what_was_changed_beside_the_bot_is_told_on_the_phone(stage: Stage) -> None:
    by_hand(stage, "UPDATE audit SET seq = -1 WHERE chain = 'sheet:1' AND seq = 1")
    try:
        tang = stage.person("唐文静")
        await tang.says("/audit")
        await tang.sees("处不符", "审计链 sheet:1：第1条记录不在", "hongqi audit verify")
    finally:
        by_hand(stage, "UPDATE audit SET seq = 1 WHERE chain = 'sheet:1' AND seq = -1")


def by_hand(stage: Stage, statement: str) -> None:
    """What somebody does to the bot's file beside it."""
    with closing(sqlite3.connect(stage.bot.folder / "hongqi.db", timeout=30)) as live, live:
        live.execute(statement)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_where_there_is_no_database_it_says_so(tmp_path: Path, language: str) -> None:
    ended = await hongqi(f"sqlite:///{tmp_path / 'none.db'}", language=language)
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert "HONGQI_DATABASE_URL" in line
    assert not await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
