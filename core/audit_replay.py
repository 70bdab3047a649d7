"""What the acts of a chain lead to: replayed, they give the rows that the tables must hold.

Answers for the acts of sheets, rounds and units' ledgers, as the actions write them; for those on rankings
`core.audit_rankings` does. An act that it does not know changes no row that it answers for (a reminder, say). Acts from
before something was told leave those columns out: what nobody wrote down cannot be compared. Raises KeyError, TypeError
or ValueError for an act that no program of ours wrote; `core.actions.verifying` makes a finding of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.audit_findings import Entry, Plain, Row, Rows, Told, body_of
from core.sheet import Mark, written

STOCK = "roster"
"""Under which name an act on the roster tells what its tables come to (`core.store.roster_stock`)."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What a sheet's chain leads to, by table."""

    sheet: Rows
    marks: Rows
    submissions: Rows
    returned: Rows
    evidence: Rows

    def tables(self) -> Iterable[tuple[str, Rows]]:
        """By the tables' names, in the order in which they are compared."""
        return (
            ("sheet", self.sheet),
            ("mark", self.marks),
            ("submission", self.submissions),
            ("returned_item", self.returned),
            ("evidence", self.evidence),
        )


@dataclass(frozen=True, slots=True)
class RoundRows:
    """What a round's chain leads to; `sheets` as they were handed out, all of them where `told_all`."""

    round: Rows
    opened: bool
    sheets: Mapping[int, Row]
    told_all: bool


def written_sheets(sheets: Mapping[int, tuple[int, int | None, int | None]]) -> str:
    """New sheets by id, each with its unit and its rater (a person, or a unit), as handing out tells them."""
    told = ([sheet_id, *each] for sheet_id, each in sorted(sheets.items()))
    return json.dumps(list(told), separators=(",", ":"))


def replay_sheet(sheet_id: int, entries: Sequence[Entry], handed: Row | None, full: Mapping[int, int]) -> SheetRows:
    """The rows of a sheet. `handed`: how it was handed out, where that is known; `full`: the items' full points."""
    sheet: dict[str, Plain] = {**(handed or {}), "state": "open", "submitted_at": None, "version": 0}
    marks: dict[int, tuple[Mark, Plain, Plain]] = {}
    submissions: Told = {}
    returned: Told = {}
    evidence: Told = {}
    for entry in entries:
        told = body_of(entry)
        if entry.act in {"mark", "adopt"}:
            marks[told["item"]] = (_mark(told), entry.person, entry.at)
        elif entry.act == "correct":
            # Several items of one correction are one version: what the last of them leads to.
            marks[told["item"]] = (_mark(told), entry.person, entry.at)
            sheet["version"] = told["version"]
            submissions[f"{sheet_id}/{told['version']}"] = _handed_in(entry, marks)
        elif entry.act == "fill_rest":
            for item in map(int, told["items"].split(",")):
                marks[item] = (Mark(item, full[item], bulk=True), entry.person, entry.at)
        elif entry.act == "submit":
            version = int(sheet["version"] or 0) + 1
            sheet |= {"state": "submitted", "submitted_at": entry.at, "version": version}
            submissions[f"{sheet_id}/{version}"] = _handed_in(entry, marks)
        elif entry.act == "return":
            sheet |= {"state": "open", "submitted_at": None}
            key = f"{sheet_id}/{sheet['version']}/{told['item']}"
            returned[key] = {"reason": told["reason"], "person_id": entry.person, "returned_at": entry.at}
        elif entry.act in {"skip", "resume"}:
            sheet |= {"state": "skipped" if entry.act == "skip" else "open", "submitted_at": None}
        elif entry.act == "hand_over":
            sheet["rater_person_id"] = told["to"]
        else:
            _evidence(evidence, sheet_id, entry, told)
    return SheetRows({str(sheet_id): sheet}, _mark_rows(sheet_id, marks), submissions, returned, evidence)


def replay_round(round_id: int, entries: Sequence[Entry]) -> RoundRows:
    """The row of a round, and the sheets that were handed out. The first release opened rounds without an act."""
    row: dict[str, Plain] = {}
    sheets: dict[int, Row] = {}
    told_all = True
    for entry in entries:
        told = body_of(entry)
        if entry.act == "open":
            row |= {"period": told["period"], "unit_kind": told["kind"], "focus": None}
            names = ("district_id", "rubric_hash", "policy_hash", "opens_at", "closes_at")
            row |= {name: told[name] for name in names if name in told}
        elif entry.act in {"extend", "reopen", "close"}:
            row["closes_at"] = told["new"]
        elif entry.act == "focus":
            row["focus"] = told["new"]
        elif entry.act == "hand_out":
            told_all = told_all and "rows" in told
            for sheet_id, unit, person, township in json.loads(told.get("rows", "[]")):
                raters = {"rater_person_id": person, "rater_unit_id": township}
                sheets[sheet_id] = {"round_id": round_id, "unit_id": unit, **raters}
    return RoundRows({str(round_id): row}, "period" in row, sheets, told_all)


