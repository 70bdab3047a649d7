"""What the people around a harried bot do: officers file, the admin answers, and another process comes too late."""

from __future__ import annotations

from datetime import date

from core.actions import announcing, filing
from core.actions.firing import Firing
from core.actions.reminding import remind
from core.calendar import Duty
from core.filing_views import AskedFiling
from core.snapshots import Question
from core.store import people, units
from faults.fire_times_by_hand import at
from faults.harried_bot import POLICY, TANG, HarriedBot


def files(bot: HarriedBot, officer: str, duty: str) -> None:
    """An officer files what the bot would ask for first, if there is anything."""
    actor, now = bot.office.people[officer], bot.now
    (unit,) = actor.unit_ids
    assert unit is not None
    if duty == "report" and officer != "deng":
        month = bot.office.act(filing.open_reports, actor, now)[0].month
        asked = bot.office.act(filing.ask_report, actor, unit, month, now)
        bot.filed.add((unit, Duty.MONTHLY_REPORT, asked.key))
        _answers(bot, officer, asked, duty, unit, "小结")
    elif duty == "workday" and (days := bot.office.act(filing.open_workdays, actor, now)):
        asked = bot.office.act(filing.ask_workday, actor, unit, days[0].due.day, now)
        bot.filed.add((unit, Duty.WORKDAY, asked.key))
        _answers(bot, officer, asked, duty, unit, "12 8 5")


def writes_again(bot: HarriedBot, chat: int) -> None:
    """Somebody who had blocked the bot writes to it."""
    bot.office.act(lambda db: people.set_reachable(db, [people.person_of(db, chat) or 0]))


def admin_decides(bot: HarriedBot) -> None:
    """The admin looks into the group, and answers truthfully whatever they were asked."""
    for parcel, attempt in bot.rows("SELECT id, attempt FROM outbox WHERE state = 'unknown' AND chat_id < 0"):
        if _is_asked(bot, parcel, attempt):
            resend = bot.telegram.shown(parcel) == 0
            assert bot.office.act(announcing.decide, bot.office.tang, parcel, bot.now, resend=resend)


def another_looked_too(bot: HarriedBot, day: date) -> None:
    """A process that looked before the claim was committed carries a day's digest out, too late."""
    line = next(each for each in POLICY.schedules if each.id == "digest")
    (district,) = bot.office.act(units.districts)
    bot.office.act(remind, district, POLICY, line, Firing(line.id, day, at(day, line.time)), bot.now)
    bot.has_moved = True


def _answers(bot: HarriedBot, officer: str, asked: AskedFiling, duty: str, unit: int, text: str) -> None:
    question = Question(asked.prompt_id, duty, f"{unit}:{asked.key}")
    actor, now = bot.office.people[officer], bot.now
    bot.office.act(filing.take_words, actor, question, text, now.now, now)


def _is_asked(bot: HarriedBot, parcel: int, attempt: int) -> bool:
    letters = bot.rows("SELECT id FROM outbox WHERE dedup_key = ?", f"unknown:{parcel}:{attempt}:{TANG}")
    return any(bot.telegram.shown(letter) for (letter,) in letters)
