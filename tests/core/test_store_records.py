"""Files on disk, files still to be fetched, processed updates and dead letters."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from district import NOON, District, shipped_rules
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound

from core.actions import attaching
from core.store import evidence, rules, updates
from core.store.evidence import Lost, OwedFile, Piece
from core.store.file_store import FileStore
from core.store.updates import Processed


def test_a_file_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "evidence")
    content = "现场照片".encode()
    digest = store.put(content)
    assert digest == sha256(content).hexdigest()
    kept = store.path(digest)
    assert kept.read_bytes() == content
    written = kept.stat().st_mtime_ns
    assert store.put(content) == digest
    assert kept.stat().st_mtime_ns == written
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]


def test_half_a_file_left_by_a_kill_is_written_anew(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    kept = store.path(sha256(b"whole").hexdigest())
    kept.parent.mkdir()
    kept.with_suffix(".part").write_bytes(b"wh")
    store.put(b"whole")
    assert kept.read_bytes() == b"whole"
    assert not kept.with_suffix(".part").exists()


def send(district: District, sheet_id: int, number: int) -> None:
    """A photo to item 4."""
    piece = Piece("photo", f"unique-{number}", telegram_file_id=f"file-{number}", name=f"{number}.jpg")
    district.act(attaching.attach, district.zhou, sheet_id, 4, piece, NOON)


def owed(district: District, minutes: int = 0, limit: int = 10) -> list[OwedFile]:
    """What is to be fetched so many minutes after noon."""
    return district.act(evidence.owed_files, NOON.now + timedelta(minutes=minutes), limit)


def test_files_are_fetched_the_longest_waiting_first_and_tried_again_later(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    for number in (1, 2, 3):
        send(either_district, sheet_id, number)
    assert [file.telegram_file_id for file in owed(either_district, limit=2)] == ["file-1", "file-2"]
    first, second, third = owed(either_district)
    either_district.act(evidence.set_retry, first.file_id, 1, NOON.now + timedelta(minutes=5))
    either_district.act(evidence.set_stored, second.file_id, "0" * 64, 123)
    assert owed(either_district) == [third]
    assert owed(either_district, minutes=5) == [third, OwedFile(first.file_id, "file-1", 1)]


def test_a_file_that_is_lost_names_whom_to_tell(either_district: District) -> None:
    send(either_district, either_district.hand_out(), 1)
    (file,) = owed(either_district)
    lost = either_district.act(evidence.set_failed, file.file_id, 5)
    assert lost == Lost(either_district.zhou.telegram_id, "zh", 4, "1.jpg")
    assert owed(either_district, minutes=60) == []


def test_an_update_takes_effect_once_and_its_reply_is_owed_until_it_went_out(either_district: District) -> None:
    act = either_district.act
    act(updates.remember, [])
    act(updates.replied, [])
    act(updates.remember, [Processed(2**40, NOON.now, "b"), Processed(7, NOON.now, "a"), Processed(8, NOON.now, None)])
    assert act(updates.seen, [6, 7, 8, 2**40]) == {7, 8, 2**40}
    assert [each.owed for each in act(updates.owed)] == ["a", "b"]
    act(updates.replied, [7, 8])
    assert act(updates.owed) == [Processed(2**40, NOON.now, "b")]


def test_a_dead_letter_is_kept_whole(either_district: District) -> None:
    either_district.act(updates.bury, "K7", 9, '{"update_id": 9}', "Traceback …", NOON.now)
    with either_district.database.transaction() as db:
        row = db.execute(text("SELECT code, update_id, body, traceback FROM dead_letter")).one()
    assert tuple(row) == ("K7", 9, '{"update_id": 9}', "Traceback …")


def test_rules_are_read_back_by_their_hash_from_the_database(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_RUBRICS", {})
    monkeypatch.setattr(rules, "_POLICIES", {})
    shipped = shipped_rules()
    assert district.act(rules.rubric_of, shipped.rubric.hash) == shipped.rubric
    assert district.act(rules.policy_of, shipped.policy.hash) == shipped.policy
    with pytest.raises(NoResultFound):
        district.act(rules.policy_of, "nothing has this hash")