def replay_ledger(unit_id: int, district_id: int, entries: Sequence[Entry]) -> tuple[Rows, Rows]:
    """The filings and the excuses of a unit."""
    filings: Told = {}
    excuses: Told = {}
    for entry in entries:
        told = body_of(entry)
        if entry.act == "excuse":
            row = {"reason": told["reason"], "person_id": entry.person, "excused_at": entry.at}
            # Excused already is excused: the first reason stands.
            excuses.setdefault(f"{unit_id}/{told['duty']}/{told['key']}", row)
            continue
        key = f"{unit_id}/{told['duty']}/{told['key']}/{told['version']}"
        if entry.act == "file":
            filings[key] = _filing(district_id, entry, told)
        elif entry.act == "word":
            filings[key]["text"] = told["text"]
        elif entry.act in {"accepted", "rejected", "returned", "withdraw"}:
            state = "rejected" if entry.act == "withdraw" else entry.act
            decision = {"decision": told.get("reason"), "decided_by": entry.person, "decided_at": entry.at}
            filings[key] |= {"state": state, **decision}
    return filings, excuses


def newest_stock(entries: Sequence[Entry]) -> tuple[int, Mapping[str, str]]:
    """What the newest act that told it said the roster's tables come to, and which act that was; no table before."""
    for entry in reversed(entries):
        if STOCK in (told := body_of(entry)):
            stock: Mapping[str, str] = json.loads(told[STOCK])
            return int(str(entry.seq)), stock
    return 0, {}


def _handed_in(entry: Entry, marks: Mapping[int, tuple[Mark, Plain, Plain]]) -> dict[str, Plain]:
    """A version of a sheet as it stands after an act."""
    return {
        "submitted_at": entry.at,
        "person_id": entry.person,
        "body": written({item: mark for item, (mark, _, _) in marks.items()}),
        "audit_head": entry.hash,
    }


def _mark(told: Mapping[str, Any]) -> Mark:
    new = told["new"]
    points = None if new == "n/a" else new
    bulk = bool(told.get("bulk", 0))
    return Mark(told["item"], points, not_applicable=points is None, reason=told["new_reason"], bulk=bulk)


def _mark_rows(sheet_id: int, marks: Mapping[int, tuple[Mark, Plain, Plain]]) -> Rows:
    return {
        f"{sheet_id}/{item}": {
            "points": mark.points,
            "not_applicable": int(mark.not_applicable),
            "reason": mark.reason,
            "bulk": int(mark.bulk),
            "person_id": person,
            "marked_at": at,
        }
        for item, (mark, person, at) in marks.items()
    }


def _evidence(evidence: Told, sheet_id: int, entry: Entry, told: Mapping[str, Any]) -> None:
    """Pieces that came, and pieces of an album that went where one of them says."""
    if entry.act == "attach":
        key = f"{sheet_id}/{told['item']}/{told['source']}"
        evidence[key] = {"kind": told["kind"], "person_id": entry.person, "received_at": entry.at}
    elif entry.act == "move":
        piece = evidence.pop(f"{sheet_id}/{told['from']}/{told['source']}")
        if "item" in told:
            evidence[f"{sheet_id}/{told['item']}/{told['source']}"] = piece
    elif entry.act == "take_in":
        came = {"kind": told["kind"], "person_id": entry.person, "received_at": told["received_at"]}
        evidence[f"{sheet_id}/{told['item']}/{told['source']}"] = came


def _filing(district_id: int, entry: Entry, told: Mapping[str, Any]) -> dict[str, Plain]:
    names = ("filed_at", "title", "text", "link", "received", "heard", "solved")
    optional = ("prompt_id", "alike_id", "alike_percent")
    return {
        "district_id": district_id,
        "person_id": entry.person,
        "state": "pending" if told["duty"] == "briefing" else "filed",
        "decided_by": None,
        "decided_at": None,
        "decision": None,
        **{name: told[name] for name in names},
        **{name: told[name] for name in optional if name in told},
    }
