"""What verifying found, worded: every kind of finding in both languages, and the command in this process."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from snapshot_samples import PHRASES
from typer.testing import CliRunner

from bot.audit_command import app
from bot.phrases import LANGUAGES, read_texts
from bot.screens.audit import audit_screen, finding_text
from core.actions.verifying import verify_all
from core.audit_findings import Finding, Kind, Verified
from core.store.audit_reading import TABLES
from core.store.engine import open_database
from core.store.migrate import upgrade
from core.store.roster_stock import stock

AT = datetime(2013, 7, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_finding_has_its_sentence(kind: Kind, language: str) -> None:
    each = Finding(kind, "sheet:4", "mark", "4/7", "reason", seq=3, expected=None, found="迟报<b>" * 100)
    text = finding_text(PHRASES, language, each)
    assert "sheet:4" in text or "4/7" in text
    assert len(text) < 300
    screen = audit_screen(PHRASES, language, Verified(1, 9, "ab" * 32, (each,), 5), AT)
    assert "5" in screen.text
    assert "报<b>" not in screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_its_name(language: str, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    upgrade(database)
    with database.transaction() as db:
        told = stock(db, 1)
    database.close()
    named = {key.removeprefix("audit.tables.") for key in read_texts(language) if key.startswith("audit.tables.")}
    assert named == {"audit", "rule_text", *TABLES, *told}


def test_the_command_prints_the_root_as_words_and_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    monkeypatch.setenv("HONGQI_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    database = open_database(url)
    upgrade(database)
    with database.transaction() as db:
        root = verify_all(db).root
    assert root in CliRunner().invoke(app, ["verify"]).output
    told = json.loads(CliRunner().invoke(app, ["verify", "--json"]).output)
    assert (told["holds"], told["root"], told["findings"]) == (True, root, [])
    with database.transaction() as db:
        db.exec_driver_sql("INSERT INTO audit VALUES ('sheet:9', 1, '2013-06-01 00:00:00', NULL, 'x', '{}', 'a', 'b')")
    database.close()
    ended = CliRunner().invoke(app, ["verify"])
    assert ended.exit_code == 1
    assert "sheet:9" in ended.output
    (tmp_path / "a.db").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    assert CliRunner().invoke(app, ["verify"]).exit_code == 1
