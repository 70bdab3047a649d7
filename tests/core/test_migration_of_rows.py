"""A database of the first release, with rows in it, becomes one of today without losing any."""

from __future__ import annotations

import json
from pathlib import Path

from alembic import command
from databases import opened
from sqlalchemy import func, select, table, text

from core.sheet import Mark
from core.store import submissions
from core.store.migrate import check, configuration, upgrade

ROWS = (
    "INSERT INTO district (id, name, timezone, group_language) VALUES (1, '荷塘区', 'Asia/Shanghai', 'zh')",
    "INSERT INTO unit (id, district_id, code, kind) VALUES (1, 1, 'xianyu', 'township'), (2, 1, 'mz', 'department')",
    "INSERT INTO person (id, district_id, name, telegram_id, language) VALUES (1, 1, '周建国', 880002, 'zh')",
    (
        "INSERT INTO rule_text (hash, kind, key, version, text) VALUES ('r', 'rubric', 'r', 1, ''),"
        " ('p', 'policy', 'p', 1, '')"
    ),
    (
        "INSERT INTO round (id, district_id, period, unit_kind, rubric_hash, policy_hash, opens_at,"
        " closes_at, audit_seq,"
        " audit_head) VALUES (1, 1, '2013-06', 'township', 'r', 'p', '2013-06-01', '2013-07-01', 0, 'h')"
    ),
    (
        "INSERT INTO sheet (id, round_id, unit_id, rater_person_id, rater_unit_id, state, submitted_at, audit_seq,"
        " audit_head) VALUES (1, 1, 1, 1, NULL, 'submitted', '2013-06-20', 2, 'a'), (2, 1, 2, NULL,"
        " 1, 'submitted', '2013-06-21', 1, 'b'),"
        " (3, 1, 2, 1, NULL, 'open', NULL, 0, 'c'), (4, 1, 1, NULL, 1, 'submitted', '2013-06-22', 0, 'd')"
    ),
    (
        "INSERT INTO mark (sheet_id, item, points, not_applicable, reason, bulk, person_id, marked_at) VALUES"
        " (1, 1, 200, false, NULL, true, 1, '2013-06-20'), (1, 2, NULL, true, '没有', false, 1, '2013-06-20'),"
        " (2, 1, 950, false, NULL, false, 1, '2013-06-21'), (3, 1, 0, false, '无', false, 1, '2013-06-21')"
    ),
    "INSERT INTO prompt (id, person_id, kind, sheet_id, item, asked_at) VALUES (1, 1, 'reason', 3, 1, '2013-06-21')",
    "INSERT INTO screen (chat_id, sheet_id, item) VALUES (880002, 3, 1)",
)


def test_what_was_handed_in_becomes_its_own_first_version(either_url: str) -> None:
    with opened(either_url) as database:
        with database.transaction() as db:
            command.upgrade(configuration(db), "0001")
            for statement in ROWS:
                db.execute(text(statement))
        upgrade(database)
        check(database)
        with database.transaction() as db:
            versions = db.execute(text("SELECT id, state, version FROM sheet ORDER BY id")).all()
            kept = db.execute(
                text("SELECT sheet_id, version, person_id, body, audit_head FROM submission ORDER BY 1")
            ).all()
            kinds = db.execute(text("SELECT kind, category FROM unit ORDER BY id")).all()
            left = [db.scalar(select(func.count()).select_from(table(name))) for name in ("mark", "prompt", "screen")]
        assert [tuple(row) for row in kinds] == [("township", "town"), ("department", "department")]
        assert [tuple(row) for row in versions] == [
            (1, "submitted", 1),
            (2, "submitted", 1),
            (3, "open", 0),
            (4, "submitted", 0),
        ]
        assert [(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in kept] == [
            (1, 1, 1, {"1": [200, False, None, True], "2": [None, True, "没有", False]}, "a"),
            (2, 1, 1, {"1": [950, False, None, False]}, "b"),
        ]
        assert left == [4, 1, 1]


def test_what_was_handed_in_between_two_revisions_becomes_a_version_that_the_program_reads(either_url: str) -> None:
    with opened(either_url) as database:
        with database.transaction() as db:
            command.upgrade(configuration(db), "0001")
            for statement in ROWS:
                db.execute(text(statement))
        upgrade(database, "0002")
        with database.transaction() as db:
            # As the program of that revision left it: handed in, and no version kept.
            db.execute(text("DELETE FROM submission WHERE sheet_id = 2"))
            db.execute(text("UPDATE sheet SET version = 0 WHERE id = 2"))
        upgrade(database)
        with database.transaction() as db:
            versions = db.execute(text("SELECT id, version FROM sheet WHERE state = 'submitted' ORDER BY id")).all()
            first, second = submissions.marks_of(db, 1, 1), submissions.marks_of(db, 2, 1)
            handed_in = db.scalar(text("SELECT submitted_at FROM submission WHERE sheet_id = 2"))
        assert [tuple(row) for row in versions] == [(1, 1), (2, 1), (4, 0)]
        assert first == {1: Mark(1, 200, bulk=True), 2: Mark(2, None, not_applicable=True, reason="没有")}
        assert second == {1: Mark(1, 950)}
        assert str(handed_in).startswith("2013-06-21")


def test_a_skipped_sheet_and_a_pair_of_successors_hold(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'hongqi.db'}") as database:
        upgrade(database)
        with database.transaction() as db:
            checks = (
                db.execute(text("SELECT sql FROM sqlite_master WHERE name IN ('sheet', 'unit', 'prompt')"))
                .scalars()
                .all()
            )
        told = " ".join(checks)
        assert "'skipped'" in told
        assert "'return'" in told
        assert "(successor_id IS NULL) = (successor_inherits IS NULL)" in told
