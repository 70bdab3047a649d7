"""Looking into a database beside its owner: what is committed is seen, and nothing can be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from core.store import units
from core.store.engine import DatabaseMissing, open_database, open_for_reading
from core.store.migrate import is_newest, upgrade


def test_a_reader_sees_what_its_owner_committed_and_writes_nothing(either_url: str) -> None:
    owner = open_database(either_url)
    reader = open_for_reading(either_url) if not either_url.startswith("sqlite") else None
    if reader is not None:
        assert not is_newest(reader)
    upgrade(owner)
    reader = reader or open_for_reading(either_url)
    assert is_newest(reader)
    with owner.transaction() as db:
        units.add_district(db, "荷塘区", "Asia/Shanghai", "zh")
    with reader.transaction() as db:
        assert [each.name for each in units.districts(db)] == ["荷塘区"]
    with pytest.raises(DBAPIError), reader.transaction() as db:
        units.add_district(db, "芦淞区", "Asia/Shanghai", "zh")
    reader.close()
    owner.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "hongqi.db"
    with pytest.raises(DatabaseMissing) as missing:
        open_for_reading(f"sqlite:///{path}")
    assert missing.value.path == path
    assert not path.parent.exists()
