"""Verifying the audit: does every chain hold, and do the tables say what the chains say?

Reads one district's rounds with their sheets, then its units' ledgers, its roster and its rankings, a chunk of owners
at a time: what is in memory does not grow with the sheets. Changes nothing; runs beside a bot on a snapshot of the
database (`core.store.engine.reading`). The order of the walk makes the first finding the first broken link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from core import audit
from core.audit_findings import (
    NOTHING,
    Entry,
    Finding,
    Kept,
    Kind,
    Plain,
    Row,
    Rows,
    Verified,
    check_chain,
    differences,
)
from core.audit_rankings import Computed, RankingRows, check_computed, check_pin, replay_rankings, was_submitted
from core.audit_replay import RoundRows, newest_stock, replay_ledger, replay_round, replay_sheet
from core.people import Actor
from core.permissions import Right, require
from core.rubric_files import examine_text
from core.store import audit_reading as reading
from core.store import roster_stock, units
from core.store.engine import Db

T = TypeVar("T")

_AT_ONCE = 200
"""Sheets whose chains and rows are in memory at a time."""

_KEPT = 100
"""Findings that are kept; the others are counted."""


def verify_own(db: Db, actor: Actor) -> Verified:
    """Verify the person's own district. Raises NotAllowed."""
    require(actor, Right.VERIFY_AUDIT)
    return verify(db, [actor.district_id])


def verify_all(db: Db) -> Verified:
    """Verify all districts of the database."""
    return verify(db, [each.id for each in units.districts(db)])


def verify(db: Db, district_ids: Iterable[int]) -> Verified:
    """Verify these districts, and what belongs to none: the texts of the rules, chains whose owner is gone."""
    walk, wanted = _Walk(db), list(district_ids)
    walk.rules()
    for district_id in wanted:
        walk.district(district_id)
    walk.strayed(wanted)
    walk.orphans()
    return walk.verified()


