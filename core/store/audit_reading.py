"""The audit log and the tables it answers for, read to be verified: by chunks of owners, never a whole table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select

from core.audit_findings import Entry, Kept, Plain, Row
from core.store.audit_rows import stored
from core.store.engine import Db
from core.store.tables import (
    Audit,
    District,
    Evidence,
    Excuse,
    Explanation,
    FilingRow,
    Gate,
    MarkRow,
    Objection,
    Ranking,
    ReturnedItem,
    Round,
    RuleText,
    SheetRow,
    Submission,
    Unit,
    UnitLedger,
    table_of,
)

_AUDIT = table_of(Audit)
_SHEET = table_of(SheetRow)
_ROUND = table_of(Round)
_UNIT = table_of(Unit)
_LEDGER = table_of(UnitLedger)
_DISTRICT = table_of(District)
_ENTRY = ("chain", "seq", "at", "person_id", "act", "body", "prev_hash", "hash")
_HEAD = ("audit_seq", "audit_head")


class Told(NamedTuple):
    """A table whose rows the acts tell: what makes a row's key, and which columns are compared."""

    table: Table
    keys: tuple[str, ...]
    columns: tuple[str, ...]


TABLES: Mapping[str, Told] = {
    "round": Told(
        _ROUND,
        ("id",),
        ("district_id", "period", "unit_kind", "rubric_hash", "policy_hash", "opens_at", "closes_at", "focus"),
    ),
    "ranking": Told(
        table_of(Ranking),
        ("period", "unit_kind", "version"),
        (
            "id",
            "state",
            "computed_at",
            "body",
            "inputs",
            "inputs_hash",
            "audit_root",
            "rubric_hash",
            "policy_hash",
            "objections_until",
            "final_at",
        ),
    ),
    "objection": Told(
        table_of(Objection),
        ("id",),
        (
            "ranking_id",
            "unit_id",
            "person_id",
            "prompt_id",
            "items",
            "text",
            "raised_at",
            "state",
            "decided_by",
            "decided_at",
            "decision",
        ),
    ),
    "explanation": Told(
        table_of(Explanation), ("unit_id", "period", "version"), ("prompt_id", "text", "person_id", "filed_at")
    ),
    "gate": Told(table_of(Gate), ("period", "unit_kind"), ("person_id", "opened_at")),
    "sheet": Told(
        _SHEET,
        ("id",),
        ("round_id", "unit_id", "rater_person_id", "rater_unit_id", "state", "submitted_at", "version"),
    ),
    "mark": Told(
        table_of(MarkRow),
        ("sheet_id", "item"),
        ("points", "not_applicable", "reason", "bulk", "person_id", "marked_at"),
    ),
    "submission": Told(
        table_of(Submission), ("sheet_id", "version"), ("submitted_at", "person_id", "body", "audit_head")
    ),
    "returned_item": Told(
        table_of(ReturnedItem), ("sheet_id", "version", "item"), ("reason", "person_id", "returned_at")
    ),
    "evidence": Told(table_of(Evidence), ("sheet_id", "item", "source_key"), ("kind", "person_id", "received_at")),
    "filing": Told(
        table_of(FilingRow),
        ("unit_id", "duty", "key", "version"),
        (
            "district_id",
            "person_id",
            "prompt_id",
            "filed_at",
            "state",
            "title",
            "text",
            "link",
            "received",
            "heard",
            "solved",
            "decided_by",
            "decided_at",
            "decision",
            "alike_id",
            "alike_percent",
        ),
    ),
    "excuse": Told(table_of(Excuse), ("unit_id", "duty", "key"), ("reason", "person_id", "excused_at")),
}
"""What is compared row by row, by the tables' names."""


def rows(db: Db, name: str, column: str, values: Collection[Any]) -> dict[Any, dict[str, Row]]:
    """The rows of a table whose column is one of these, by the column's value and by their keys in words."""
    table, keys, columns = TABLES[name]
    found: dict[Any, dict[str, Row]] = {value: {} for value in values}
    names = tuple(dict.fromkeys((column, *keys, *columns)))
    for row in stored(db, table, names, lambda query: query.where(table.c[column].in_(values))):
        key = "/".join(str(row[part]) for part in keys)
        found[row[column]][key] = {each: row[each] for each in columns}
    return found


