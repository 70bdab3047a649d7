"""The ONE table of the bot's questions that are about no sheet's item: what becomes of the words and files that answer.

Every kind has its line; one without `files` takes words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.actions import answer_files, correcting, days, deciding, explanations, filing, objecting, objection_desk
from core.actions.door import Moment
from core.corrections import Corrected
from core.errors import WordsWanted
from core.explanations import Explained
from core.filing_views import Decided, Excused, Filed, FileKept
from core.holiday_entry import NoticePreview, NoticeRefused
from core.objections import Objected, ObjectionAnswered
from core.people import Actor
from core.schedule_views import FIRE, ForTheClock
from core.schedule_views import QUESTIONS as CLOCK_QUESTIONS
from core.snapshots import OpenPrompt, Question
from core.store import prompts
from core.store.engine import Db
from core.store.evidence import Piece

AnsweredInWords: TypeAlias = (
    Filed
    | Decided
    | Excused
    | Objected
    | ObjectionAnswered
    | Corrected
    | Explained
    | NoticePreview
    | NoticeRefused
    | ForTheClock
)
"""What words that answer a question may lead to."""
AnsweredByFile: TypeAlias = Filed | Objected | Explained | FileKept
"""What a file that answers a question may lead to."""

Words = Callable[[Db, Actor, Question, str, datetime, Moment], AnsweredInWords]
Files = Callable[[Db, Actor, Question, Piece, str, datetime, Moment], AnsweredByFile]


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What takes the answers to one kind of question, each with the time (UTC) at which it was sent.

    `by_reply`: what the answer does cannot be taken back, so only a reply to the question is one.
    """

    words: Words
    files: Files | None = None
    by_reply: bool = False


def _decided(db: Db, actor: Actor, question: Question, text: str, _sent_at: datetime, at: Moment) -> AnsweredInWords:
    return deciding.take_reason(db, actor, question, text, at)


def _answered(db: Db, actor: Actor, question: Question, text: str, _sent_at: datetime, at: Moment) -> AnsweredInWords:
    return objection_desk.take_reason(db, actor, question, text, at)


def _corrected(db: Db, actor: Actor, question: Question, text: str, _sent_at: datetime, at: Moment) -> AnsweredInWords:
    return correcting.take_words(db, actor, question, text, at)


def _noticed(db: Db, actor: Actor, question: Question, text: str, _sent_at: datetime, at: Moment) -> AnsweredInWords:
    return days.take_notice(db, actor, question, text, at)


def _handed_on(
    _db: Db, _actor: Actor, question: Question, text: str, _sent_at: datetime, _at: Moment
) -> AnsweredInWords:
    # The clock's room lies above this one: whoever called hands the text on.
    return ForTheClock(question.prompt_id, question.kind, question.about, text)


KINDS: Mapping[str, QuestionKind] = {
    **{kind: QuestionKind(filing.take_words, filing.take_file) for kind in filing.KINDS},
    **{kind: QuestionKind(_decided, by_reply=True) for kind in deciding.DECISIONS},
    **{kind: QuestionKind(_answered, by_reply=True) for kind in objection_desk.DECISIONS},
    "objection": QuestionKind(objecting.take_words, objecting.take_file),
    "explanation": QuestionKind(explanations.take_words, explanations.take_file),
    "correction": QuestionKind(_corrected),
    # A notice that comes as a file is read like a workbook, by the uploads.
    days.KIND: QuestionKind(_noticed),
    **{kind: QuestionKind(_handed_on, by_reply=kind == FIRE) for kind in CLOCK_QUESTIONS},
}

_TAKE_FILES: Mapping[str, Files] = {name: kind.files for name, kind in KINDS.items() if kind.files is not None}


def take_words(db: Db, actor: Actor, question: Question, text: str, sent_at: datetime, at: Moment) -> AnsweredInWords:
    """Take the words that answer a question. Raises what its kind raises."""
    return KINDS[question.kind].words(db, actor, question, text, sent_at, at)


def take_file(
    db: Db, actor: Actor, question: Question, piece: Piece, text: str, sent_at: datetime, at: Moment
) -> AnsweredByFile:
    """Take the photo or file that answers a question, with the words beneath it. Raises what its kind raises."""
    return _TAKE_FILES[question.kind](db, actor, question, piece, text, sent_at, at)


def question_for_file(
    db: Db, actor: Actor, reply_to: int | None, album: str | None, at: Moment, *, goes_with: bool
) -> Question | None:
    """Which question a file answers, as `answer_files` finds it; None: the file is evidence, or a form.

    Raises WordsWanted when it replies to one that takes words alone.
    """
    replied = None if reply_to is None else prompts.by_message(db, actor.person_id, reply_to)
    if replied is not None and _takes_words_alone(replied):
        raise WordsWanted
    return answer_files.question_for_file(db, actor, _TAKE_FILES, reply_to, album, at, goes_with=goes_with)


def words_are_waited_for(db: Db, actor: Actor) -> bool:
    """Whether the person's newest question is open and takes words alone."""
    newest = prompts.newest(db, actor.person_id)
    return newest is not None and newest[1] is None and _takes_words_alone(newest[0])


def _takes_words_alone(prompt: OpenPrompt | Question) -> bool:
    # A file in reply to why an item lost points is evidence to that item; why a sheet goes back is said in words.
    return prompt.kind not in _TAKE_FILES if isinstance(prompt, Question) else prompt.kind == "return"
