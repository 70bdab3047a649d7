"""Questions whose answer is free text, and how evidence is attached."""

from __future__ import annotations

from bot.buttons.sheets import AdoptSuggestion, AskNotApplicable, AskReason, ExplainEvidence
from bot.handlers.scoring import screen_after
from bot.screens.notices import (
    arithmetic,
    evidence_explanation,
    marked_toast,
    not_applicable_prompt,
    reason_prompt,
)
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import door, marking
from core.snapshots import Place


async def ask_reason(visit: Visit, button: AskReason) -> None:
    """Ask why an item lost points."""
    asked = await visit.act(marking.ask, visit.actor, button.sheet, button.item, "reason", visit.at)
    visit.post(Screen(reason_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def adopt(visit: Visit, button: AdoptSuggestion) -> None:
    """采用建议: the mark that the ledger suggests, its arithmetic as the reason."""
    sheet = (await visit.act(door.look, visit.actor, button.sheet, visit.at)).sheet
    reason = arithmetic(visit.phrases, visit.language, sheet, button.item, plain=True)
    place = Place(visit.visitor.chat_id, visit.visitor.message_id)
    told = (button.sheet, button.item, button.points, reason)
    marked = await visit.act(marking.adopt, visit.actor, place, *told, visit.at)
    visit.toast(marked_toast(visit.phrases, visit.language, marked))
    visit.show_sheet(screen_after(visit, marked), button.sheet, marked.shows)


async def ask_not_applicable(visit: Visit, button: AskNotApplicable) -> None:
    """Ask why an item is not applicable."""
    asked = await visit.act(marking.ask, visit.actor, button.sheet, button.item, "not_applicable", visit.at)
    visit.post(Screen(not_applicable_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def explain_evidence(visit: Visit, button: ExplainEvidence) -> None:
    """Say how evidence gets to an item."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    view.sheet.item(button.item)
    visit.toast(evidence_explanation(visit.phrases, visit.language, view, button.item), alert=True)
