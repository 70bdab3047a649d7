"""The migrations lead to the tables, from nothing and from themselves, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.util import CommandError
from databases import opened
from sqlalchemy import inspect, text

from core.store.migrate import check, configuration, upgrade
from core.store.tables import METADATA


def test_the_migrations_make_exactly_the_tables(either_url: str) -> None:
    with opened(either_url) as database:
        with pytest.raises(CommandError):
            check(database)
        upgrade(database)
        check(database)
        assert set(inspect(database.engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_upgrading_twice_keeps_every_row(either_url: str) -> None:
    with opened(either_url) as database:
        upgrade(database)
        with database.transaction() as db:
            db.execute(text("INSERT INTO district (name, timezone, group_language) VALUES ('荷塘区', 'UTC', 'zh')"))
        upgrade(database)
        with database.transaction() as db:
            assert db.execute(text("SELECT name FROM district")).scalar_one() == "荷塘区"


def test_the_way_back_leaves_nothing_and_can_be_gone_again(either_url: str) -> None:
    with opened(either_url) as database:
        upgrade(database)
        with database.transaction() as db:
            command.downgrade(configuration(db), "base")
        assert inspect(database.engine).get_table_names() == ["alembic_version"]
        upgrade(database)
        check(database)


def test_foreign_keys_hold_again_after_a_migration(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'hongqi.db'}") as database:
        upgrade(database)
        with database.transaction() as db:
            assert db.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(config: object, _revision: str) -> None:
        db = config.attributes["connection"]  # type: ignore[attr-defined]  # alembic's Config
        db.exec_driver_sql("INSERT INTO unit (district_id, code, kind, category) VALUES (404, 'a', 'township', 'town')")

    with opened(f"sqlite:///{tmp_path / 'hongqi.db'}") as database:
        upgrade(database)
        with monkeypatch.context() as patched:
            patched.setattr(command, "upgrade", careless)
            with pytest.raises(RuntimeError, match="nowhere"):
                upgrade(database)
        with database.transaction() as db:
            assert db.execute(text("SELECT count(*) FROM unit")).scalar_one() == 0
