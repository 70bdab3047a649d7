"""The bare bot: what python-telegram-bot does by itself with a tap, and nothing else.

Started as its own process: `python -m tests.bench.bare_bot BASE_URL [CONCURRENT_UPDATES]`. Answers each tap
and edits its message to an item screen of the size of ours; reads no database, checks
nobody, stores nothing. All settings but the address are the library's defaults.
"""

from __future__ import annotations

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

from .plan import TEXT

MARKS = [f"{points / 100:g}" for points in range(0, 601, 50)]


def keyboard(sheet: str, item: int) -> InlineKeyboardMarkup:
    """Thirteen marks and six buttons to move about, as under an item of six points."""
    rows = [MARKS[:7], MARKS[7:], ["理由", "佐证", "不适用"], ["◀", "目录", "▶"]]
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(name, callback_data=f"m:{sheet}:{item}:{name}") for name in row] for row in rows]
    )


async def tapped(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer, then show the next item."""
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    _verb, sheet, item, points = query.data.split(":")
    await query.answer(f"第{item}条 {points}分 已保存")
    text = TEXT.format(done=item, item=int(item) + 1, maximum=6)
    await query.edit_message_text(text, parse_mode="HTML", reply_markup=keyboard(sheet, int(item) + 1))


def main(base_url: str, concurrent_updates: int | None) -> None:
    """Poll until stopped by a signal."""
    builder = ApplicationBuilder().token("1:bench").base_url(base_url)
    if concurrent_updates is not None:
        builder = builder.concurrent_updates(concurrent_updates)
    application = builder.build()
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None)
