"""A bot with three tricks, over the real Bot API: what the page needs to be driven by, without the program's own bot.

It edits the item screen when a mark is tapped, prompts for a reason, and greets whoever starts it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from .practice import Practice, button

NUMBERS = (("0", "0.5", "1", "1.5", "2", "2.5", "3"), ("3.5", "4", "4.5", "5", "5.5", "6"))
PROMPT = "第10条扣了分，请写明理由"


def item_screen(mark: str) -> dict[str, Any]:
    """The item screen with this mark: text, and marks in rows of seven and six."""
    marks = [[button(f"✓{n}" if n == mark else n, f"mark:{n}") for n in row] for row in NUMBERS]
    deeds = [button(label, label) for label in ("理由", "佐证", "不适用")]
    ways = [button(label, label) for label in ("◀", "目录", "▶")]
    text = (
        "<b>仙庾镇 · 2013年第一季度</b>        14/23 ▓▓▓▓▓▓░░░░\n七项重大任务 · 第10条 · 满分6分\n"
        "高度重视样板社工部建设，紧紧围绕社情民意开展工作。\n<i>考核方式：查工作台账、现场查看</i>\n"
        f"得分 <b>{mark or '○'}</b> · 📷 2"
    )
    return {"text": text, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": [*marks, deeds, ways]}}


class ScriptedBot:
    """Polls and answers, one update after the other."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice

    async def run(self) -> None:
        """Until cancelled."""
        offset = 0
        while True:
            for update in await self._practice.updates(offset=offset, timeout=50):
                offset = update["update_id"] + 1
                if "callback_query" in update:
                    await self._tapped(update["callback_query"])
                elif "message" in update:
                    await self._told(update["message"])

    async def _tapped(self, query: dict[str, Any]) -> None:
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        verb, _, mark = query["data"].partition(":")
        if verb == "mark":
            answer: dict[str, Any] = {"text": f"第10条 {mark}分 已保存"}
            await self._practice.call("editMessageText", **place, **item_screen(mark))
        else:
            answer = {"text": "目录稍后显示", "show_alert": True} if verb == "目录" else {}
        await self._practice.call("answerCallbackQuery", callback_query_id=query["id"], **answer)
        if verb == "理由":
            prompt = {"force_reply": True, "input_field_placeholder": "例如：台账缺两个月"}
            await self._practice.call("sendMessage", chat_id=place["chat_id"], text=PROMPT, reply_markup=prompt)

    async def _told(self, message: dict[str, Any]) -> None:
        if message.get("text", "").startswith("/start"):
            greeting = f"您好，{message['text'].removeprefix('/start').strip() or '请选择'}"
            await self._practice.call("sendMessage", chat_id=message["chat"]["id"], text=greeting)


@contextlib.asynccontextmanager
async def running(practice: Practice) -> AsyncIterator[None]:
    """The bot at work; a failure of its own fails whoever waits for it."""
    task = asyncio.create_task(ScriptedBot(practice).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