def entries(db: Db, chains: Sequence[str]) -> dict[str, list[Entry]]:
    """Whole chains by their names, oldest entry first."""
    found: dict[str, list[Entry]] = {chain: [] for chain in chains}
    ordered = stored(
        db, _AUDIT, _ENTRY, lambda query: query.where(_AUDIT.c.chain.in_(chains)).order_by(_AUDIT.c.chain, _AUDIT.c.seq)
    )
    for row in ordered:
        chain, *told = row.values()
        found[str(chain)].append(Entry(*told))
    return found


def sheet_heads(db: Db, ids: Collection[int]) -> dict[int, Kept]:
    """Where the chains of these sheets stand by the sheets' own word."""
    return _heads(db, _SHEET, "id", _SHEET.c.id.in_(ids))


def round_heads(db: Db, district_id: int) -> dict[int, Kept]:
    """Where the chains of a district's rounds stand, by the rounds' ids."""
    return _heads(db, _ROUND, "id", _ROUND.c.district_id == district_id)


def ledger_heads(db: Db, unit_ids: Collection[int]) -> dict[int, Kept]:
    """Where the chains of units' ledgers stand; units without one are left out."""
    return _heads(db, _LEDGER, "unit_id", _LEDGER.c.unit_id.in_(unit_ids))


def district_heads(db: Db) -> dict[int, Kept]:
    """Where the chains of the districts' rosters stand, by the districts' ids."""
    return _heads(db, _DISTRICT, "id", _DISTRICT.c.id.is_not(None))


def rounds_elsewhere(db: Db, district_ids: Collection[int]) -> dict[int, Plain]:
    """Rounds that say that they are of none of these districts, by id, with the district that they name."""
    condition = _ROUND.c.district_id.not_in(district_ids)
    found = stored(db, _ROUND, ("id", "district_id"), lambda query: query.where(condition).order_by(_ROUND.c.id))
    return {int(str(row["id"])): row["district_id"] for row in found}


def sheets_of_round(db: Db, round_id: int) -> list[int]:
    """The sheets that say that they are of this round."""
    return list(db.scalars(select(_SHEET.c.id).where(_SHEET.c.round_id == round_id).order_by(_SHEET.c.id)))


def units_of(db: Db, district_id: int) -> list[int]:
    """All units of a district."""
    return list(db.scalars(select(_UNIT.c.id).where(_UNIT.c.district_id == district_id).order_by(_UNIT.c.id)))


def rule_texts(db: Db) -> Iterator[Row]:
    """The kept rubrics and policies."""
    table = table_of(RuleText)
    return stored(db, table, ("hash", "kind", "key", "version", "text"), lambda query: query.order_by(table.c.hash))


def chains_without_owner(db: Db) -> Iterator[str]:
    """Chains whose sheet, round, unit or district is not there, whichever district they were of."""
    owners = {
        "sheet": set(db.scalars(select(_SHEET.c.id))),
        "round": set(db.scalars(select(_ROUND.c.id))),
        "ledger": set(db.scalars(select(_UNIT.c.id))),
        "roster": set(db.scalars(select(_DISTRICT.c.id))),
    }
    for (chain,) in db.execute(select(_AUDIT.c.chain).group_by(_AUDIT.c.chain).order_by(func.min(_AUDIT.c.chain))):
        kind, _, number = str(chain).partition(":")
        if not number.isdecimal() or int(number) not in owners.get(kind, ()):
            yield str(chain)


def _heads(db: Db, table: Table, key: str, condition: Any) -> dict[int, Kept]:
    found = stored(db, table, (key, *_HEAD), lambda query: query.where(condition).order_by(table.c[key]))
    return {int(str(row[key])): Kept(row["audit_seq"], row["audit_head"]) for row in found}
