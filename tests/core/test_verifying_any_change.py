"""Any change of any column that matters, in any row, is found; those that do not matter are named with reasons."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from databases import opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Table
from sqlalchemy.exc import IntegrityError

from core.actions.verifying import verify_all
from core.store.tables import METADATA

ELSEWHERE = {
    "dead_letter": "updates that failed, for whoever looks for the fault",
    "filing_file": "files to what was filed; the time that counts is the filing's",
    "occurrence": "what the clock did; the rounds and rankings that came of it have acts",
    "outbox": "messages",
    "processed_update": "messages",
    "prompt": "questions of the bot; what came of the answer is an act",
    "schedule_progress": "how far the clock was read",
    "screen": "what stands in a chat",
    "upload": "workbooks on their way in; what came of them are acts",
    "wrong_code": "tries that opened nothing",
}
"""Tables that nothing is computed from, and why."""

EXEMPT = {
    "district": {
        "group_chat_id": "where announcements go",
        "group_thread_id": "where announcements go",
        "group_language": "how they are worded",
        "policy_hash": "set anew at every start; a round pins its own",
    },
    "person": {
        "language": "the person's own choice",
        "reminded_at": "a note of the bot",
        "digest": "the person's own choice",
        "unreachable_since": "a note of the bot",
    },
    "evidence": {
        "telegram_file_id": "how to fetch it",
        "name": "how it is called",
        "size": "known once it was fetched",
        "sha256": "known once it was fetched, after the act; see decision 0025",
        "latitude": "see decision 0025",
        "longitude": "see decision 0025",
        "caption": "what was written beneath",
        "album": "what came with what",
        "state": "whether it was fetched",
        "attempts": "whether it was fetched",
        "next_try_at": "whether it was fetched",
    },
}
"""Columns of the other tables that may change without an act."""

OWN_KEYS = {"evidence", "filing", "ranking"}
"""Tables whose own key means nothing: their rows are told by what they are about."""


def matters(table: Table, column: str) -> bool:
    if column == "id" and table.name in OWN_KEYS:
        return False
    return column not in EXEMPT.get(table.name, {})


COLUMNS = [
    (table.name, column.name)
    for table in METADATA.sorted_tables
    for column in table.columns
    if table.name not in ELSEWHERE and matters(table, column.name)
]


def test_every_exemption_is_a_column_that_there_is() -> None:
    tables = {table.name: set(table.columns.keys()) for table in METADATA.sorted_tables}
    assert set(ELSEWHERE) < set(tables)
    assert all(set(columns) < tables[name] for name, columns in EXEMPT.items())


def other(value: Any, column: Any, draw: st.DataObject) -> Any:
    """Another value that the column can hold."""
    if isinstance(column.type, Boolean):
        return 1 - (value or 0)
    if value is None or isinstance(value, int):
        return draw.draw(st.integers(0, 10**6).filter(lambda number: number != value))
    changed = draw.draw(st.sampled_from([f"{value}x", value[1:], value[::-1], "2013-06-05 00:00:00.000000"]))
    return changed if changed != value else f"{value}x"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(COLUMNS), draw=st.data())
def test_any_change_is_found(told: Path, place: tuple[str, str], draw: st.DataObject) -> None:
    table, column = place
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(told, folder)
        with opened(f"sqlite:///{path}") as database, database.engine.connect() as db:
            driver = db.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")
            with db.begin():
                rows = db.exec_driver_sql(f'SELECT rowid, "{column}" FROM "{table}" ORDER BY rowid').all()  # noqa: S608
                row, value = draw.draw(st.sampled_from(rows))
                changed = other(value, METADATA.tables[table].columns[column], draw)
                try:
                    db.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (changed, row))  # noqa: S608
                except IntegrityError:
                    # The database itself does not have it.
                    return
                found = verify_all(db)
            assert not found.holds, f"{table}.{column} of row {row}: {value!r} became {changed!r}"
