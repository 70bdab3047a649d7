"""Every command and every button, for every role and for strangers: allowed exactly where the matrix says so."""

from __future__ import annotations

from dataclasses import fields

import pytest
from kit import Stage

from bot.buttons import KINDS, Button, pack
from bot.buttons.home import SetLanguage
from bot.commands import COMMANDS, Command
from bot.deeds import DEEDS
from core.people import Role
from core.permissions import MATRIX, Right

WHO = {
    Role.ADMIN: "唐文静",
    Role.ASSESSOR: "周建国",
    Role.OFFICER: "刘芳",
    Role.LIAISON: "邓丽华",
    Role.VIEWER: "杨国平",
}
NOT_YOURS = "您的身份不能办理这一事项"
NOBODY = "本机器人只供考核工作使用"
NOWHERE = 2**40
"""A number that no row has: what is allowed is answered by what it lacks, and changes nothing."""


def button(kind: type[Button]) -> str:
    """A button of this kind about nothing that there is."""
    # The first language is the one that everybody reads here.
    number = 0 if kind is SetLanguage else NOWHERE
    return pack(kind(*(number for _ in fields(kind))))


def allows(right: Right | None, role: Role | None) -> bool:
    """What the matrix says; None is a stranger."""
    return right is None or (role is not None and role in MATRIX[right])


@pytest.mark.parametrize("role", [*WHO, None], ids=lambda role: role or "stranger")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_every_button_opens_exactly_to_whom_the_matrix_says(
    stage: Stage, kind: type[Button], role: Role | None
) -> None:
    person = stage.stranger if role is None else stage.person(WHO[role])
    await person.says("/start")
    await person.sees(NOBODY if role is None else "您好")
    screen = (await person.chat())[-1]
    toast = (await person.forges(button(kind), on=screen)).text
    if role is None:
        assert NOBODY in toast
    elif allows(DEEDS[kind].right, role):
        assert NOT_YOURS not in toast
    else:
        assert NOT_YOURS in toast


@pytest.mark.parametrize("role", [*WHO, None], ids=lambda role: role or "stranger")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_every_command_opens_exactly_to_whom_the_matrix_says(
    stage: Stage, command: Command, role: Role | None
) -> None:
    person = stage.stranger if role is None else stage.person(WHO[role])
    await person.says(f"/{command.name}")
    if role is None:
        await person.sees(NOBODY)
    elif allows(command.right, role):
        heard = await person.sees("")
        assert NOT_YOURS not in heard.text
    else:
        await person.sees(NOT_YOURS)
