"""What the acts of a chain lead to: replayed, they give the rows that the tables must hold.

Answers for the acts of sheets, rounds and units' ledgers, as the actions write them. An act that it does not know
changes no row that it answers for (a reminder, say). Acts from before something was told leave those columns out:
what nobody wrote down cannot be compared. Raises KeyError, TypeError or ValueError for an act that no program of ours
wrote; `core.actions.verifying` makes a finding of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from core import audit
from core.audit_findings import Entry, Finding, Kind, Plain, Row, Rows
from core.sheet import Mark, written

STOCK = "roster"
"""Under which name an act on the roster tells what its tables come to (`core.store.roster_stock`)."""

Told = dict[str, dict[str, Plain]]
"""Rows that grow act by act."""


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
class Pinned:
    """What one ranking was computed from: the heads of sheets and ledgers at a moment, as its act tells them."""

    seq: int
    at: str
    sheets: Mapping[int, str]
    ledgers: Mapping[int, str]
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class RoundRows:
    """What a round's chain leads to; `sheets` as they were handed out, all of them where `told_all`."""

    round: Rows
    opened: bool
    rankings: Rows
    sheets: Mapping[int, Row]
    told_all: bool
    pinned: tuple[Pinned, ...]
    findings: tuple[Finding, ...]


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
        told = _body(entry)
        if entry.act in {"mark", "adopt"}:
            marks[told["item"]] = (_mark(told), entry.person, entry.at)
        elif entry.act == "fill_rest":
            for item in map(int, told["items"].split(",")):
                marks[item] = (Mark(item, full[item], bulk=True), entry.person, entry.at)
        elif entry.act == "submit":
            version = int(sheet["version"] or 0) + 1
            sheet |= {"state": "submitted", "submitted_at": entry.at, "version": version}
            submissions[f"{sheet_id}/{version}"] = {
                "submitted_at": entry.at,
                "person_id": entry.person,
                "body": written({item: mark for item, (mark, _, _) in marks.items()}),
                "audit_head": entry.hash,
            }
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


def replay_round(round_id: int, entries: Sequence[Entry], chain: str, there: Row) -> RoundRows:
    """The rows of a round, its rankings, and the sheets that were handed out.

    `there` is the round's own row: the first release opened rounds without an act, and its rankings say no period.
    """
    row: dict[str, Plain] = {}
    named = {"period": there.get("period"), "unit_kind": there.get("unit_kind")}
    rankings: Told = {}
    sheets: dict[int, Row] = {}
    told_all = True
    pinned: list[Pinned] = []
    findings: list[Finding] = []
    for entry in entries:
        told = _body(entry)
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
        elif entry.act == "rank":
            _rank(rankings, named | row, entry, told)
            if "pinned" in told:
                pinned.append(_pinned(entry, told))
                findings += _check_pinned(chain, entry, told, pinned[-1])
    return RoundRows({str(round_id): row}, "period" in row, rankings, sheets, told_all, tuple(pinned), tuple(findings))


def replay_ledger(unit_id: int, district_id: int, entries: Sequence[Entry]) -> tuple[Rows, Rows]:
    """The filings and the excuses of a unit."""
    filings: Told = {}
    excuses: Told = {}
    for entry in entries:
        told = _body(entry)
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
        if STOCK in (told := _body(entry)):
            stock: Mapping[str, str] = json.loads(told[STOCK])
            return int(str(entry.seq)), stock
    return 0, {}


def check_pin(chain: str, entries: Sequence[Entry], pinned: Pinned, head: str | None, *, owed: bool) -> Finding | None:
    """Whether a ranking took this chain as it stood then.

    `head` None: the ranking left it out, which is wrong where it was `owed`: a sheet that was handed in, a ledger that
    had begun.
    """
    possible = [entries[length - 1].hash for length in _lengths(entries, pinned.at)]
    if head in possible or (head is None and not (owed and possible)):
        return None
    seq = next((index for index, entry in enumerate(entries, start=1) if entry.hash == head), None)
    found = possible[-1] if possible else None
    return Finding(Kind.PIN, chain, "ranking", chain, "audit_root", seq, expected=head, found=found)


def was_submitted(entries: Sequence[Entry], pinned: Pinned) -> bool:
    """Whether a sheet was surely handed in when a ranking was computed."""
    states = [
        next((entry.act for entry in reversed(entries[:length]) if entry.act in {"submit", "return"}), None)
        for length in _lengths(entries, pinned.at)
    ]
    return bool(states) and all(state == "submit" for state in states)


def _lengths(entries: Sequence[Entry], at: str) -> range:
    """How long a chain may have been at a moment: what came at that very moment may have come before or after."""
    surely = sum(1 for entry in entries if str(entry.at) < at)
    return range(max(surely, 1), sum(1 for entry in entries if str(entry.at) <= at) + 1)


def _body(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(str(entry.body))
    return told


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


def _rank(rankings: Told, row: Row, entry: Entry, told: Mapping[str, Any]) -> None:
    for earlier in rankings.values():
        earlier["state"] = "superseded"
    ranking: dict[str, Plain] = {"inputs_hash": told["inputs"], "audit_root": told["root"], "computed_at": entry.at}
    ranking |= {name: row[name] for name in ("rubric_hash", "policy_hash") if name in row}
    ranking |= {name: told[name] for name in ("state", "body") if name in told}
    rankings[f"{row['period']}/{row['unit_kind']}/{len(rankings) + 1}"] = ranking


def _pinned(entry: Entry, told: Mapping[str, Any]) -> Pinned:
    inputs = json.loads(told["pinned"])
    return Pinned(
        int(str(entry.seq)),
        str(entry.at),
        {int(each): head for each, head in inputs["sheets"].items()},
        {int(each): head for each, head in inputs["ledgers"].items()},
        frozenset(map(int, inputs["units"])),
    )


def _check_pinned(chain: str, entry: Entry, told: Mapping[str, Any], pinned: Pinned) -> Iterable[Finding]:
    """Whether the hash of the inputs and the root are those of the inputs that the act names."""
    sheets = ((f"sheet:{each}", head) for each, head in pinned.sheets.items())
    ledgers = ((f"ledger:{each}", head) for each, head in pinned.ledgers.items())
    computed = {
        "inputs": sha256(str(told["pinned"]).encode()).hexdigest(),
        "root": audit.root([*sheets, *ledgers]),
    }
    for name, value in computed.items():
        if told[name] != value:
            row = f"{chain}/{entry.seq}"
            yield Finding(Kind.PIN, chain, "audit", row, name, pinned.seq, expected=value, found=told[name])


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
