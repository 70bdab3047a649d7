"""/rounds: the office opens rounds, moves their end, and chooses what counts."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.buttons.rounds import (
    AskCloseEarly,
    AskClosing,
    AskOpenRound,
    ChooseNewRound,
    CloseEarly,
    FocusOff,
    FocusOn,
    OpenRound,
    SetClosing,
    ShowFocus,
    ShowRound,
    ShowRounds,
    SupplySheets,
)
from bot.screens import rounds as screens
from bot.visit import Visit
from core.actions import round_desk
from core.actions.rounds import Plan
from core.errors import BadPeriod
from core.periods import Period, PeriodKind
from core.scheduler import closing_in
from core.snapshots import RoundView

# A minute beyond the last year that datetime knows ends here, as only a forged button names one.
_LAST_MINUTE = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()) // 60


async def list_rounds(visit: Visit) -> None:
    """/rounds: all rounds, those that are open first."""
    views = await visit.act(round_desk.rounds_of, visit.actor, visit.at)
    visit.show(screens.rounds_screen(visit.phrases, visit.language, views, 0))


async def show_rounds(visit: Visit, button: ShowRounds) -> None:
    """A page of the list."""
    views = await visit.act(round_desk.rounds_of, visit.actor, visit.at)
    visit.show(screens.rounds_screen(visit.phrases, visit.language, views, button.page))


async def show_round(visit: Visit, button: ShowRound) -> None:
    """One round."""
    visit.show(screens.round_screen(visit.phrases, visit.language, await _look(visit, button.round)))


async def ask_closing(visit: Visit, button: AskClosing) -> None:
    """Until when?"""
    visit.show(screens.closing_screen(visit.phrases, visit.language, await _look(visit, button.round)))


async def set_closing(visit: Visit, button: SetClosing) -> None:
    """Extend or reopen."""
    closes_at = datetime.fromtimestamp(min(button.minute, _LAST_MINUTE) * 60, UTC)
    view = await visit.act(round_desk.set_closing, visit.actor, button.round, closes_at, visit.at)
    _told(visit, view, "toasts.rounds.closing")


async def ask_close_early(visit: Visit, button: AskCloseEarly) -> None:
    """Really?"""
    visit.show(screens.close_early_screen(visit.phrases, visit.language, await _look(visit, button.round)))


async def close_early(visit: Visit, button: CloseEarly) -> None:
    """Close now."""
    view = await visit.act(round_desk.close_early, visit.actor, button.round, visit.at)
    _told(visit, view, "toasts.rounds.closed")


async def show_focus(visit: Visit, button: ShowFocus) -> None:
    """Which items count."""
    visit.show(screens.focus_screen(visit.phrases, visit.language, await _look(visit, button.round)))


async def focus_on(visit: Visit, button: FocusOn) -> None:
    """Let an item, or all of them, count."""
    await _set_focus(visit, button.round, button.item, counts=True)


async def focus_off(visit: Visit, button: FocusOff) -> None:
    """Let an item not count."""
    await _set_focus(visit, button.round, button.item, counts=False)


async def supply_sheets(visit: Visit, button: SupplySheets) -> None:
    """Hand out what is missing, and say how many that were, and how many units nobody scores even so."""
    handed = await visit.act(round_desk.supply, visit.actor, button.round, visit.at)
    visit.leaves_work = bool(handed.sheet_ids)
    view = await _look(visit, button.round)
    said = {"sheets": len(handed.sheet_ids), "kept_away": len(handed.kept_away), "unassessed": len(view.unassessed)}
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.rounds.supplied", **said), alert=True)
    visit.show(screens.round_screen(visit.phrases, visit.language, view))


async def choose_new_round(visit: Visit, _button: ChooseNewRound) -> None:
    """Which round is to be opened?"""
    views = await visit.act(round_desk.rounds_of, visit.actor, visit.at)
    proposals = round_desk.proposals(visit.desk.rules, views, visit.at)
    visit.show(screens.new_round_screen(visit.phrases, visit.language, proposals))


async def ask_open_round(visit: Visit, button: AskOpenRound) -> None:
    """Really open it?"""
    plan = await _plan(visit, button)
    visit.show(screens.open_round_screen(visit.phrases, visit.language, plan.period, plan.unit_kind, plan.closes_at))


async def open_round(visit: Visit, button: OpenRound) -> None:
    """Open it now."""
    plan = await _plan(visit, button)
    view = await visit.act(round_desk.open_by_hand, visit.actor, visit.desk.rules, plan, visit.at)
    _told(visit, view, "toasts.rounds.opened")


async def _look(visit: Visit, round_id: int) -> RoundView:
    return await visit.act(round_desk.round_of, visit.actor, round_id, visit.at)


async def _set_focus(visit: Visit, round_id: int, item: int, *, counts: bool) -> None:
    view = await visit.act(round_desk.set_focus, visit.actor, round_id, item, visit.at, counts=counts)
    visit.show(screens.focus_screen(visit.phrases, visit.language, view))


def _told(visit: Visit, view: RoundView, key: str) -> None:
    """What became of the round, in a toast and on its screen; its raters' letters are to be sent."""
    visit.leaves_work = True
    visit.toast(visit.phrases.say_plain(visit.language, key, round=view))
    visit.show(screens.round_screen(visit.phrases, visit.language, view))


async def _plan(visit: Visit, button: AskOpenRound | OpenRound) -> Plan:
    """The round that a button names. Raises BadPeriod for one that only a forged button can name."""
    lengths = {kind.value: kind for kind in PeriodKind}
    if button.months not in lengths or button.kind >= len(screens.KINDS):
        raise BadPeriod(text=f"{button.year}-{button.number}")
    period = Period(lengths[button.months], button.year, button.number)
    policy = visit.desk.rules["township"].policy
    district, zone = visit.actor.district_id, visit.phrases.zone
    closes_at = await visit.act(closing_in, district, policy, period, zone, visit.at.now)
    return Plan(period, screens.KINDS[button.kind], closes_at)
