"""Reading corrections (更正) back: which of them no ranking says yet.

Answers from the sheet's audit chain, whose head every ranking pins. Never writes; correcting is `correcting`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from core.corrections import Correction
from core.store import audit_log, rankings
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.sheets import SheetRecord

ACT = "correct"
"""What a correction is called in the audit chain of its sheet."""


def waiting(db: Db, record: SheetRecord) -> tuple[Correction, ...]:
    """The corrections of a sheet that its round's newest ranking does not hold, the oldest first.

    None while the ranking is still to be computed: then it will hold them.
    """
    frozen = rankings.newest(db, record.district_id, record.period, record.unit_kind)
    return () if frozen is None else waiting_for(db, record, frozen)


def waiting_for(db: Db, record: SheetRecord, frozen: RankingRecord) -> tuple[Correction, ...]:
    """The corrections of a sheet that this ranking does not hold, the oldest first."""
    pinned = pinned_heads(frozen).get(record.id)
    if frozen.computed_at < record.closes_at or pinned == record.head.hash:
        return ()
    links = audit_log.links(db, f"sheet:{record.id}")
    if pinned is not None:
        since = [link.hash for link in links].index(pinned) + 1
        entries = [link.entry for link in links[since:]]
    else:
        entries = [link.entry for link in links if _at(link.entry) > frozen.computed_at]
    return tuple(_correction(entry) for entry in entries if entry["act"] == ACT)


def pinned_heads(frozen: RankingRecord) -> Mapping[int, str]:
    """Where the audit chains of the sheets stood that a ranking was computed from; empty where that was not kept."""
    return _pinned(frozen.inputs)


# Asked for every sheet of a round, and as long as the round is large.
@lru_cache(maxsize=8)
def _pinned(inputs: str | None) -> Mapping[int, str]:
    told: Mapping[str, str] = {} if inputs is None else json.loads(inputs).get("sheets", {})
    return {int(sheet_id): head for sheet_id, head in told.items()}


def _correction(entry: Mapping[str, Any]) -> Correction:
    told = json.loads(entry["body"])
    return Correction(
        told["item"], _points(told["old"]), _points(told["new"]), told["new_reason"], _at(entry), told["objection"]
    )


def _points(told: int | str | None) -> int | None:
    return told if isinstance(told, int) else None


def _at(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
