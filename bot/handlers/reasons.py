"""Questions whose answer is free text, and how evidence is attached."""

from __future__ import annotations

from bot.buttons.sheets import AskNotApplicable, AskReason, ExplainEvidence
from bot.screens.notices import evidence_explanation, not_applicable_prompt, reason_prompt
from bot.screens.screen import Screen
from bot.visit import Visit
from core.actions import door, marking


async def ask_reason(visit: Visit, button: AskReason) -> None:
    """Ask why an item lost points."""
    asked = await visit.act(marking.ask, visit.actor, button.sheet, button.item, "reason", visit.at)
    visit.post(Screen(reason_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def ask_not_applicable(visit: Visit, button: AskNotApplicable) -> None:
    """Ask why an item is not applicable."""
    asked = await visit.act(marking.ask, visit.actor, button.sheet, button.item, "not_applicable", visit.at)
    visit.post(Screen(not_applicable_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def explain_evidence(visit: Visit, button: ExplainEvidence) -> None:
    """Say how evidence gets to an item."""
    view = await visit.act(door.look, visit.actor, button.sheet, visit.at)
    view.sheet.item(button.item)
    visit.toast(evidence_explanation(visit.phrases, visit.language, view, button.item), alert=True)
