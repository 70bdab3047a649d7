"""`hongqi rank`: every format, beside a running bot, and what it refuses."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock
from openpyxl import load_workbook
from snapshot_samples import JUNE, told_of

from bot.demo.data import load_demo
from bot.settings import child_environment
from core import rubric_files
from core.actions import marking, publishing, rounds, submitting
from core.actions.door import Moment
from core.actions.ranking_inputs import of_round
from core.awards import FlagMonth
from core.export.ranking_data import ranking_json, table_csv
from core.periods import Period
from core.store import people, units
from core.store import rounds as stored
from core.store.engine import Db, NoDatabase, open_database, reading
from core.store.migrate import upgrade

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = Moment(datetime(2013, 6, 24, 2, tzinfo=UTC), date(2013, 6, 24))
QUARTER = Period.parse("2013-Q2")
TYPES = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def ranked(db: Db) -> None:
    """The demo's district with a second quarter that is final."""
    load_demo(db, BEGIN.now, ZONE, "zh")
    book = rubric_files.load_directory(rubric_files.SHIPPED)
    (policy,) = book.policies.values()
    rules = rounds.rules_from(rubric_files.SHIPPED, book.rubrics[policy.rubrics.township], policy)
    round_id = rounds.open_round(db, 1, QUARTER, "township", rules, BEGIN.now, QUARTER.ends_at(ZONE))
    actor = people.actors(db, [880002], BEGIN.today)[880002]
    for place, unit_id in enumerate(sorted(units.unit_names(db, 1, "township", BEGIN.today))[:6]):
        sheet = rounds.hand_out(db, round_id, unit_id, actor.person_id)
        for item in range(1, place + 1):
            marking.set_mark_with_reason(db, actor, sheet, item, 0, "缺", BEGIN)
        marking.fill_rest(db, actor, sheet, BEGIN)
        submitting.submit(db, actor, sheet, BEGIN)
    published = Moment(datetime(2013, 7, 1, 1, tzinfo=UTC), date(2013, 7, 1))
    district = units.district(db, 1)
    publishing.publish(db, district, of_round(db, stored.known(db, round_id), published), published)
    final = Moment(datetime(2013, 7, 10, tzinfo=UTC), date(2013, 7, 10))
    publishing.finalise_due(db, district, policy, final)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a district whose second quarter is ranked."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "data").mkdir()
    database = open_database(f"sqlite:///{folder / 'data' / 'hongqi.db'}")
    upgrade(database)
    with database.transaction() as db:
        ranked(db)
    database.close()
    return folder


