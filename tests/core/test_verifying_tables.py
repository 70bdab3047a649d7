"""Whatever is changed by hand beside the bot is found, and the first finding says where."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from databases import Server, opened
from district import District, found_district
from inviting_office import ready
from kept_district import Story, tell
from tamperings import CHAINS, NOW, TAMPERINGS

from core.actions.verifying import verify_all, verify_own
from core.audit_findings import Finding, Kind, Verified
from core.errors import NotAllowed
from core.store.engine import Database

Say = Callable[[str], None]


@pytest.fixture(scope="module")
def told(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story on an SQLite file; copy it."""
    path = tmp_path_factory.mktemp("told") / "hongqi.db"
    shutil.copy(migrated_sqlite, path)
    with opened(f"sqlite:///{path}") as database:
        tell(ready(found_district(database)))
    return path


@pytest.fixture
def kept(told: Path, tmp_path: Path) -> Iterator[Database]:
    """The story, to tamper with."""
    path = shutil.copy(told, tmp_path / "hongqi.db")
    with opened(f"sqlite:///{path}") as database:
        yield database


def verified(database: Database) -> Verified:
    with database.transaction() as db:
        return verify_all(db)


def by_hand(database: Database, statement: str) -> None:
    """What somebody does who has the database and no scruples: foreign keys do not stop them either."""
    with database.engine.connect() as db:
        db.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # it is open
        with db.begin():
            assert db.exec_driver_sql(statement).rowcount > 0


def first(database: Database) -> Finding:
    found = verified(database)
    assert not found.holds
    return found.findings[0]


def test_what_nobody_touched_holds(kept: Database) -> None:
    found = verified(kept)
    assert (found.findings, found.broken, found.holds) == ((), 0, True)
    with kept.transaction() as db:
        assert found.entries == db.exec_driver_sql("SELECT count(*) FROM audit").scalar_one()
        assert found.chains == db.exec_driver_sql("SELECT count(DISTINCT chain) FROM audit").scalar_one()
    assert verified(kept).root == found.root


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_what_was_changed_in_a_table_is_found(kept: Database, tampering: str) -> None:
    statement, table, row, column = TAMPERINGS[tampering]
    by_hand(kept, statement.format(now=NOW))
    found = first(kept)
    assert found.table == table
    assert row is None or found.row == row
    assert not column or found.column == column


@pytest.mark.parametrize("tampering", CHAINS)
def test_what_was_changed_in_the_log_is_found(kept: Database, tampering: str) -> None:
    statement, kind, chain = CHAINS[tampering]
    by_hand(kept, statement.format(now=NOW, last="SELECT max(seq) FROM audit WHERE chain = 'sheet:2'"))
    found = first(kept)
    assert (found.kind, found.chain, found.table) == (kind, chain, "audit")


def test_the_first_finding_names_the_entry_that_is_gone(kept: Database) -> None:
    with kept.transaction() as db:
        length = db.exec_driver_sql("SELECT max(seq) FROM audit WHERE chain = 'sheet:1'").scalar_one()
        db.exec_driver_sql("DELETE FROM audit WHERE chain = 'sheet:1' AND seq = ?", (length,))
    assert first(kept).seq == length


def test_a_round_that_was_deleted_leaves_a_chain_of_nobody(kept: Database) -> None:
    by_hand(kept, "DELETE FROM round WHERE id = 2")
    found = verified(kept)
    assert Kind.ORPHAN in {each.kind for each in found.findings}
    assert "round:2" in {each.chain for each in found.findings}


def test_two_reasons_that_were_swapped_are_both_found(kept: Database) -> None:
    by_hand(kept, "UPDATE mark SET reason = 'x' WHERE sheet_id = 2 AND item = 3")
    by_hand(kept, "UPDATE mark SET reason = '没有这项工作' WHERE sheet_id = 2 AND item = 9")
    by_hand(kept, "UPDATE mark SET reason = '资料齐全' WHERE sheet_id = 2 AND item = 3")
    found = verified(kept)
    assert [each.row for each in found.findings if each.table == "mark"] == ["2/3", "2/9"]
    assert found.broken == 2


def test_a_chain_written_anew_from_some_act_on_does_not_fit_the_ranking(kept: Database) -> None:
    """Somebody who computes hashes too: the chain holds, but the ranking names a head that it never had."""
    from core import audit

    with kept.transaction() as db:
        rows = db.exec_driver_sql(
            "SELECT seq, at, person_id, act, body FROM audit WHERE chain = 'sheet:2' ORDER BY seq"
        ).all()
        prev = audit.GENESIS
        for seq, at, person, act, body in rows:
            changed = body.replace("资料齐全", "资料齐备")
            moment = at.replace(" ", "T").removesuffix(".000000") + "+00:00"
            told = {"chain": "sheet:2", "seq": seq, "at": moment, "person": person, "act": act, "body": changed}
            digest = audit.chain_hash(prev, told)
            values = (changed, prev, digest, seq)
            db.exec_driver_sql(
                "UPDATE audit SET body = ?, prev_hash = ?, hash = ? WHERE chain = 'sheet:2' AND seq = ?", values
            )
            prev = digest
        db.exec_driver_sql("UPDATE sheet SET audit_head = ? WHERE id = 2", (prev,))
        db.exec_driver_sql("UPDATE mark SET reason = '资料齐备' WHERE sheet_id = 2 AND item = 9")
        db.exec_driver_sql("UPDATE submission SET body = replace(body, '齐全', '齐备') WHERE sheet_id = 2")
        db.exec_driver_sql("UPDATE submission SET audit_head = ? WHERE sheet_id = 2", (prev,))
    found = verified(kept)
    assert {(each.kind, each.chain) for each in found.findings} == {(Kind.PIN, "sheet:2")}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_both_databases_hold_and_are_found_out(request: pytest.FixtureRequest, database: str) -> None:
    if database == "sqlite":
        target = request.getfixturevalue("sqlite")
        story = tell(ready(found_district(target)))
        _is_found_out(target, story)
        return
    server: Server = request.getfixturevalue("postgresql")
    with opened(server.migrated()) as target:
        story = tell(ready(found_district(target)))
        _is_found_out(target, story)


def _is_found_out(database: Database, story: Story) -> None:
    assert verified(database).findings == ()
    assert story.first != story.second
    for statement, table in (
        ("UPDATE mark SET points = 50 WHERE item = 4", "mark"),
        ("UPDATE sheet SET version = 9 WHERE version = 1", "sheet"),
        ("UPDATE filing SET filed_at = '2013-06-01 00:00:00+00:00'", "filing"),
        ("UPDATE appointment SET starts_on = '2013-01-01'", "appointment"),
        ("DELETE FROM ranking WHERE version = 2", "ranking"),
        ("DELETE FROM audit WHERE chain LIKE 'ledger:%'", "audit"),
    ):
        with database.engine.connect() as db:
            transaction = db.begin()
            assert db.exec_driver_sql(statement.replace("%", "%%") if "psycopg" in str(db.engine.url) else statement)
            found = verify_all(db)
            assert table in {each.table for each in found.findings}
            transaction.rollback()
    assert verified(database).holds


def test_only_the_office_and_its_viewers_verify(office: District) -> None:
    story = tell(office)
    assert office.act(verify_own, office.tang).holds
    assert story.department
    with pytest.raises(NotAllowed):
        office.act(verify_own, office.zhou)
