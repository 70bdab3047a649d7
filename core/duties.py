"""The ledger of duties (月报表, 信息上报, 群众工作日): what was due, what came of it, and how that is counted.

Values and rules only. A ledger that nobody keeps says nothing: what was due before the district's first filing of a
duty is unknown, not missing. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.calendar import Due, Duty
from core.policy import Duties


class FilingState(StrEnum):
    """A report or a workday is filed until the office returns it; a briefing waits for a yes or a no."""

    FILED = "filed"
    RETURNED = "returned"
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class DutyState(StrEnum):
    """What the ledger says of one unit, one duty and one due date. `SHIFTED`: not due yet, and on another day."""

    NOT_DUE = "not_due"
    SHIFTED = "shifted"
    FILED = "filed"
    LATE = "late"
    MISSING = "missing"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing of a unit, as far as the ledger counts it; `version` counts up with each under the same key."""

    key: str
    version: int
    filed_at: datetime
    state: FilingState


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What came of one due date. `filed_at` is the time that counts; `excuse` the office's reason."""

    due: Due
    state: DutyState
    filed_at: datetime | None = None
    excuse: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A unit's entries of one duty in a period, counted. What is excused or not due yet counts for nothing."""

    on_time: int = 0
    late: int = 0
    missing: int = 0
    excused: int = 0

    @property
    def counted(self) -> int:
        """How many due dates the share is taken over."""
        return self.on_time + self.late + self.missing


def entries(
    dues: Sequence[Due],
    filings: Iterable[Filing],
    excuses: Mapping[str, str],
    rules: Duties,
    now: datetime,
    began_at: datetime | None,
) -> tuple[LedgerEntry, ...]:
    """One unit's entries of one duty, in the order of the due dates; what was filed after all is known, however old.

    `began_at` is the district's first filing of this duty (None: nobody ever filed one), `excuses` are reasons by key.
    """
    if began_at is None:
        return ()
    by_key: dict[str, list[Filing]] = {}
    for filing in sorted(filings, key=lambda each: each.version):
        by_key.setdefault(filing.key, []).append(filing)
    return tuple(
        _entry(due, by_key.get(due.key, ()), excuses.get(due.key), rules, now)
        for due in dues
        if due.ends_at > began_at or due.key in by_key
    )


def tally(ledger: Iterable[LedgerEntry]) -> Tally:
    """Count entries."""
    states = [entry.state for entry in ledger]
    return Tally(
        on_time=states.count(DutyState.FILED),
        late=states.count(DutyState.LATE),
        missing=states.count(DutyState.MISSING),
        excused=states.count(DutyState.EXCUSED),
    )


def _entry(due: Due, filings: Sequence[Filing], excuse: str | None, rules: Duties, now: datetime) -> LedgerEntry:
    counts = _counts(due.duty, filings, rules)
    if excuse is not None:
        return LedgerEntry(due, DutyState.EXCUSED, counts, excuse)
    if counts is not None:
        return LedgerEntry(due, DutyState.FILED if counts < due.ends_at else DutyState.LATE, counts)
    if now >= due.ends_at:
        return LedgerEntry(due, DutyState.MISSING)
    return LedgerEntry(due, DutyState.NOT_DUE if due.shifted_from is None else DutyState.SHIFTED)


def _counts(duty: Duty, filings: Sequence[Filing], rules: Duties) -> datetime | None:
    """When the duty was done, as far as it counts; None while it is not."""
    if duty is Duty.BRIEFING:
        accepted = [filing.filed_at for filing in filings if filing.state is FilingState.ACCEPTED]
        return sorted(accepted)[rules.briefings.per_week - 1] if len(accepted) >= rules.briefings.per_week else None
    # What was given back and did not come again was not done.
    if not filings or filings[-1].state is not FilingState.FILED:
        return None
    if duty is Duty.MONTHLY_REPORT and rules.monthly_report.returned_report_counts == "last_filing":
        went_back = [filing.version for filing in filings if filing.state is FilingState.RETURNED]
        # A newer version that nobody asked for does not make an older one late.
        after = max(went_back, default=0)
        return min(filing.filed_at for filing in filings if filing.version > after)
    return filings[0].filed_at
