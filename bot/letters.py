"""The ONE table of letters: how what the clock or somebody's act owes a person is worded.

A letter is named in its outbox row with its parameters; what it needs to know besides is gathered when it is sent,
so that it says what is true then. Bulletins to the group are drawn in `bot.wrapping`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.open_screens import look_again, place_of, screen_again
from bot.phrases import Phrases
from bot.screens.bulletin import failed_parcel_text, no_group_text, unknown_parcel_screen
from bot.screens.correcting import sheet_corrected_letter
from bot.screens.explanations import explanation_filed_letter, last_place_letter
from bot.screens.gate import ranking_held_letter
from bot.screens.home import digest_screen
from bot.screens.invitations import refused_letter
from bot.screens.ledger import duty_excused_letter, filing_decided_letter, filing_made_letter
from bot.screens.objecting import objection_decided_letter
from bot.screens.objection_desk import objection_raised_letter
from bot.screens.people import handed_over_letter, unreachable_letter
from bot.screens.reminders import (
    holidays_unknown_letter,
    reminder_screen,
    reminders_late_letter,
    reminders_missed_letter,
    talk_asked_letter,
)
from bot.screens.returning import sheet_resubmitted_letter, sheet_returned_letter
from bot.screens.round_letters import (
    nudge_screen,
    round_missed_screen,
    round_opened_screen,
    round_rescheduled_screen,
    round_troubles_screen,
)
from bot.screens.screen import Screen
from bot.wording import WORDED, screen_of
from core.actions.door import Moment
from core.actions.explanations import line_of
from core.actions.filing_desk import view_of
from core.actions.objection_desk import case_of
from core.actions.objection_views import known_view
from core.actions.ranking import ranking_by_id
from core.actions.todo import Todo, still_owed, todo
from core.calendar import Duty
from core.explanations import ExplanationLine
from core.filing_views import FilingView, OwedDuty
from core.objections import ObjectionCase, ObjectionView
from core.people import Actor
from core.periods import Period, PeriodKind
from core.snapshots import OnScreen, RankingView
from core.store import filings, objections, people, rounds
from core.store.engine import Db
from core.store.outbox import Parcel
from core.store.people import Addressee
from core.store.rounds import RoundRecord

View = Mapping[str, Any]
"""The letter's name and parameters, as the outbox row holds them."""


def _nothing(_db: Db, _parcel: Parcel, _view: View, _at: Moment) -> None:
    """Everything the letter says stands in its parameters."""


def _nowhere(_found: Any) -> None:
    """The letter takes the place of no sheet's screen."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How one kind of letter is worded, what is looked up for it, and which screen it takes the place of."""

    screen: Callable[[Phrases, str, View, Any], Screen]
    gather: Callable[[Db, Parcel, View, Moment], Any] = _nothing
    stands: Callable[[Any], OnScreen | None] = _nowhere


