"""空白表: the forms that are filled in without a network, sent as files. What comes back is an upload."""

from __future__ import annotations

from bot.buttons.forms import PrintForm, PrintMatrix
from bot.visit import Visit
from core.actions import forms


async def print_form(visit: Visit, button: PrintForm) -> None:
    """The form of a sheet, which comes when it is written."""
    await visit.act(forms.form_of, visit.actor, button.sheet, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.form_coming"))
    visit.paper("form", button.sheet)


async def print_matrix(visit: Visit, button: PrintMatrix) -> None:
    """The departments of a township in one table, which comes when it is written."""
    await visit.act(forms.matrix_of, visit.actor, button.sheet, visit.at)
    visit.toast(visit.phrases.say_plain(visit.language, "toasts.form_coming"))
    visit.paper("matrix", button.sheet)
