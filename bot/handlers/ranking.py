"""Rankings: the latest or a named one, in private or in the group; what stands around it, and the ranks of a year."""

from __future__ import annotations

from bot.buttons.rankings import ChooseTrend, DrawTrend, OpenReasons, OpenTable, ShowPeriod, ShowRanking, ShowVersion
from bot.period_numbers import period_of, trend_number
from bot.screens.ranking import KINDS, ranking_screen, trend_screen
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import announcing, browsing, ranking
from core.actions.browsing import OpenRanking
from core.actions.district import district_of
from core.errors import StrangerRefused
from core.periods import Period
from core.permissions import Right, may
from core.rubric import UnitKind
from core.trends import drawn_by


async def rank(visit: Visit) -> None:
    """/rank [period]: the latest ranking, or the one of a period."""
    _, _, period = visit.visitor.text.partition(" ")
    await show_period(visit, period.strip() or None)


async def show_period(visit: Visit, period: str | None, kind: UnitKind = "township") -> None:
    """The ranking of a period in the chat it was asked for."""
    asked = None if period is None else Period.parse(period)
    _show(visit, await visit.act(browsing.newest, await _district(visit), asked, kind), 0)


async def turn(visit: Visit, button: ShowPeriod) -> None:
    """A page of the newest ranking of a period."""
    period, kind = period_of(button.period), kind_of(button.kind)
    _show(visit, await visit.act(browsing.newest, await _district(visit), period, kind), button.page)


async def show_version(visit: Visit, button: ShowVersion) -> None:
    """A page of one version."""
    _show(visit, await visit.act(browsing.version, await _district(visit), button.ranking), button.page)


async def show_ranking(visit: Visit, button: ShowRanking) -> None:
    """One frozen ranking."""
    await show_version(visit, ShowVersion(button.ranking, 0))


async def choose_trend(visit: Visit, button: ChooseTrend) -> None:
    """[走势]: whose? Pictures are for who asks: from a group it goes on in private."""
    period, kind = period_of(button.period), kind_of(button.kind)
    if visit.visitor.is_group:
        visit.toast("", url=_link(visit, f"trend-{kind}-{period}"))
    else:
        await show_trends(visit, period, kind, button.page)


async def show_trends(visit: Visit, period: Period, kind: UnitKind, page: int) -> None:
    """The units whose ranks of a year can be drawn."""
    opened = await visit.act(browsing.newest, visit.actor.district_id, period, kind)
    units = visit.actor.unit_ids
    visit.show(trend_screen(visit.phrases, visit.language, opened.bulletin.ranking, units, page))


async def draw_trend(visit: Visit, button: DrawTrend) -> None:
    """The ranks of a year, as a picture that comes when it is drawn."""
    period, kind = period_of(button.period), kind_of(button.kind)
    length = drawn_by(period.kind)
    await visit.act(browsing.trend_of, visit.actor.district_id, kind, period.year, length, button.unit)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.trend_coming"))
    visit.paper(f"trend_{kind}", trend_number(button.unit, period.year, length))


async def open_table(visit: Visit, button: OpenTable) -> None:
    """[查看全表] under a post: opens the table in private. The tap also proves that the post is there."""
    await _open(visit, button, "rank")


async def open_reasons(visit: Visit, button: OpenReasons) -> None:
    """[为什么] under a post: asks in private, where everybody may ask of other units. It proves the same."""
    await _open(visit, button, "why")


async def _open(visit: Visit, button: OpenTable | OpenReasons, what: str) -> None:
    district_id = await _district(visit)
    view = await visit.act(ranking.ranking_by_id, district_id, button.ranking)
    if visit.visitor.message_id is not None:
        await visit.act(announcing.seen, button.parcel, visit.visitor.chat_id, visit.visitor.message_id)
    # Links that were posted before departments were ranked name the period alone.
    kind = "" if view.unit_kind == "township" else f"{view.unit_kind}-"
    visit.toast("", url=_link(visit, f"{what}-{kind}{view.period}"))


def kind_of(place: int) -> UnitKind:
    """The kind of unit that a button names by its place."""
    return KINDS[min(place, len(KINDS) - 1)]


def _link(visit: Visit, payload: str) -> str:
    return f"https://t.me/{visit.bot_name}?start={payload}"


async def _district(visit: Visit) -> int:
    """The district of the group that is asked in, or of the person. In a group its own language is spoken."""
    if visit.visitor.is_group and (bound := await visit.act(district_of, visit.visitor.chat_id)) is not None:
        visit.language = bound.group_language
        return bound.id
    if visit.visitor.actor is None:
        raise StrangerRefused
    return visit.visitor.actor.district_id


def _show(visit: Visit, opened: OpenRanking, page: int) -> None:
    actor = visit.visitor.actor
    exports = actor is not None and not visit.visitor.is_group and may(actor, Right.EXPORT)
    screen = ranking_screen(visit.phrases, visit.language, opened.bulletin, opened.shelf, page, exports=exports)
    _say(visit, screen)


def _say(visit: Visit, screen: Screen) -> None:
    # A command in a group is answered as a reply; a tap changes the message it is under.
    visit.post(screen) if visit.visitor.query_id is None else visit.show(screen)
