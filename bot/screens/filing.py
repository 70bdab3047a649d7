"""Filing a 月报表, a 信息 or a 群众工作日: for which unit and day, the question, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons.duties import FileBriefing, FileReport, FileWorkday
from bot.due_numbers import due_number
from bot.phrases import Phrases
from bot.screens.screen import Key, Screen
from core.calendar import Duty
from core.filing_views import AskedFiling, Filed, FileKept, OpenDue, OwedDuty, OwnUnit


def choose_unit_to_brief(phrases: Phrases, language: str, mine: Sequence[OwnUnit]) -> Screen:
    """For which of one's units."""
    rows = tuple((Key(each.unit, FileBriefing(each.unit_id)),) for each in mine)
    return Screen(phrases.say(language, "filing.choose"), rows)


def choose_report(phrases: Phrases, language: str, reports: Sequence[OpenDue]) -> Screen:
    """The months, of each of one's units, that can be reported now; what is filed may be filed again."""
    return Screen(phrases.say(language, "filing.choose_report"), _open_rows(phrases, language, reports))


def choose_workday(phrases: Phrases, language: str, days: Sequence[OpenDue]) -> Screen:
    """The days that can be logged now; one that is logged may be logged again."""
    return Screen(phrases.say(language, "filing.choose_workday", days=days), _open_rows(phrases, language, days))


def duty_key(phrases: Phrases, language: str, owed: OwedDuty) -> Key:
    """The key that files what is owed."""
    return Key(phrases.say_plain(language, f"keys.duties.{owed.duty.value}", owed=owed), file_deed(owed))


def file_deed(owed: OwedDuty | OpenDue) -> FileReport | FileBriefing | FileWorkday:
    """The deed that files what is owed."""
    if owed.duty is Duty.BRIEFING:
        return FileBriefing(owed.unit_id)
    number = due_number(owed.duty, owed.key)
    return FileWorkday(owed.unit_id, number) if owed.duty is Duty.WORKDAY else FileReport(owed.unit_id, number)


def filing_prompt(phrases: Phrases, language: str, asked: AskedFiling) -> str:
    """The question that is answered by filing."""
    return phrases.say(language, f"filing.prompts.{asked.duty.value}", asked=asked)


def receipt(phrases: Phrases, language: str, taken: Filed) -> str:
    """What was filed, when, as which version, and whether in time."""
    return phrases.say(language, f"filing.receipts.{taken.filing.duty.value}", filed=taken, filing=taken.filing)


def file_kept(phrases: Phrases, language: str, kept: FileKept) -> str:
    """A file came before its words."""
    return phrases.say(language, f"filing.kept.{kept.what}", files=kept.files)


def _open_rows(phrases: Phrases, language: str, found: Sequence[OpenDue]) -> tuple[tuple[Key, ...], ...]:
    return tuple((Key(phrases.say_plain(language, "keys.filing.open", open=each), file_deed(each)),) for each in found)
