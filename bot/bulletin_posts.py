"""The ONE table of what a bulletin is posted as: its words, a picture, the 通报 as a file; each a message of its own.

A picture or file that cannot be drawn is a message that cannot be sent, and is reported as one; the words wait for no
picture.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.drawn import PDF
from bot.phrases import Phrases
from bot.posting import Wrapped
from bot.screens.bulletins import bulletin_screen, has_flag_caption, paper_screen, picture_screen
from bot.screens.papers import flag_picture
from bot.screens.ranking_papers import RankingPapers
from bot.telegram_http import Upload
from core.bulletin_views import BulletinView
from core.export.bulletin import draw_table, set_bulletin
from core.export.flag import draw_flag
from core.export.typesetting import TypesettingFailed
from core.snapshots import RankingView
from core.store.outbox import Parcel

_log = logging.getLogger(__name__)

Post = Callable[[Phrases, Parcel, Mapping[str, Any], BulletinView], Wrapped]


def flag_or_nothing(phrases: Phrases, language: str, ranking: RankingView) -> bytes | None:
    """The picture of a month's flag; None where nobody holds it, and where it cannot be drawn."""
    if not ranking.flag:
        return None
    try:
        return draw_flag(flag_picture(phrases, language, ranking))
    except TypesettingFailed:
        # The words say everything; a picture that fails must not hold them back.
        _log.exception("the flag of %s could not be drawn", ranking.period)
        return None


async def post_of(phrases: Phrases, parcel: Parcel, view: Mapping[str, Any], bulletin: BulletinView) -> Wrapped:
    """The message of a row. Raises TypesettingFailed for a picture or a paper that cannot be set."""
    return await asyncio.to_thread(POSTS[view["name"]], phrases, parcel, view, bulletin)


def _words(phrases: Phrases, parcel: Parcel, view: Mapping[str, Any], bulletin: BulletinView) -> Wrapped:
    """The words; of a month whose flag is given as the caption of its picture."""
    screen = bulletin_screen(phrases, parcel.language, bulletin, parcel.id, late=view["late"])
    if not has_flag_caption(bulletin):
        return Wrapped(screen)
    return Wrapped(screen, flag_or_nothing(phrases, parcel.language, bulletin.ranking))


def _picture(phrases: Phrases, parcel: Parcel, _view: Mapping[str, Any], bulletin: BulletinView) -> Wrapped:
    """The table as a picture, or the flag of a month that was corrected."""
    language = parcel.language
    screen = picture_screen(phrases, language, bulletin, parcel.id)
    if bulletin.flag is not None:
        return Wrapped(screen, draw_flag(flag_picture(phrases, language, bulletin.ranking)))
    return Wrapped(screen, draw_table(RankingPapers(phrases, language, bulletin).picture()))


def _paper(phrases: Phrases, parcel: Parcel, _view: Mapping[str, Any], bulletin: BulletinView) -> Wrapped:
    """The 通报 as a file."""
    papers = RankingPapers(phrases, parcel.language, bulletin)
    document = Upload("document", papers.file("pdf"), set_bulletin(papers.bulletin()), PDF)
    return Wrapped(paper_screen(phrases, parcel.language, bulletin, parcel.id), document=document)


POSTS: Mapping[str, Post] = {"ranking_bulletin": _words, "ranking_picture": _picture, "ranking_paper": _paper}
