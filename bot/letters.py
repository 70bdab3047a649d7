"""The ONE table of letters: how what the clock or somebody's act owes a person is worded.

A letter is named in its outbox row with its parameters; what it needs to know besides is gathered when it is sent,
so that it says what is true then. Bulletins to the group are drawn in `bot.wrapping`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.phrases import Phrases
from bot.screens.bulletin import failed_parcel_text, no_group_text, unknown_parcel_screen
from bot.screens.screen import Screen
from core.actions.ranking import ranking_by_id
from core.snapshots import RankingView
from core.store.engine import Db
from core.store.outbox import Parcel

View = Mapping[str, Any]
"""The letter's name and parameters, as the outbox row holds them."""


def _nothing(_db: Db, _parcel: Parcel, _view: View) -> None:
    """Everything the letter says stands in its parameters."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How one kind of letter is worded, and what is looked up for it."""

    screen: Callable[[Phrases, str, View, Any], Screen]
    gather: Callable[[Db, Parcel, View], Any] = _nothing


def _unknown(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return unknown_parcel_screen(phrases, language, view["parcel"])


def _failed(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return Screen(failed_parcel_text(phrases, language, view["error"]))


def _no_group(phrases: Phrases, language: str, _view: View, ranking: RankingView) -> Screen:
    return Screen(no_group_text(phrases, language, ranking))


def _no_round(phrases: Phrases, language: str, view: View, _found: object) -> Screen:
    return Screen(phrases.say(language, "bulletin.no_round", period=view["period"]))


def _its_ranking(db: Db, parcel: Parcel, view: View) -> RankingView:
    return ranking_by_id(db, parcel.district_id, view["ranking"])


LETTERS: Mapping[str, LetterKind] = {
    "unknown_parcel": LetterKind(_unknown),
    "failed_parcel": LetterKind(_failed),
    "no_group": LetterKind(_no_group, _its_ranking),
    "no_round": LetterKind(_no_round),
}
