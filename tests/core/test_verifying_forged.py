"""Chains that somebody wrote anew, hashes and all; and chains of earlier versions, which told less and still hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from core import audit
from core.actions.verifying import verify, verify_all
from core.audit_findings import Entry, Kind, Verified
from core.audit_rankings import RankingRows, replay_rankings
from core.audit_replay import STOCK, replay_ledger, replay_round, replay_sheet
from core.store.engine import Database, Db, NoDatabase, reading

Change = Callable[[str, dict[str, Any]], dict[str, Any] | None]
"""Gives the body that an act has instead; None: the act is left out."""

HEADS = {
    "sheet": "UPDATE sheet SET audit_seq = ?, audit_head = ? WHERE id = ?",
    "round": "UPDATE round SET audit_seq = ?, audit_head = ? WHERE id = ?",
    "ledger": "UPDATE unit_ledger SET audit_seq = ?, audit_head = ? WHERE unit_id = ?",
    "roster": "UPDATE district SET audit_seq = ?, audit_head = ? WHERE id = ?",
}


def verified(database: Database) -> Verified:
    with database.transaction() as db:
        return verify_all(db)


def forge(db: Db, chain: str, change: Change) -> None:
    """Write a whole chain anew, with the hashes that it then has, up to its owner's word."""
    rows = db.exec_driver_sql("SELECT at, person_id, act, body FROM audit WHERE chain = ? ORDER BY seq", (chain,)).all()
    db.exec_driver_sql("DELETE FROM audit WHERE chain = ?", (chain,))
    prev, seq = audit.GENESIS, 0
    for at, person, act, body in rows:
        told = change(act, json.loads(body))
        if told is None:
            continue
        seq += 1
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        moment = at.replace(" ", "T").removesuffix(".000000") + "+00:00"
        entry = {"chain": chain, "seq": seq, "at": moment, "person": person, "act": act, "body": text}
        digest = audit.chain_hash(prev, entry)
        db.exec_driver_sql(
            "INSERT INTO audit (chain, seq, at, person_id, act, body, prev_hash, hash) VALUES (?,?,?,?,?,?,?,?)",
            (chain, seq, at, person, act, text, prev, digest),
        )
        prev = digest
    kind, number = chain.split(":")
    db.exec_driver_sql(HEADS[kind], (seq, prev, int(number)))


def forged(database: Database, changes: dict[str, Change]) -> Verified:
    """What is found after these chains were written anew."""
    with database.transaction() as db:
        for chain, change in changes.items():
            forge(db, chain, change)
    return verified(database)


def test_a_chain_written_anew_does_not_fit_the_ranking(kept: Database) -> None:
    """The chain holds and the tables say the same, but the ranking names a head that the chain never had."""
    with kept.transaction() as db:
        forge(db, "sheet:2", lambda _, told: json.loads(json.dumps(told).replace(json.dumps("资料齐全"), '"无"')))
        head = db.exec_driver_sql("SELECT audit_head FROM sheet WHERE id = 2").scalar_one()
        db.exec_driver_sql("UPDATE mark SET reason = '无' WHERE sheet_id = 2 AND item = 9")
        db.exec_driver_sql("UPDATE submission SET body = replace(body, '资料齐全', '无') WHERE sheet_id = 2")
        db.exec_driver_sql("UPDATE submission SET audit_head = ? WHERE sheet_id = 2", (head,))
    found = verified(kept)
    assert {(each.kind, each.chain) for each in found.findings} == {(Kind.PIN, "sheet:2")}
    # Both versions of the ranking counted it.
    assert found.broken == 2


