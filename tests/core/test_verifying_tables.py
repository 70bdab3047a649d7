"""Whatever is changed by hand beside the bot is found, and the first finding says where."""

from __future__ import annotations

import pytest
from databases import Server, opened
from district import District, found_district
from inviting_office import ready
from kept_district import Story, tell
from tamperings import CHAINS, NOW, TAMPERINGS
from tamperings_of_rankings import CALENDAR, CORRECTIONS, RANKINGS

from core.actions.verifying import verify_all, verify_own
from core.audit_findings import Finding, Kind, Verified
from core.errors import NotAllowed
from core.store.engine import Database


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


ALL = TAMPERINGS | RANKINGS | CORRECTIONS | CALENDAR


@pytest.mark.parametrize("tampering", ALL)
def test_what_was_changed_in_a_table_is_found(kept: Database, tampering: str) -> None:
    statement, table, row, column = ALL[tampering]
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
        ("DELETE FROM ranking WHERE period = '2013-06' AND version = 2", "ranking"),
        ("UPDATE ranking SET final_at = computed_at WHERE period = '2013-Q2'", "ranking"),
        ("UPDATE objection SET decision = 'x' WHERE state = 'rejected'", "objection"),
        ("DELETE FROM explanation WHERE version = 2", "explanation"),
        ("DELETE FROM gate", "gate"),
        ("UPDATE calendar_day SET worked = NOT worked", "calendar_day"),
        ("UPDATE rescheduling SET reason = 'x'", "rescheduling"),
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
