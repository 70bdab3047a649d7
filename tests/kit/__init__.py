"""The test kit: a practice Telegram, the bot as its own process, and people who speak the domain.

    async def test_a_mark_is_saved(stage: Stage) -> None:
        zhou = stage.person("周建国")
        await zhou.says("/score")
        await zhou.sees("第15条")
        await zhou.taps("3.5")
        await zhou.sees("第16条")

It answers for waiting: everything waits for a condition, with one generous limit, and a bot that
died meanwhile ends the wait with its log. It decides nothing that a test ought to say.
"""

from kit.clock import Clock
from kit.group import Group
from kit.people import PersonHandle
from kit.process import BotProcess
from kit.rows import Rows
from kit.sandbox import Sandbox
from kit.stage import Stage

__all__ = ["BotProcess", "Clock", "Group", "PersonHandle", "Rows", "Sandbox", "Stage"]
