"""Rankings: the latest or a named one, in private or in the group."""

from __future__ import annotations

from bot.buttons.rankings import OpenTable, ShowRanking
from bot.screens.ranking import ranking_screens
from bot.visit import Visit
from core.actions import announcing, ranking
from core.actions.district import district_of
from core.errors import StrangerRefused
from core.snapshots import RankingView


async def rank(visit: Visit) -> None:
    """/rank [period]: the latest ranking, or the one of a period."""
    _, _, period = visit.visitor.text.partition(" ")
    await show_period(visit, period.strip() or None)


async def show_period(visit: Visit, period: str | None) -> None:
    """The ranking of a period in the chat it was asked for."""
    district_id = await _district(visit)
    _show(visit, await visit.act(ranking.newest_ranking, district_id, period))


async def show_ranking(visit: Visit, button: ShowRanking) -> None:
    """One frozen ranking."""
    district_id = await _district(visit)
    _show(visit, await visit.act(ranking.ranking_by_id, district_id, button.ranking))


async def open_table(visit: Visit, button: OpenTable) -> None:
    """[查看全表] under a post: opens the table in private. The tap also proves that the post is there."""
    district_id = await _district(visit)
    view = await visit.act(ranking.ranking_by_id, district_id, button.ranking)
    if visit.visitor.message_id is not None:
        await visit.act(announcing.seen, button.parcel, visit.visitor.chat_id, visit.visitor.message_id)
    visit.toast("", url=f"https://t.me/{visit.bot_name}?start=rank-{view.period}")


async def _district(visit: Visit) -> int:
    """The district of the person, or of the group that is asked in."""
    if visit.visitor.actor is not None:
        return visit.visitor.actor.district_id
    bound = await visit.act(district_of, visit.visitor.chat_id)
    if bound is None:
        raise StrangerRefused
    return bound.id


def _show(visit: Visit, view: RankingView) -> None:
    for screen in ranking_screens(visit.phrases, visit.language, view):
        visit.post(screen)
