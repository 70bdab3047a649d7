"""The components of the monthly ranking that the ledger makes: monthly report, briefings, workdays, each 0 to 100.

In hundredths of a point like every score, so that 100 is 10,000. A component that is not known of every unit is left
out for all: in the month in which a district begins its ledger, what was due before is unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from core.actions.duty_calendar import duty_calendar
from core.actions.ledger import ledger
from core.calendar import Duty, dues
from core.duties import Tally, tally
from core.periods import Period
from core.policy import Policy
from core.store import filings
from core.store.engine import Db
from core.suggestions import share

NAMES: Mapping[Duty, str] = {
    Duty.MONTHLY_REPORT: "monthly_report",
    Duty.BRIEFING: "briefings",
    Duty.WORKDAY: "workdays",
}
"""What the policy's weights call each duty's component."""

_FULL = 10_000


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What the ledgers of all units say of a month.

    `known` are the components that count; `excused` what a unit owed nothing of. `heads` are the hashes at which the
    units' chains stand, `began` when the district first filed each duty, `moved` the due dates that the calendar moved,
    by their keys, with the days they were moved to.
    """

    tallies: Mapping[int, Mapping[str, Tally]]
    scores: Mapping[int, Mapping[str, Fraction]]
    excused: Mapping[int, frozenset[str]]
    known: frozenset[str]
    heads: Mapping[int, str]
    began: Mapping[str, datetime]
    moved: Mapping[str, date]


def ledgers_of(
    db: Db,
    district_id: int,
    unit_ids: Collection[int],
    month: Period,
    policy: Policy,
    now: datetime,
    filed_by: datetime | None = None,
) -> Ledgers:
    """Count a month of these units. What was filed after `filed_by` is left out; what the office decided counts."""
    rules, calendar = policy.duties.suggestions, duty_calendar(db, district_id, policy)
    since = filings.began(db, district_id)
    tallies: dict[int, dict[str, Tally]] = {}
    scores: dict[int, dict[str, Fraction]] = {}
    excused: dict[int, frozenset[str]] = {}
    for unit_id in unit_ids:
        entries = ledger(db, unit_id, month, calendar, since, now, filed_by)
        counted = {duty: tally(each) for duty, each in entries.items()}
        tallies[unit_id] = {NAMES[duty]: each for duty, each in counted.items()}
        shares = {NAMES[duty]: share(duty, each, rules) for duty, each in counted.items()}
        scores[unit_id] = {name: part * _FULL for name, part in shares.items() if part is not None}
        excused[unit_id] = frozenset(
            name for name, each in tallies[unit_id].items() if each.excused and not each.counted
        )
    known = frozenset(
        name
        for name in NAMES.values()
        if any(name in scores[unit_id] for unit_id in unit_ids)
        and all(name in scores[unit_id] or name in excused[unit_id] for unit_id in unit_ids)
    )
    heads = {unit_id: head.hash for unit_id, head in filings.heads(db, unit_ids).items()}
    began = {NAMES[duty]: moment for duty, moment in since.items()}
    moved = {each.key: each.day for duty in since for each in dues(duty, month, calendar) if each.shifted_from}
    return Ledgers(tallies, scores, excused, known, heads, began, moved)