def test_a_sheet_or_a_ledger_that_a_ranking_left_out_is_found(kept: Database) -> None:
    def without(act: str, told: dict[str, Any]) -> dict[str, Any]:
        if act == "rank":
            pinned = json.loads(told["pinned"])
            del pinned["sheets"]["2"], pinned["ledgers"]["1"]
            told["pinned"] = json.dumps(pinned)
        return told

    found = forged(kept, {"round:1": without})
    left_out = {each.chain for each in found.findings if each.kind is Kind.PIN and each.table == "ranking"}
    assert left_out == {"sheet:2", "ledger:1"}
    # What is told now has neither the hash nor the root that the ranking was frozen with.
    told = [(each.chain, each.column) for each in found.findings if each.table == "audit"]
    assert told == [("round:1", "inputs"), ("round:1", "root")] * 2


@pytest.mark.parametrize(
    ("chain", "was", "becomes", "rows"),
    [
        # Two finals swapped, and one of them left out: of the half-year in the district's chain, of the year's round.
        ("roster:1", "2013-Q1 v2", "2013-Q1 v1", {"2013-Q1/township/1", "2013-Q1/township/2"}),
        ("round:5", "2013-Q1 v2", "2013-Q9 v2", {"2013-Q9/township/2", "2013-Q1/township/2"}),
        ("round:5", "2013-Q1 v3", "2013-Q1 v2", {"2013-Q1/township/2"}),
    ],
)
def test_a_year_or_half_year_that_took_other_finals_is_found(
    kept: Database, chain: str, was: str, becomes: str, rows: set[str]
) -> None:
    def other(act: str, told: dict[str, Any]) -> dict[str, Any]:
        return {**told, "pinned": told["pinned"].replace(was, becomes)} if act == "rank" else told

    found = forged(kept, {chain: other}).findings
    pins = {each.row for each in found if (each.kind, each.column, each.chain) == (Kind.PIN, "finals", chain)}
    assert pins == rows
    assert {each.column for each in found if each.table == "audit"} == {"inputs", "root"}


def test_finals_whose_bodies_are_others_are_found(kept: Database) -> None:
    def other(act: str, told: dict[str, Any]) -> dict[str, Any]:
        if act == "rank":
            pinned = json.loads(told["pinned"])
            pinned["finals"] = dict.fromkeys(pinned["finals"], "x")
            told["pinned"] = json.dumps(pinned)
        return told

    found = forged(kept, {"roster:1": other}).findings
    # Both versions of the half-year took two quarters.
    assert sum((each.kind, each.column) == (Kind.PIN, "finals") for each in found) == 4


@pytest.mark.parametrize(("name", "value"), [("version", 7), ("period", "sometime")])
def test_a_half_year_that_no_program_of_ours_told_is_found(kept: Database, name: str, value: str | int) -> None:
    found = forged(kept, {"roster:1": lambda act, told: {**told, name: value} if act == "rank" else told})
    assert (Kind.UNREADABLE, "roster:1") in {(each.kind, each.chain) for each in found.findings}


OLDER = {
    "open": ("period", "kind", "closes_at"),
    "hand_out": ("sheets",),
    "rank": ("root", "inputs"),
}

# What the migration to 0006 made of rankings that were there.
AS_MIGRATED = (
    "UPDATE ranking SET inputs = NULL, objections_until = NULL, final_at = computed_at WHERE period = '2013-06'"
)


def as_before(act: str, told: dict[str, Any]) -> dict[str, Any]:
    """What earlier versions told."""
    newer = {STOCK, "prompt_id", "alike_id", "alike_percent"}
    # A half-year's is in the district's chain, where no earlier version told a ranking.
    names = told if act == "rank" and "period" in told else OLDER.get(act, told)
    return {key: value for key, value in told.items() if key in names and key not in newer}


