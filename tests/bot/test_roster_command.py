"""`hongqi import` and `hongqi export`, each run a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from openpyxl import load_workbook

from bot.settings import child_environment

ROOT = Path(__file__).parents[2]


def hongqi(folder: Path, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, without anybody's `.env`."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=child_environment({**settings, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}),
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the demo's district, and its roster as a workbook."""
    assert hongqi(tmp_path, "demo-data").returncode == 0
    ended = hongqi(tmp_path, "export", "roster.xlsx")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "roster.xlsx" in ended.stdout
    return tmp_path


def append(office: Path, table: str, *cells: str) -> None:
    """One more row in a table of the workbook."""
    book = load_workbook(office / "roster.xlsx")
    book[table].append(cells)
    book.save(office / "roster.xlsx")


def test_what_was_exported_imports_as_nothing(office: Path) -> None:
    ended = hongqi(office, "import", "roster.xlsx")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "没有需要导入的" in ended.stdout


def test_a_changed_roster_is_shown_asked_for_and_imported(office: Path) -> None:
    append(office, "人员", "龙小云", "仙庾镇", "乡镇工作人员")
    declined = hongqi(office, "import", "roster.xlsx", typed="n\n")
    assert declined.returncode == 1
    assert "+ 人员 龙小云：仙庾镇 乡镇工作人员" in declined.stdout
    done = hongqi(office, "import", "roster.xlsx", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "名册已导入，共1条改动" in done.stdout
    assert "100%" in done.stdout
    assert "没有需要导入的" in hongqi(office, "import", "roster.xlsx").stdout


def test_a_wrong_workbook_is_marked_beside_the_file(office: Path) -> None:
    append(office, "人员", "龙小云", "仙庾镇", "村长")
    ended = hongqi(office, "import", "roster.xlsx", "--yes", HONGQI_LANGUAGE="en")
    assert ended.returncode == 1
    assert "“村长” is not known" in ended.stdout
    marked = load_workbook(office / "roster-to-correct.xlsx")
    assert marked["Problems"].max_row == 2


def test_what_cannot_be_opened_or_written_is_said_in_one_line(office: Path) -> None:
    (office / "old.xlsx").write_bytes(b"no workbook")
    ended = hongqi(office, "import", "old.xlsx")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert "不是能读的" in ended.stderr
    assert hongqi(office, "import", "nothing.xlsx").returncode == 2
    nowhere = hongqi(office, "export", "no/such/folder/roster.xlsx")
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (1, 1)
    with FileLock(office / "data" / "hongqi.db.lock"):
        for arguments in (("import", "roster.xlsx"), ("export", "other.xlsx")):
            taken = hongqi(office, *arguments)
            assert (taken.returncode, "hongqi.db" in taken.stderr) == (1, True)