def hongqi(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, without anybody's `.env`."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "rank", *arguments],
        cwd=folder,
        env=child_environment({"PYTHONPATH": str(ROOT), "COLUMNS": "200", **settings}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def told(folder: Path) -> dict[str, Any]:
    ended = hongqi(folder, "2013-Q2", "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def documented() -> dict[str, dict[str, set[str]]]:
    """The fields of `docs/rank-json.md` with their types, by the heading of their table."""
    tables: dict[str, dict[str, set[str]]] = {}
    name = ""
    for line in (ROOT / "docs" / "rank-json.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"\| Field(?: of `(\w+)`)? \| Type", line):
            name = heading[1] or "ranking"
            tables[name] = {}
        elif field := re.match(r"\| `(\w+)` \| ([\w ]+) \|", line):
            tables[name][field[1]] = set(field[2].split(" or "))
    return tables


def fits(found: dict[str, Any], fields: dict[str, set[str]]) -> None:
    """Every field that is documented is there, no other is, and each has its type."""
    assert set(found) == set(fields)
    for name, types in fields.items():
        assert type(found[name]) in {TYPES[each] for each in types}, name


def test_the_json_is_what_is_documented(office: Path) -> None:
    found, fields = told(office), documented()
    assert set(fields) == {"ranking", "rows", "flag", "flags", "prizes", "last_places"}
    fits(found, fields["ranking"])
    for row in found["rows"]:
        fits(row, fields["rows"])
    fits(found["prizes"], fields["prizes"])
    assert found["last_places"]
    for place in found["last_places"]:
        fits(place, fields["last_places"])


def test_scores_are_exact_and_rounded_and_what_is_missing_is_null(office: Path) -> None:
    found = told(office)
    first, *_, unranked = found["rows"]
    assert (first["rank"], first["score"], first["prize_fen"]) == (1, {"exact": "100", "rounded": "100.00"}, 300_000)
    assert (unranked["rank"], unranked["score"], unranked["prize_fen"]) == (None, None, 0)
    for row in found["rows"][:6]:
        assert Fraction(row["score"]["exact"]) == sum(Fraction(each["exact"]) for each in row["categories"].values())
    assert (found["state"], found["final_at"]) == ("final", "2013-07-10T00:00:00+00:00")


def test_it_reads_beside_a_running_bot_and_changes_nothing(office: Path) -> None:
    file = office / "data" / "hongqi.db"
    with FileLock(f"{file}.lock"):
        assert told(office)["period"] == "2013-Q2"
    with pytest.raises(NoDatabase, match="readonly"), reading(f"sqlite:///{file}") as db:
        db.exec_driver_sql("UPDATE district SET name = 'x'")


def test_the_table_and_the_files(office: Path, tmp_path: Path) -> None:
    shown = hongqi(office, "2013-Q2")
    assert (shown.returncode, shown.stderr) == (0, "")
    for words in ("2013年第二季度综合排名", "100.00", "未考核", "末位："):
        assert words in shown.stdout
    piped = hongqi(office, "2013-Q2", COLUMNS="80").stdout
    assert "…" not in piped
    assert piped == shown.stdout
    book = tmp_path / "排名.xlsx"
    written = hongqi(office, "2013-Q2", "--format", "xlsx", "--out", str(book))
    assert "写在" in written.stdout
    assert load_workbook(book)["综合排名"]["A4"].value == 1
    table = tmp_path / "table.csv"
    assert hongqi(office, "2013-Q2", "--format", "csv", "--out", str(table)).returncode == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(table.read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["名次", "单位", "得分"]
    assert len(rows) == 9
    assert hongqi(office, "2013-Q2", "--format", "csv").stdout.startswith("名次,单位")
    text = tmp_path / "table.txt"
    assert hongqi(office, "2013-Q2", "--out", str(text), HONGQI_LANGUAGE="en").returncode == 0
    assert "Ranking of 2013 Q2" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("六月",), "看不懂“六月”"),
        (("2013-Q1",), "没有2013-Q1的排名（乡镇、街道、管委会）"),
        (("2013-Q2", "--kind", "department"), "没有2013-Q2的排名（区直部门、市直驻区分支机构）"),
        (("2013-Q2", "--format", "xlsx"), "--out"),
        (("2013-Q2", "--format", "json", "--out", "none/such.json"), "写不了"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(office: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = hongqi(office, *arguments)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert said in ended.stderr


def test_a_database_that_is_missing_old_or_empty_is_left_as_it_is(tmp_path: Path) -> None:
    assert "无法读取数据库" in hongqi(tmp_path, "2013").stderr
    assert not (tmp_path / "data").exists()
    (tmp_path / "data").mkdir()
    url = f"sqlite:///{tmp_path / 'data' / 'hongqi.db'}"
    database = open_database(url)
    upgrade(database, "0005")
    database.close()
    assert "还没有升级" in hongqi(tmp_path, "2013").stderr
    database = open_database(url)
    upgrade(database)
    database.close()
    assert "还没有区" in hongqi(tmp_path, "2013").stderr


def test_no_cell_of_a_csv_is_executed() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "仙庾镇", None, 5]
    [row] = list(csv.reader(StringIO(table_csv(["a"], [cells]).removeprefix("\ufeffa\r\n"))))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "仙庾镇", "", "5"]


def test_a_month_tells_the_flag_and_no_prizes() -> None:
    month = ranking_json(told_of(JUNE, flag=FlagMonth(Period.parse("2013-06"), (1,), (), (1,))))
    fits(month["flag"], documented()["flag"])
    assert (month["prizes"], month["rows"][0]["prize_fen"], month["rows"][0]["eligible"]) == (None, None, None)


def test_the_json_of_a_half_year_has_the_flag_of_each_month() -> None:
    january, february = Period.parse("2013-01"), Period.parse("2013-02")
    found = ranking_json(told_of(JUNE, flags={january: FlagMonth(january, (1,), (), (1,)), february: None}))
    for each in found["flags"]:
        fits(each, documented()["flags"])
    assert [(each["month"], each["flag"] is None) for each in found["flags"]] == [("2013-01", False), ("2013-02", True)]
