"""Looking into a database beside its owner: what is committed is seen, and nothing can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.store import units
from core.store.engine import NoDatabase, open_database, reading
from core.store.migrate import is_newest, upgrade


def test_a_reader_sees_what_its_owner_committed_and_writes_nothing(either_url: str) -> None:
    owner = open_database(either_url)
    upgrade(owner, "0004")
    with reading(either_url) as db:
        assert not is_newest(db)
    upgrade(owner)
    with owner.transaction() as db:
        units.add_district(db, "荷塘区", "Asia/Shanghai", "zh")
    with reading(either_url) as db:
        assert is_newest(db)
        assert [each.name for each in units.districts(db)] == ["荷塘区"]
    with pytest.raises(NoDatabase), reading(either_url) as db:
        units.add_district(db, "芦淞区", "Asia/Shanghai", "zh")
    owner.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "hongqi.db"
    with pytest.raises(NoDatabase), reading(f"sqlite:///{path}") as db:
        units.districts(db)
    assert not path.parent.exists()