def _unknown(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return unknown_parcel_screen(phrases, language, view["parcel"])


def _failed(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return Screen(failed_parcel_text(phrases, language, view["error"]))


def _no_group(phrases: Phrases, language: str, _view: View, ranking: RankingView) -> Screen:
    return Screen(no_group_text(phrases, language, ranking))


def _no_round(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    kinds = [phrases.say_plain(language, f"kinds.{kind}") for kind in view.get("kinds", ())]
    is_month = Period.parse(view["period"]).kind is PeriodKind.MONTH
    return Screen(phrases.say(language, "bulletin.no_round", period=view["period"], kinds=kinds, is_month=is_month))


def _worded(_phrases: Phrases, _language: str, view: View, _found: object) -> Screen:
    return screen_of(view)


def _its_ranking(db: Db, parcel: Parcel, view: View, _at: Moment) -> RankingView:
    return ranking_by_id(db, parcel.district_id, view["ranking"])


def _round(db: Db, _parcel: Parcel, view: View, _at: Moment) -> RoundRecord:
    return rounds.known(db, view["round"])


def _round_opened(phrases: Phrases, language: str, _view: View, record: RoundRecord) -> Screen:
    return round_opened_screen(phrases, language, record)


def _round_troubles(phrases: Phrases, language: str, view: View, record: RoundRecord) -> Screen:
    return round_troubles_screen(phrases, language, record, view)


def _round_rescheduled(phrases: Phrases, language: str, view: View, record: RoundRecord) -> Screen:
    return round_rescheduled_screen(phrases, language, record, is_over=view["is_over"])


def _sheet_returned(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return sheet_returned_letter(phrases, language, view)


def _sheet_resubmitted(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return sheet_resubmitted_letter(phrases, language, view)


def _nudge(phrases: Phrases, language: str, _view: View, record: RoundRecord) -> Screen:
    return nudge_screen(phrases, language, record)


def _round_missed(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return round_missed_screen(phrases, language, view)


def _whose_invitation(db: Db, _parcel: Parcel, view: View, _at: Moment) -> str | None:
    return None if view["person"] is None else people.addressee(db, view["person"]).name


def _invitation_refused(phrases: Phrases, language: str, view: View, invited_name: str | None) -> Screen:
    return refused_letter(phrases, language, view["telegram_id"], view["cause"], invited_name)


def _sheet_handed_over(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return handed_over_letter(phrases, language, view["unit"], view["period"], view["rater"])


def _unreachable(phrases: Phrases, language: str, view: View, person: Addressee) -> Screen:
    return unreachable_letter(phrases, language, view["person"], person.name, datetime.fromisoformat(view["since"]))


def _person(db: Db, _parcel: Parcel, view: View, _at: Moment) -> Addressee:
    return people.addressee(db, view["person"])


def _filing(db: Db, parcel: Parcel, view: View, _at: Moment) -> FilingView:
    record = filings.find(db, parcel.district_id, view["filing"])
    if record is None:
        raise LookupError(f"filing {view['filing']} is not there")
    return view_of(db, record)


def _owed(db: Db, parcel: Parcel, view: View, at: Moment) -> OwedDuty | None:
    return still_owed(db, parcel.district_id, view["unit"], Duty(view["duty"]), view["key"], at)


def _reader(db: Db, parcel: Parcel, _view: View, at: Moment) -> tuple[Actor, Todo]:
    actor = people.actors(db, [parcel.chat_id], at.today).get(parcel.chat_id)
    if actor is None:
        raise LookupError(f"{parcel.chat_id} left before the digest came")
    return actor, todo(db, actor, at)


def _digest(phrases: Phrases, language: str, _view: View, found: tuple[Actor, Todo]) -> Screen:
    return digest_screen(phrases, language, *found)


def _objection(db: Db, _parcel: Parcel, view: View, at: Moment) -> ObjectionView:
    return known_view(db, view["objection"], at)


def _case(db: Db, _parcel: Parcel, view: View, at: Moment) -> ObjectionCase:
    return case_of(db, objections.known(db, view["objection"]), at)


def _explanation(db: Db, parcel: Parcel, view: View, at: Moment) -> ExplanationLine | None:
    return line_of(db, parcel.district_id, view["unit"], view["quarter"], at)


def _addressee(db: Db, parcel: Parcel, _view: View, at: Moment) -> Actor | None:
    return people.actors(db, [parcel.chat_id], at.today).get(parcel.chat_id)


def _held_round(db: Db, parcel: Parcel, view: View, _at: Moment) -> int | None:
    found = rounds.find(db, parcel.district_id, view["period"], view["kind"])
    return None if found is None else found.id


LETTERS: Mapping[str, LetterKind] = {
    "reminder": LetterKind(reminder_screen, _owed),
    "digest": LetterKind(_digest, _reader),
    "holidays_unknown": LetterKind(holidays_unknown_letter),
    "reminders_missed": LetterKind(reminders_missed_letter),
    "reminders_late": LetterKind(reminders_late_letter),
    "talk_asked": LetterKind(talk_asked_letter),
    "filing_made": LetterKind(filing_made_letter, _filing),
    "filing_decided": LetterKind(filing_decided_letter, _filing),
    "duty_excused": LetterKind(duty_excused_letter),
    "sheet_returned": LetterKind(_sheet_returned),
    "sheet_resubmitted": LetterKind(_sheet_resubmitted),
    "sheet_handed_over": LetterKind(_sheet_handed_over),
    WORDED: LetterKind(_worded),
    "invitation_refused": LetterKind(_invitation_refused, _whose_invitation),
    "unknown_parcel": LetterKind(_unknown),
    "failed_parcel": LetterKind(_failed),
    "unreachable": LetterKind(_unreachable, _person),
    "no_group": LetterKind(_no_group, _its_ranking),
    "no_round": LetterKind(_no_round),
    "nudge": LetterKind(_nudge, _round),
    "round_opened": LetterKind(_round_opened, _round),
    "round_rescheduled": LetterKind(_round_rescheduled, _round),
    "round_troubles": LetterKind(_round_troubles, _round),
    "round_missed": LetterKind(_round_missed),
    "screen_again": LetterKind(screen_again, look_again, place_of),
    "objection_raised": LetterKind(objection_raised_letter, _case),
    "objection_decided": LetterKind(objection_decided_letter, _objection),
    "sheet_corrected": LetterKind(sheet_corrected_letter),
    "explanation_filed": LetterKind(explanation_filed_letter, _explanation),
    "last_place": LetterKind(last_place_letter, _addressee),
    "ranking_held": LetterKind(ranking_held_letter, _held_round),
}
