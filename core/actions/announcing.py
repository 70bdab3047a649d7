"""What the clock leads to: rankings computed, and the messages about them owed to chats.

Claiming the occurrence, computing and writing the outbox rows happen in one transaction,
so that a kill leaves all of it or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from core.actions.door import Moment
from core.actions.firing import Firing
from core.actions.ranking import compute_round
from core.actions.telling import tell_admins, tell_all
from core.people import Actor, Role
from core.periods import Period, month_before
from core.permissions import Right, require
from core.snapshots import RankingView
from core.store import occurrences, outbox, people, rounds, rules
from core.store.engine import Db
from core.store.outbox import Parcel
from core.store.units import DistrictView

# A firing that is carried out later than this after its time is marked 补发.
ON_TIME = timedelta(minutes=15)


def rank_month(db: Db, district: DistrictView, firing: Firing, at: Moment) -> None:
    """The month before the firing is due to be ranked, once; it is ranked at once if its round is over."""
    period = month_before(firing.day) if firing.named is None else Period.parse(firing.named)
    # Claimed under the month: a round that was extended waits for its end under this name.
    if not occurrences.claim(db, district.id, firing.schedule, str(period), firing.fire_at, at.now):
        return
    if rounds.find(db, district.id, str(period), "township") is None:
        letter = {"name": "no_round", "period": str(period)}
        occurrence = f"{firing.schedule}:{period}"
        tell_admins(db, district.id, f"unranked:{period}", letter, at, occurrence=occurrence)
        return
    rank_what_waited(db, district, firing.schedule, at)


def rank_what_waited(db: Db, district: DistrictView, schedule: str, at: Moment) -> None:
    """Rank every month that is due and whose round is over by now: also one that was extended, or reopened."""
    for record, due_at in rounds.unranked(db, district.id, schedule, at.now):
        ranking = compute_round(db, record, at)
        occurrence = f"{schedule}:{record.period}"
        _announce(db, district, ranking, occurrence, at, late=at.now - due_at > ON_TIME)
        _ask_for_talk(db, district, ranking, occurrence, at)


def _announce(db: Db, district: DistrictView, ranking: RankingView, occurrence: str, at: Moment, *, late: bool) -> None:
    key = f"bulletin:{district.id}:{ranking.unit_kind}:{ranking.period}:v{ranking.version}"
    view = {"name": "monthly_bulletin", "ranking": ranking.ranking_id, "late": late}
    if district.group_chat_id is None:
        letter = {"name": "no_group", "ranking": ranking.ranking_id}
        tell_admins(db, district.id, key, letter, at, occurrence=occurrence)
        return
    outbox.put(
        db,
        district.id,
        key,
        district.group_chat_id,
        json.dumps(view),
        at.now,
        language=district.group_language,
        thread_id=district.group_thread_id,
        occurrence=occurrence,
    )


def give_up_late(db: Db, at: Moment) -> None:
    """Reminders that could not go out in their time are given up; the office hears how many."""
    given_up: dict[int, int] = {}
    for parcel in outbox.expire(db, at.now):
        given_up[parcel.district_id] = given_up.get(parcel.district_id, 0) + 1
    for district_id, count in given_up.items():
        letter = {"name": "reminders_late", "count": count}
        tell_admins(db, district_id, f"late:{district_id}:{at.now.isoformat()}", letter, at)


def _ask_for_talk(db: Db, district: DistrictView, ranking: RankingView, occurrence: str, at: Moment) -> None:
    """请获旗单位在调度会上作经验介绍: its officers prepare it (办法 六-1)."""
    policy = rules.policy_in_force(db, district.id)
    if policy is None or not policy.awards.red_flag.talk:
        return
    winners = {row.unit_id: row.unit for row in ranking.rows if row.unit in ranking.flag}
    for unit_id, who in people.holders(db, district.id, Role.OFFICER, at.today):
        if unit_id in winners:
            letter = {"name": "talk_asked", "unit": winners[unit_id], "period": ranking.period}
            key = f"talk:{district.id}:{ranking.period}:{unit_id}"
            tell_all(db, district.id, [who], key, letter, at, occurrence=occurrence)


def report_unknown(db: Db, parcel: Parcel, at: Moment) -> None:
    """Ask the admins about a message that may or may not have gone out."""
    view = {"name": "unknown_parcel", "parcel": parcel.id, "attempt": parcel.attempt}
    tell_admins(db, parcel.district_id, f"unknown:{parcel.id}:{parcel.attempt}", view, at)


def settle_failed(db: Db, parcel: Parcel, error: str, at: Moment, *, shut_out: bool = False) -> None:
    """Telegram refused it for good; `shut_out`: because the chat does not let us in."""
    outbox.set_failed(db, parcel, error)
    if _is_to_group(db, parcel):
        view = {"name": "failed_parcel", "parcel": parcel.id, "error": error}
        tell_admins(db, parcel.district_id, f"failed:{parcel.id}:{parcel.attempt}", view, at)
    elif shut_out:
        _report_unreachable(db, parcel, at)


def _report_unreachable(db: Db, parcel: Parcel, at: Moment) -> None:
    """The admins hear of it once, until the person writes again."""
    person_id = people.set_unreachable(db, parcel.chat_id, at.now)
    if person_id is not None:
        letter = {"name": "unreachable", "person": person_id, "since": at.now.isoformat()}
        tell_admins(db, parcel.district_id, f"unreachable:{person_id}:{at.now.isoformat()}", letter, at)


def recover(db: Db, at: Moment, *, started_before: datetime | None = None, under_way: Collection[int] = ()) -> None:
    """After a kill: what was being sent may be there or not, and nobody but people can know."""
    for parcel in outbox.abandoned(db, started_before, under_way):
        settle_unknown(db, parcel, "interrupted", at)


def settle_unknown(db: Db, parcel: Parcel, error: str, at: Moment) -> None:
    """The call ended without an answer. A bulletin is asked about; a notice to one person is repeated once."""
    if _is_to_group(db, parcel):
        outbox.set_unknown(db, parcel, error)
        report_unknown(db, parcel, at)
    elif parcel.attempt == 1:
        outbox.set_pending(db, parcel, at.now, error)
    else:
        outbox.set_unknown(db, parcel, error)


def seen(db: Db, parcel_id: int, chat_id: int, message_id: int) -> None:
    """Somebody tapped a post in its chat: it is there, whatever the call's answer was."""
    outbox.set_seen(db, parcel_id, chat_id, message_id)


def decide(db: Db, actor: Actor, parcel_id: int, at: Moment, *, resend: bool) -> bool:
    """An admin says whether an unknown message is there; False when that was settled already."""
    require(actor, Right.ANNOUNCE)
    return outbox.decide(db, parcel_id, actor.district_id, resend=resend, now=at.now)


def _is_to_group(db: Db, parcel: Parcel) -> bool:
    # Not compared with the bound group: that may have moved, or another been bound, while this was on its way.
    return people.person_of(db, parcel.chat_id) is None
