"""The days of the year: looking at them, and the office's notice, as text or as a file."""

from __future__ import annotations

from telegram import Message

from bot.buttons.days import AskNotice, EnterNotice, ListHolidays, ShowHolidays, ShowNotice
from bot.due_numbers import year_of
from bot.screens import days as screens
from bot.screens.screen import Screen
from bot.screens.uploads import reading_text
from bot.visit import Visit
from core.actions import days, uploading
from core.holiday_entry import NoticePreview, NoticeRefused
from core.snapshots import Question
from core.store.evidence import Piece


async def show_holidays(visit: Visit, button: ShowHolidays) -> None:
    """What is known of a year."""
    await _show(visit, button.year, 0)


async def list_holidays(visit: Visit, button: ListHolidays) -> None:
    """A page of it."""
    await _show(visit, button.year, button.page)


async def ask_notice(visit: Visit, button: AskNotice) -> None:
    """Put the question."""
    asked = await visit.act(days.ask_notice, visit.actor, year_of(button.year), visit.at)
    visit.post(Screen(screens.notice_prompt(visit.phrases, visit.language, asked)), prompt_id=asked.prompt_id)


async def show_notice(visit: Visit, button: ShowNotice) -> None:
    """A page of the preview."""
    found = await visit.act(days.preview, visit.actor, button.prompt)
    visit.show(screens.notice_screen(visit.phrases, visit.language, found, button.page))


async def enter_notice(visit: Visit, button: EnterNotice) -> None:
    """The notice counts from now on."""
    # A button carries the head of the digest as a number (`check_of`).
    done = await visit.act(days.enter, visit.actor, button.prompt, f"{button.check:010x}", visit.at)
    visit.toast(screens.entered_toast(visit.phrases, visit.language, done))
    visit.show(screens.holidays_screen(visit.phrases, visit.language, done.found, 0))


async def take_file(visit: Visit, message: Message, question: Question, piece: Piece) -> None:
    """A file that answers the question: it is fetched and read, however long that takes."""
    came, asked = visit.visitor.chat_id, question.prompt_id
    await visit.act(uploading.receive_notice, visit.actor, asked, came, message.message_id, piece, visit.at)
    visit.leaves_work = True
    visit.post(Screen(reading_text(visit.phrases, visit.language, piece.name or "")))


def show_taken(visit: Visit, taken: NoticePreview | NoticeRefused) -> None:
    """What came of a notice."""
    visit.post(screens.taken_screen(visit.phrases, visit.language, taken))


async def _show(visit: Visit, number: int, page: int) -> None:
    year = year_of(number) if number else visit.at.today.year
    found = await visit.act(days.year_of_days, visit.actor, year)
    visit.show(screens.holidays_screen(visit.phrases, visit.language, found, page))