@pytest.mark.parametrize("opened", [True, False])
def test_what_earlier_versions_wrote_still_holds(kept: Database, opened: bool) -> None:
    def before(act: str, told: dict[str, Any]) -> dict[str, Any] | None:
        return as_before(act, told) if opened or act != "open" else None

    with kept.transaction() as db:
        db.exec_driver_sql(AS_MIGRATED)
    chains = ("round:1", "round:2", "roster:1")
    assert forged(kept, dict.fromkeys(chains, before)).findings == ()
    # What they told is compared all the same.
    with kept.transaction() as db:
        db.exec_driver_sql("UPDATE round SET closes_at = '2013-07-09 00:00:00.000000' WHERE id = 1")
        db.exec_driver_sql("UPDATE ranking SET audit_root = 'x' WHERE version = 1")
    found = verified(kept)
    assert {(each.table, each.column) for each in found.findings} == {
        ("round", "closes_at"),
        ("ranking", "audit_root"),
    }


@pytest.mark.parametrize("chain", ["sheet:2", "round:1", "ledger:1", "roster:1"])
def test_acts_that_no_program_of_ours_wrote_are_found_not_stumbled_over(kept: Database, chain: str) -> None:
    def nonsense(act: str, _told: dict[str, Any]) -> dict[str, Any]:
        return {STOCK: "["} if chain.startswith("roster") else {"act": act}

    found = forged(kept, {chain: nonsense})
    assert (Kind.UNREADABLE, chain) in {(each.kind, each.chain) for each in found.findings}


def test_a_sheet_that_was_deleted_with_all_that_is_its_own_is_missing(kept: Database) -> None:
    with kept.engine.connect() as db:
        driver = db.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            for table in ("mark", "submission", "returned_item", "evidence"):
                db.exec_driver_sql(f"DELETE FROM {table} WHERE sheet_id = 2")  # noqa: S608  # names of our own
            db.exec_driver_sql("DELETE FROM sheet WHERE id = 2")
            db.exec_driver_sql("DELETE FROM audit WHERE chain = 'sheet:2'")
    (found,) = verified(kept).findings
    assert (found.kind, found.table, found.row, found.chain) == (Kind.MISSING, "sheet", "2", "round:1")


def test_of_many_findings_the_first_hundred_are_kept_and_all_are_counted(kept: Database) -> None:
    with kept.transaction() as db:
        db.exec_driver_sql("UPDATE mark SET person_id = 1, reason = 'x', marked_at = '2013-01-01 00:00:00'")
    found = verified(kept)
    assert len(found.findings) == 100
    assert found.broken > 100


def test_what_other_districts_do_is_theirs(kept: Database) -> None:
    with kept.transaction() as db:
        found = verify(db, [])
    assert (found.holds, found.chains, found.entries) == (True, 0, 0)


def test_acts_that_change_no_row_are_no_ones_concern() -> None:
    known = Entry(1, "2013-06-24T04:00:00+00:00", 1, "wave", '{"duty":"briefing","key":"a","version":1}', "", "")
    assert replay_sheet(1, [known], None, {}).marks == {}
    assert replay_round(1, [known]).sheets == {}
    assert replay_rankings("round:1", [known], {}) == RankingRows()
    assert replay_ledger(1, 1, [known]) == ({}, {})


def test_a_database_is_read_beside_who_owns_it(either: Database) -> None:
    url = either.engine.url.render_as_string(hide_password=False)
    with reading(url) as db, either.transaction() as owner:
        assert verify_all(db).holds
        owner.exec_driver_sql(
            "INSERT INTO audit (chain, seq, at, act, body, prev_hash, hash)"
            " VALUES ('sheet:9', 1, '2013-06-01 00:00:00+00:00', 'x', '{}', 'a', 'b')"
        )
        # What is read is as it was.
        assert verify_all(db).holds
    with reading(url) as db:
        assert verify_all(db).broken == 1
    with pytest.raises(NoDatabase), reading(url) as db:
        db.exec_driver_sql("DELETE FROM audit")


def test_a_copy_in_a_folder_that_nobody_may_write_to_is_read(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(kept.engine.url)
    kept.close()
    monkeypatch.setattr("core.store.engine.os.access", lambda *_: False)
    with reading(url) as db:
        assert verify_all(db).holds
    with pytest.raises(NoDatabase), reading(url.replace("kept.db", "none.db")):
        pass
