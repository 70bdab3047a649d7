"""The commands, in Chinese and in English, and a language that outlives a restart."""

from __future__ import annotations

import pytest
from kit import PersonHandle, Stage

WORDS = {
    "zh": {
        "/start": "您好",
        "/todo": "待办",
        "/score": "仙庾镇 · 2013年6月",
        "/rank": "还没有排名",
        "/rank 2013-05": "没有2013年5月的排名",
        "/rank 去年": "看不懂“去年”",
        "/help": "社会管理工作考核",
        "/language": "请选择语言",
        "/cancel": "没有待回答的问题",
        "/bind": "您的身份不能办理这一事项",
    },
    "en": {
        "/start": "Hello, 周建国.",
        "/todo": "To do",
        "/score": "仙庾镇 · June 2013",
        "/rank": "There is no ranking yet",
        "/rank 2013-05": "no ranking for May 2013",
        "/rank last year": "“last year” is not a period",
        "/help": "Performance assessment",
        "/language": "Please choose a language",
        "/cancel": "No question is open",
        "/bind": "Your role does not include this",
    },
}


async def speaks(person: PersonHandle, language: str) -> None:
    """The person chooses their language."""
    await person.says("/language")
    await person.sees("请选择语言。Please choose a language.")
    name = {"zh": "中文", "en": "English"}[language]
    label = name if await _is_offered(person, name) else f"✓ {name}"
    await person.taps(label)


async def _is_offered(person: PersonHandle, name: str) -> bool:
    screen = await person.newest_screen()
    return any(button["text"] == name for row in screen.keyboard for button in row)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_command_answers_in_the_language_of_who_asks(stage: Stage, language: str) -> None:
    zhou = stage.person("周建国")
    await speaks(zhou, language)
    for command, words in WORDS[language].items():
        await zhou.says(command)
        await zhou.sees(words)


async def test_the_language_is_kept_after_a_restart(stage: Stage) -> None:
    deng = stage.person("邓丽华")
    await speaks(deng, "en")
    await deng.sees("Please choose a language")
    await stage.bot.restart()
    await deng.says("/todo")
    await deng.sees("You owe nothing at the moment")
    await deng.says("/score")
    await deng.sees("Your role does not")
    await speaks(deng, "zh")
    await deng.says("/todo")
    await deng.sees("目前没有待办事项")


async def test_help_offers_each_role_its_own_commands(stage: Stage) -> None:
    offered = {}
    for name in ("唐文静", "周建国", "刘芳", "邓丽华", "杨国平"):
        person = stage.person(name)
        await person.says("/help")
        text = (await person.sees("/help ")).text
        offered[name] = {line.split()[0] for line in text.splitlines() if line.startswith("/")}
    assert "/bind" in offered["唐文静"]
    assert "/score" in offered["周建国"] & offered["刘芳"]
    assert not {"/bind", "/score"} & (offered["邓丽华"] | offered["杨国平"])


async def test_the_menu_of_the_phone_lists_the_commands(stage: Stage) -> None:
    menu = await stage.person("周建国").is_shown_commands()
    assert list(menu) == [
        "start",
        "todo",
        "score",
        "report",
        "briefing",
        "workday",
        "rank",
        "why",
        "object",
        "export",
        "audit",
        "language",
        "help",
        "cancel",
    ]
    assert menu["score"] == "我的评分表"


async def test_cancel_closes_an_open_question(stage: Stage) -> None:
    zhou = stage.person("周建国")
    await speaks(zhou, "zh")
    await zhou.opens_sheet("仙庾镇", item=10)
    await zhou.taps("理由")
    await zhou.sees("第10条得5分", "请回复本条消息")
    await zhou.says("/cancel")
    await zhou.sees("已取消待回答的问题")
    await zhou.says("这不是理由")
    await zhou.sees("没有看懂这条消息")
