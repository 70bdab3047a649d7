"""The ONE table of deeds: which handler does what a button says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot import buttons
from bot.handlers import home, parcels, ranking, reasons, scoring, submitting
from bot.visit import Visit

DEEDS: dict[type, Callable[[Visit, Any], Awaitable[None]]] = {
    buttons.SetMark: scoring.set_mark,
    buttons.ChooseHalf: scoring.choose_half,
    buttons.ShowItem: scoring.show_item,
    buttons.ShowContents: scoring.show_contents,
    buttons.ShowSheets: scoring.show_sheets,
    buttons.AskReason: reasons.ask_reason,
    buttons.AskNotApplicable: reasons.ask_not_applicable,
    buttons.ExplainEvidence: reasons.explain_evidence,
    buttons.AskFillRest: submitting.ask_fill_rest,
    buttons.FillRest: submitting.fill_rest,
    buttons.ReviewSheet: submitting.review,
    buttons.SubmitSheet: submitting.submit,
    buttons.SetLanguage: home.set_language,
    buttons.ShowRanking: ranking.show_ranking,
    buttons.OpenTable: ranking.open_table,
    buttons.ConfirmSent: parcels.confirm_sent,
    buttons.SendAgain: parcels.send_again,
}