class _Walk:
    """One verification: what it has seen, and what it found."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._heads: list[tuple[str, str]] = []
        self._entries = 0
        self._findings: list[Finding] = []
        self._broken = 0
        self._opened = False
        self._full: dict[str, Mapping[int, int]] = {}

    def verified(self) -> Verified:
        """What it came to."""
        root = audit.root(self._heads)
        return Verified(len(self._heads), self._entries, root, tuple(self._findings), self._broken)

    def rules(self) -> None:
        """The texts that rounds pin are those whose hashes they name."""
        for row in reading.rule_texts(self._db):
            digest, found = str(row["hash"]), examine_text(str(row["text"]))
            told = {
                "text": found.hash,
                "kind": "policy" if found.rubric is None else "rubric",
                "key": found.key,
                "version": found.version,
            }
            there = {**row, "text": digest}
            for column in (each for each in told if told[each] != there[each]):
                self._note([Finding(Kind.DIFFERENT, "", "rule_text", digest, column)])
            if found.rubric is not None and found.hash == digest:
                self._full[digest] = {item.number: item.max_points for item in found.rubric.items}

    def district(self, district_id: int) -> None:
        """Everything of one district."""
        ranked = RankingRows()
        for round_id, kept in reading.round_heads(self._db, district_id).items():
            self._round(round_id, kept, ranked)
        unit_ids = reading.units_of(self._db, district_id)
        for each in _chunks(unit_ids, _AT_ONCE):
            self._ledgers(district_id, each, ranked.computed)
        self._roster(district_id, ranked)
        self._rankings(district_id, unit_ids, ranked)

    def strayed(self, district_ids: Sequence[int]) -> None:
        """Rounds that were opened in one of these districts and say now that they are of another."""
        for round_id, named in reading.rounds_elsewhere(self._db, district_ids).items():
            chain = f"round:{round_id}"
            entries = reading.entries(self._db, [chain])[chain]
            told = self._replayed(chain, lambda: replay_round(round_id, entries))  # noqa: B023  # called at once
            opened = None if told is None else told.round.get(str(round_id), {}).get("district_id")
            if opened in district_ids:
                row = str(round_id)
                self._note([Finding(Kind.DIFFERENT, chain, "round", row, "district_id", expected=opened, found=named)])

    def orphans(self) -> None:
        """Chains that nobody owns."""
        self._note(Finding(Kind.ORPHAN, chain) for chain in reading.chains_without_owner(self._db))

    def _round(self, round_id: int, kept: Kept, ranked: RankingRows) -> None:
        """A round with its sheets; what its chain says of its rankings goes to `ranked`."""
        chain = f"round:{round_id}"
        entries = reading.entries(self._db, [chain])[chain]
        if not self._holds(chain, entries, kept):
            return
        there = reading.rows(self._db, "round", "id", [round_id])[round_id]
        told = self._replayed(chain, lambda: replay_round(round_id, entries))
        if told is None:
            return
        if not told.opened and self._opened:
            # Rounds have been opened by an act since: one that was not is nobody's.
            self._note([Finding(Kind.EXTRA, chain, "round", str(round_id))])
        self._opened = self._opened or told.opened
        self._note(differences(chain, "round", told.round, there))
        # Of a round that was opened without an act its own row says what its rankings are of.
        named = {name: there[str(round_id)][name] for name in ("period", "unit_kind")} | dict(told.round[str(round_id)])
        rows = self._replayed(chain, lambda: replay_rankings(chain, entries, named)) or RankingRows()
        ranked.add(rows)
        full = self._full.get(str(there[str(round_id)]["rubric_hash"]), {})
        of_round = sorted({*told.sheets, *reading.sheets_of_round(self._db, round_id)})
        for sheet_ids in _chunks(of_round, _AT_ONCE):
            self._sheets(chain, told, rows.computed, full, sheet_ids)

    def _sheets(
        self,
        chain: str,
        told: RoundRows,
        computed: Sequence[Computed],
        full: Mapping[int, int],
        sheet_ids: Sequence[int],
    ) -> None:
        heads = reading.sheet_heads(self._db, sheet_ids)
        found = {
            table: reading.rows(self._db, table, "id" if table == "sheet" else "sheet_id", sheet_ids)
            for table in ("sheet", "mark", "submission", "returned_item", "evidence")
        }
        chains = reading.entries(self._db, [f"sheet:{each}" for each in sheet_ids])
        for sheet_id in sheet_ids:
            handed = told.sheets.get(sheet_id)
            if sheet_id not in heads:
                self._note([Finding(Kind.MISSING, chain, "sheet", str(sheet_id))])
            elif handed is None and told.told_all:
                self._note([Finding(Kind.EXTRA, chain, "sheet", str(sheet_id))])
            else:
                rows = {table: each[sheet_id] for table, each in found.items()}
                entries = chains[f"sheet:{sheet_id}"]
                self._sheet(sheet_id, entries, heads[sheet_id], handed, full, rows, computed)

    def _sheet(
        self,
        sheet_id: int,
        entries: Sequence[Entry],
        kept: Kept,
        handed: Row | None,
        full: Mapping[int, int],
        found: Mapping[str, Rows],
        computed: Iterable[Computed],
    ) -> None:
        chain = f"sheet:{sheet_id}"
        if not self._holds(chain, entries, kept):
            return
        told = self._replayed(chain, lambda: replay_sheet(sheet_id, entries, handed, full))
        if told is None:
            return
        for table, rows in told.tables():
            self._note(differences(chain, table, rows, found[table]))
        for each in computed:
            owed = was_submitted(entries, each.at)
            self._pin(check_pin(chain, entries, each.at, each.sheets.get(sheet_id), owed=owed))

    def _rankings(self, district_id: int, unit_ids: Sequence[int], told: RankingRows) -> None:
        self._note(self._replayed(f"roster:{district_id}", lambda: list(check_computed(told))) or ())
        found: dict[str, dict[str, Row]] = {}
        for table in ("ranking", "objection", "gate"):
            found[table] = reading.rows(self._db, table, "district_id", [district_id])[district_id]
        of_units = reading.rows(self._db, "explanation", "unit_id", unit_ids).values()
        found["explanation"] = {key: row for rows in of_units for key, row in rows.items()}
        keys = {row["id"]: key for key, row in found["ranking"].items()}
        for key, row in found["ranking"].items():
            found["ranking"][key] = {**row, "body": _hashed(row["body"]), "inputs": _hashed(row["inputs"])}
        for key, row in found["objection"].items():
            found["objection"][key] = {**row, "ranking_id": keys.get(row["ranking_id"])}
        for table, rows in told.tables():
            self._note(differences("", table, rows, found[table]))

    def _ledgers(self, district_id: int, unit_ids: Sequence[int], computed: Iterable[Computed]) -> None:
        heads = reading.ledger_heads(self._db, unit_ids)
        chains = reading.entries(self._db, [f"ledger:{each}" for each in unit_ids])
        found = {table: reading.rows(self._db, table, "unit_id", unit_ids) for table in ("filing", "excuse")}
        for unit_id in unit_ids:
            chain = f"ledger:{unit_id}"
            entries = chains[chain]
            if not self._holds(chain, entries, heads.get(unit_id, NOTHING)):
                continue
            told = self._replayed(chain, lambda: replay_ledger(unit_id, district_id, entries))  # noqa: B023
            for table, rows in zip(("filing", "excuse"), told or (), strict=False):
                self._note(differences(chain, table, rows, found[table][unit_id]))
            for each in computed:
                owed = each.counts_ledgers and unit_id in each.units
                self._pin(check_pin(chain, entries, each.at, each.ledgers.get(unit_id), owed=owed))

    def _roster(self, district_id: int, ranked: RankingRows) -> None:
        """The roster and the calendar; what the district's chain says of rankings goes to `ranked`."""
        chain = f"roster:{district_id}"
        entries = reading.entries(self._db, [chain])[chain]
        if not self._holds(chain, entries, reading.district_heads(self._db)[district_id]):
            return
        ranked.add(self._replayed(chain, lambda: replay_rankings(chain, entries, None)) or RankingRows())
        told = self._replayed(chain, lambda: newest_stock(entries))
        if told is None:
            return
        seq, stock = told
        there = roster_stock.stock(self._db, district_id)
        for table in (each for each in stock if stock[each] != there[each]):
            expected, found = stock[table], there[table]
            self._note([Finding(Kind.DIFFERENT, chain, table, seq=seq, expected=expected, found=found)])

    def _holds(self, chain: str, entries: Sequence[Entry], kept: Kept) -> bool:
        """Whether a chain holds; of one that does not, the rows are not judged."""
        self._entries += len(entries)
        broken = check_chain(chain, entries, kept)
        if broken is not None:
            self._note([broken])
        elif entries:
            self._heads.append((chain, str(kept.hash)))
        return broken is None

    def _replayed(self, chain: str, replay: Callable[[], T]) -> T | None:
        """What the acts lead to; acts that no program of ours wrote lead to a finding."""
        try:
            return replay()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._note([Finding(Kind.UNREADABLE, chain, row=chain, found=str(error))])
            return None

    def _pin(self, found: Finding | None) -> None:
        self._note([] if found is None else [found])

    def _note(self, found: Iterable[Finding]) -> None:
        for each in found:
            self._broken += 1
            if len(self._findings) < _KEPT:
                self._findings.append(each)


def _hashed(text: Plain) -> str | None:
    return None if text is None else sha256(str(text).encode()).hexdigest()


def _chunks(values: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (values[first : first + size] for first in range(0, len(values), size))
