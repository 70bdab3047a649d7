"""Who hears of a ranking: the group by a bulletin, and whom it concerns by a letter each.

A bulletin is owed once for each version and state. What it says is looked up when it is sent, but for what changed
against the version before: that is told as it was when it changed. A bulletin of several messages is owed as so many
rows, each with a key of its own: one row is one call, so that the fate of each is known, or asked about, for itself
(`docs/decisions/0027-bulletins.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from core.actions.door import Moment
from core.actions.telling import after_quiet_hours, tell_admins, tell_all
from core.awards import (
    Difference,
    EligibilityChanged,
    FlagChanged,
    LastPlace,
    LastPlaceChanged,
    PrizeChanged,
    red_flag,
)
from core.frozen_text import firsts_of
from core.people import Role
from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.store import outbox, people, units
from core.store.engine import Db
from core.store.people import Addressee
from core.store.rankings import RankingRecord
from core.store.rules import policy_of
from core.store.units import DistrictView

Told = dict[str, object]
"""A difference of awards as plain values; `what` says which kind."""


def announce(
    db: Db,
    district: DistrictView,
    record: RankingRecord,
    replaced: RankingRecord | None,
    changes: Sequence[Difference],
    at: Moment,
    *,
    late: bool,
    occurrence: str | None,
) -> None:
    """Owe the group the bulletin of a ranking as it is now: 公示, 定稿, or 更正通报 where it took another's place."""
    key = f"bulletin:{district.id}:{record.unit_kind}:{record.period}:v{record.version}:{record.state}"
    view: Told = {"name": "ranking_bulletin", "ranking": record.id, "late": late}
    if replaced is not None:
        # A final whose provisional version was corrected says again what that correction changed.
        view |= {"replaced": replaced.id, "changes": [as_told(each) for each in changes]}
    if district.group_chat_id is None:
        tell_admins(db, district.id, key, {"name": "no_group", "ranking": record.id}, at, occurrence=occurrence)
        return
    # A ranking becomes final at midnight; the group is not woken for it.
    not_before = after_quiet_hours(db, district.id, at.now)
    for name, ending in _messages(db, record, replaced, changes):
        outbox.put(
            db,
            district.id,
            f"{key}{ending}",
            district.group_chat_id,
            json.dumps(view | {"name": name}, ensure_ascii=False),
            not_before,
            language=district.group_language,
            thread_id=district.group_thread_id,
            occurrence=occurrence,
        )


def _messages(
    db: Db, record: RankingRecord, replaced: RankingRecord | None, changes: Sequence[Difference]
) -> list[tuple[str, str]]:
    """The messages a bulletin is made of, with the endings of their keys; the words come first.

    A month's picture carries its words as a caption, but for a correction, which may be too long for one: its picture
    comes apart, and only where the month's flag goes elsewhere.
    """
    words, picture, paper = ("ranking_bulletin", ""), ("ranking_picture", ":picture"), ("ranking_paper", ":paper")
    if Period.parse(record.period).kind is not PeriodKind.MONTH:
        return [words, picture, paper]
    passes_on = any(isinstance(each, FlagChanged) and str(each.month) == record.period for each in changes)
    if replaced is None or not passes_on or not _flag_given(db, record):
        return [words]
    return [words, picture]


def _flag_given(db: Db, record: RankingRecord) -> tuple[int, ...]:
    rule = policy_of(db, record.policy_hash).awards.red_flag
    return red_flag(firsts_of(record.body), rule.tie)


def tell_unranked(
    db: Db, district_id: int, period: Period, kinds: Iterable[UnitKind], occurrence: str, at: Moment
) -> None:
    """Tell the office that a period is due to be ranked and was not assessed at all."""
    letter = {"name": "no_round", "period": str(period), "kinds": list(kinds)}
    tell_admins(db, district_id, f"unranked:{district_id}:{period}", letter, at, occurrence=occurrence)


def tell_consequences(
    db: Db,
    district: DistrictView,
    final: RankingRecord,
    changes: Iterable[Difference],
    occurrence: str | None,
    at: Moment,
) -> None:
    """Tell units what a final means for them, and the office with them (办法 六-1, 六-2).

    The flag's winner is asked for 经验介绍; a unit that was last, or no longer is, hears what that means.
    """
    if final.unit_kind != "township":
        return
    if Period.parse(final.period).kind is PeriodKind.MONTH:
        _ask_for_talk(db, district, final, occurrence, at)
    for each in changes:
        if isinstance(each, LastPlaceChanged):
            _tell_last_place(db, district, final, each, occurrence, at)


def as_told(change: Difference) -> Told:
    """A difference as the bulletin's row keeps it."""
    if isinstance(change, FlagChanged):
        return {"what": "flag", "period": str(change.month), "before": change.before, "after": change.after}
    if isinstance(change, PrizeChanged):
        told: Told = {"what": "prize", "period": str(change.quarter), "unit": change.unit_id}
        return told | {"before": change.before, "after": change.after}
    if isinstance(change, EligibilityChanged):
        return {"what": "eligibility", "year": change.year, "unit": change.unit_id, "lost": change.disqualified}
    told = {"what": "last_place", "period": str(change.quarter), "unit": change.unit_id}
    return told | {"before": last_place_told(change.before), "after": last_place_told(change.after)}


def last_place_told(place: LastPlace | None) -> Told | None:
    """A last place as a letter names it: how often in a row, what follows, what one more would mean."""
    if place is None:
        return None
    due: date | None = place.due
    return {
        "count": place.count,
        "quarters": [str(each.quarter) for each in place.streak],
        "step": place.step,
        "next_step": place.next_step,
        "due": None if due is None else due.isoformat(),
    }


def _ask_for_talk(db: Db, district: DistrictView, final: RankingRecord, occurrence: str | None, at: Moment) -> None:
    """请获旗单位在调度会上作经验介绍: its officers prepare it (办法 六-1)."""
    rule = policy_of(db, final.policy_hash).awards.red_flag
    for unit_id in _flag_given(db, final) if rule.talk else ():
        letter = {"name": "talk_asked", "unit": units.name_of(db, unit_id, at.today), "period": final.period}
        key = f"talk:{district.id}:{final.period}:{unit_id}"
        tell_all(db, district.id, _officers(db, district.id, unit_id, at), key, letter, at, occurrence=occurrence)


def _tell_last_place(
    db: Db,
    district: DistrictView,
    final: RankingRecord,
    change: LastPlaceChanged,
    occurrence: str | None,
    at: Moment,
) -> None:
    letter = {
        "name": "last_place",
        "unit": units.name_of(db, change.unit_id, at.today),
        "unit_id": change.unit_id,
        "quarter": str(change.quarter),
        "before": last_place_told(change.before),
        "after": last_place_told(change.after),
    }
    key = f"last_place:{change.unit_id}:{change.quarter}:{final.id}"
    to = _officers(db, district.id, change.unit_id, at)
    tell_all(db, district.id, to, key, letter, at, occurrence=occurrence)
    tell_admins(db, district.id, key, letter, at, occurrence=occurrence)


def _officers(db: Db, district_id: int, unit_id: int, at: Moment) -> list[Addressee]:
    return [who for unit, who in people.holders(db, district_id, Role.OFFICER, at.today) if unit == unit_id]
