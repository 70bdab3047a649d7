"""What is posted to the group of a ranking: one message of words, and the captions of what goes with them.

The words always hold the heading, what was corrected, and what follows from the ranking; of a long table they hold as
many rows as there is room for, and the file that goes with them, or the table in private, holds the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.buttons.objections import RaiseObjection
from bot.buttons.rankings import OpenReasons, OpenTable
from bot.phrases import Phrases
from bot.screens.bulletin import monthly_screen
from bot.screens.ranking_words import RankingWords, is_month
from bot.screens.screen import Key, Screen
from core.bulletin_views import BulletinView

LONGEST = 3900
"""Characters of one message: Telegram takes 4,096."""

_FOR_CHANGES, _FOR_NOTES, _FOR_THE_REST = 1400, 1300, 500


def bulletin_screen(phrases: Phrases, language: str, view: BulletinView, parcel: int, *, late: bool) -> Screen:
    """The words of a bulletin. `late` marks it 补发."""
    keys = bulletin_keys(phrases, language, view, parcel)
    if has_flag_caption(view):
        caption = monthly_screen(phrases, language, view.ranking, parcel, late=late)
        return Screen(caption.text, keys)
    words = RankingWords(phrases, language, view)
    changes = _cut(phrases, language, words.changes(), _FOR_CHANGES)
    notes, _ = fitting(words.notes(), _FOR_NOTES)
    rows = [words.row(row) for row in view.ranking.rows]
    shown, left = fitting(rows, LONGEST - _FOR_THE_REST - sum(len(line) + 1 for line in (*changes, *notes)))
    text = phrases.say(
        language,
        "bulletins.text",
        title=words.title,
        state=words.state(late=late),
        correction=changes,
        rows=shown,
        left=left,
        notes=notes,
        clause=words.clause,
        root=view.ranking.audit_root,
    )
    return Screen(text, keys)


def has_flag_caption(view: BulletinView) -> bool:
    """Whether the words are the caption of the flag's picture: of a month that is final and corrects nothing."""
    final = view.ranking.final_at is not None
    return is_month(view) and view.ranking.unit_kind == "township" and final and view.correction is None


def picture_screen(phrases: Phrases, language: str, view: BulletinView, parcel: int) -> Screen:
    """The caption of the picture that goes with the words: of the table, or of a month's flag."""
    words = RankingWords(phrases, language, view)
    if is_month(view) and view.flag is not None:
        holders = words.units(view.flag.holders)
        caption = phrases.say(language, "bulletins.flag_picture", period=view.ranking.period, holders=holders)
    else:
        caption = phrases.say(language, "bulletins.picture", title=words.title, state=words.state())
    return Screen(caption, bulletin_keys(phrases, language, view, parcel))


def paper_screen(phrases: Phrases, language: str, view: BulletinView, parcel: int) -> Screen:
    """The caption of the 通报 as a file."""
    words = RankingWords(phrases, language, view)
    caption = phrases.say(language, "bulletins.picture", title=words.title, state=words.state())
    return Screen(caption, bulletin_keys(phrases, language, view, parcel))


def bulletin_keys(phrases: Phrases, language: str, view: BulletinView, parcel: int) -> tuple[tuple[Key, ...], ...]:
    """What can be done from a post. A tap on any of them proves that the post is there."""
    ranking = view.ranking.ranking_id
    table = Key(phrases.say_plain(language, "keys.table"), OpenTable(ranking, parcel))
    reasons = Key(phrases.say_plain(language, "keys.why"), OpenReasons(ranking, parcel))
    return ((table, reasons, *objection_keys(phrases, language, view)),)


def objection_keys(phrases: Phrases, language: str, view: BulletinView) -> tuple[Key, ...]:
    """异议, while a ranking stands open to it."""
    ranking = view.ranking
    if ranking.state != "provisional":
        return ()
    return (Key(phrases.say_plain(language, "keys.objections.raise"), RaiseObjection(ranking.ranking_id)),)


def fitting(lines: Iterable[str], room: int) -> tuple[list[str], int]:
    """The lines that there is room for, in order, and how many are left."""
    every = list(lines)
    used = 0
    for place, line in enumerate(every):
        used += len(line) + 1
        if used > room:
            return every[:place], len(every) - place
    return every, 0


def _cut(phrases: Phrases, language: str, lines: Sequence[str], room: int) -> list[str]:
    shown, left = fitting(lines, room)
    return [*shown, phrases.say_plain(language, "bulletins.changes.more", left=left)] if left else shown
