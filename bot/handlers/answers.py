"""What answered a question of the bot: files taken, and the ONE table of what is shown in return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.handlers import correcting, days, explanations, filing, ledger, objecting, objection_desk
from bot.visit import Visit
from core.actions import questions
from core.actions.questions import AnsweredByFile, AnsweredInWords
from core.corrections import Corrected
from core.explanations import Explained
from core.filing_views import Decided, Excused, Filed, FileKept
from core.holiday_entry import NoticePreview, NoticeRefused
from core.objections import Objected, ObjectionAnswered
from core.snapshots import Question
from core.store.evidence import Piece

_SHOWN: Mapping[type, Callable[[Visit, Any], None]] = {
    Decided: ledger.show_decided,
    Excused: ledger.show_decided,
    Filed: filing.show,
    Objected: objecting.show_receipt,
    ObjectionAnswered: objection_desk.show_answered,
    Corrected: correcting.show_corrected,
    Explained: explanations.show_receipt,
    NoticePreview: days.show_taken,
    NoticeRefused: days.show_taken,
}
_SHOWN_COUNTING: Mapping[type, Callable[[Visit, Any, str | None], None]] = {
    Filed: filing.show,
    FileKept: filing.show,
    Objected: objecting.show_receipt,
    Explained: explanations.show_receipt,
}


def show(visit: Visit, taken: AnsweredInWords) -> None:
    """What words led to."""
    _SHOWN[type(taken)](visit, taken)


async def take_file(visit: Visit, question: Question, piece: Piece) -> None:
    """A photo or file that answers a question."""
    came, sent_at = visit.visitor, visit.sent_at
    taken: AnsweredByFile = await visit.act(
        questions.take_file, visit.actor, question, piece, came.text, sent_at, visit.at
    )
    # The pictures of an album come one by one, without an end: they share one line that counts them.
    counter = None if piece.album is None else f"{came.chat_id}:{piece.album}"
    visit.leaves_work = True
    _SHOWN_COUNTING[type(taken)](visit, taken, counter)
