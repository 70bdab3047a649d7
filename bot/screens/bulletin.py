"""What is posted to the group, and what admins are told about posts.

The month's bulletin is the caption of a picture, so it stays within 1,024 characters: long names
and large ties are cut there, and the full table has them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons.rankings import ConfirmSent, OpenTable, SendAgain
from bot.phrases import Phrases
from bot.screens.ranking import absent_names
from bot.screens.screen import Key, Screen
from core.snapshots import RankingRow, RankingView

MOST_UNITS = 6
"""Units named in one list of a caption; with names of LONGEST_NAME characters all lists fit together."""

LONGEST_NAME = 24
LAST_PLACE_SHOWN = 3


def monthly_screen(phrases: Phrases, language: str, view: RankingView, parcel: int, *, late: bool) -> Screen:
    """The month's red flag (办法 六-1): who has it, from whom, the best three. `late` marks it 补发."""
    text = phrases.say(
        language,
        "bulletin.caption",
        **_flag(view),
        **_standings(view),
        late=late,
        provisional=view.state == "provisional",
        period=view.period,
        absent=absent_names(phrases, language, view),
        root=view.audit_root,
    )
    table = Key(phrases.say_plain(language, "keys.table"), OpenTable(view.ranking_id, parcel))
    return Screen(text, ((table,),))


def unknown_parcel_screen(phrases: Phrases, language: str, parcel: int) -> Screen:
    """Asks an admin whether a post is in the group: its fate is unknown."""
    keys = (
        Key(phrases.say_plain(language, "keys.sent"), ConfirmSent(parcel)),
        Key(phrases.say_plain(language, "keys.send_again"), SendAgain(parcel)),
    )
    return Screen(phrases.say(language, "parcels.unknown", parcel=parcel), (keys,))


def failed_parcel_text(phrases: Phrases, language: str, error: str) -> str:
    """Tells an admin that Telegram refused a post for good, in Telegram's words."""
    return phrases.say(language, "bulletin.failed", error=error)


def no_group_text(phrases: Phrases, language: str, view: RankingView) -> str:
    """Tells an admin that a ranking has no group to be posted in."""
    return phrases.say(language, "bulletin.no_group", period=view.period)


def best(view: RankingView) -> list[RankingRow]:
    """The rows of ranks 1 to 3, ties included."""
    return [row for row in view.rows if row.rank is not None and row.rank <= LAST_PLACE_SHOWN]


def _flag(view: RankingView) -> dict[str, object]:
    return {
        "winners": _names(view.flag),
        "more_winners": len(view.flag) > MOST_UNITS,
        "winners_total": len(view.flag),
        "kept": bool(view.flag) and sorted(view.flag) == sorted(view.held_before),
        "held_before": _names(view.held_before),
        "more_before": len(view.held_before) > MOST_UNITS,
    }


def _standings(view: RankingView) -> dict[str, object]:
    top = best(view)
    rows = [{"rank": row.rank, "tied": row.tied, "unit": _short(row.unit), "score": row.score} for row in top]
    return {
        "ranked": bool(top),
        "top": rows[:MOST_UNITS],
        "more_top": max(len(top) - MOST_UNITS, 0),
        "unranked": sum(row.rank is None for row in view.rows),
    }


def _names(units: Sequence[str]) -> list[str]:
    return [_short(unit) for unit in units[:MOST_UNITS]]


def _short(unit: str) -> str:
    return unit if len(unit) <= LONGEST_NAME else unit[: LONGEST_NAME - 1] + "…"
