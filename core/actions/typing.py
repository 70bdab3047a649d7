"""What people type: an answer to a prompt, or shorthand that fills the sheet.

Free text belongs to the prompt it replies to; else, when exactly one question is open, it answers
that, unless it is plainly shorthand, or the question wants a reply; else it is read as shorthand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from core.actions import questions
from core.actions.attaching import attach_named
from core.actions.door import Moment, look
from core.actions.marking import give_reason, set_mark_with_reason, set_not_applicable
from core.actions.overview import my_sheets, on_screen
from core.actions.questions import AnsweredInWords
from core.actions.returning import return_item
from core.errors import AmbiguousUnit, NoOpenSheet, ReplyWanted, UnknownUnit, UnreadableMark
from core.people import Actor
from core.returns import SubmittedSheet
from core.rubric import Rubric
from core.sheet import SheetState, legal_points
from core.shorthand import Entry, Shorthand, parse_shorthand
from core.snapshots import Attached, Marked, OpenPrompt, Question, SheetLine, SheetView
from core.store import prompts
from core.store.engine import Db
from core.store.evidence import Piece

REMEMBERED = timedelta(hours=12)
"""How long a question is answered by whatever is typed next; later it is not what the person is thinking of."""

_COLON_ENTRY = re.compile(r"\s*第?\d+条?\s*[:：]")


@dataclass(frozen=True, slots=True)
class Answered:
    """A prompt got its answer."""

    prompt: OpenPrompt
    marked: Marked


@dataclass(frozen=True, slots=True)
class Returned:
    """An item of a sheet went back to its rater."""

    item: int
    found: SubmittedSheet


@dataclass(frozen=True, slots=True)
class Typed:
    """Shorthand filled items of a sheet; `attached` counts evidence that came with it."""

    view: SheetView
    items: tuple[int, ...]
    owing: tuple[int, ...]
    attached: Attached | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text message: to which message it replies, and when it was sent (UTC)."""

    chat_id: int
    text: str
    reply_to: int | None
    sent_at: datetime


Taken: TypeAlias = Answered | Returned | Typed | AnsweredInWords
"""What a text message may lead to."""


def take_text(db: Db, actor: Actor, said: Said, at: Moment) -> Taken | None:
    """What a text message means and does; None when it means nothing, so that help is shown."""
    text = said.text
    if said.reply_to is not None:
        prompt = prompts.by_message(db, actor.person_id, said.reply_to)
        if prompt is not None:
            return answer(db, actor, prompt, said, at)
    lines = _open_lines(db, actor, at)
    # A question about a sheet that was handed in or sealed meanwhile waits for nothing any more.
    open_sheets = {line.sheet_id for line in lines}
    asked = prompts.open_of(db, actor.person_id)
    waiting = [
        (prompt, asked_at)
        for prompt, asked_at in asked
        if isinstance(prompt, Question) or prompt.kind == "return" or prompt.sheet_id in open_sheets
    ]
    answers = len(waiting) == 1 and not _is_rather_shorthand(db, actor, waiting[0][0], text, lines, at)
    if answers and not _wants_reply(*waiting[0], said.sent_at):
        return answer(db, actor, waiting[0][0], said, at)
    try:
        typed = type_marks(db, actor, said.chat_id, text, at)
    except (NoOpenSheet, UnreadableMark) as no_marks:
        # Whoever has no marks to give meant something else by the figures.
        means_none = isinstance(no_marks, UnreadableMark) and not (lines or asked or said.reply_to)
        if not (answers or means_none):
            raise
        typed = None
    if typed is None and answers:
        raise ReplyWanted
    return typed


def answer(db: Db, actor: Actor, prompt: OpenPrompt | Question, said: Said, at: Moment) -> Taken:
    """Take a text as the answer to a prompt."""
    if isinstance(prompt, Question):
        return questions.take_words(db, actor, prompt, said.text, said.sent_at, at)
    if prompt.kind == "return":
        return Returned(prompt.item, return_item(db, actor, prompt.sheet_id, prompt.item, said.text, at))
    act = give_reason if prompt.kind == "reason" else set_not_applicable
    return Answered(prompt, act(db, actor, prompt.sheet_id, prompt.item, said.text, at))


def type_marks(db: Db, actor: Actor, chat_id: int, text: str, at: Moment) -> Typed | None:
    """Fill a sheet from shorthand; None when the text is none. All entries hold, or none does.

    Raises UnreadableMark, UnknownUnit, AmbiguousUnit, NoOpenSheet and what `marking` raises.
    """
    lines = _open_lines(db, actor, at)
    read = parse_shorthand(text, [line.unit for line in lines])
    if read is None or not any(_sets(entry) or entry.reason for entry in read.entries):
        return None
    return _fill(db, actor, _sheet_for(db, read, lines, chat_id), read, at)


def take_caption(db: Db, actor: Actor, chat_id: int, caption: str, piece: Piece, at: Moment) -> Typed | None:
    """Attach a piece to the item its caption names, and set the marks the caption gives.

    None when the caption names no item, as of somebody without a sheet: then it is only a caption.
    """
    lines = _open_lines(db, actor, at)
    if not lines:
        return None
    read = parse_shorthand(caption, [line.unit for line in lines])
    if read is None or not read.entries:
        return None
    sheet_id = _sheet_for(db, read, lines, chat_id)
    attached = attach_named(db, actor, sheet_id, read.entries[0].item, piece, at)
    if not any(_sets(entry) for entry in read.entries):
        return Typed(attached.view, (), (), attached)
    typed = _fill(db, actor, sheet_id, read, at)
    return Typed(typed.view, typed.items, typed.owing, attached)


def _fill(db: Db, actor: Actor, sheet_id: int, read: Shorthand, at: Moment) -> Typed:
    for entry in read.entries:
        view = _set(db, actor, sheet_id, entry, at)
    items = tuple(dict.fromkeys(entry.item for entry in read.entries if _sets(entry)))
    owing = tuple(item for item in items if item in view.sheet.reasons_owed)
    return Typed(view, items, owing, None)


def _set(db: Db, actor: Actor, sheet_id: int, entry: Entry, at: Moment) -> SheetView:
    if entry.not_applicable:
        return set_not_applicable(db, actor, sheet_id, entry.item, entry.reason or "", at).view
    if entry.points is None:
        return give_reason(db, actor, sheet_id, entry.item, entry.reason or "", at).view
    return set_mark_with_reason(db, actor, sheet_id, entry.item, entry.points, entry.reason, at).view


def _sets(entry: Entry) -> bool:
    return entry.not_applicable or entry.points is not None


def _wants_reply(prompt: OpenPrompt | Question, asked_at: datetime, sent_at: datetime) -> bool:
    """Whether nothing but a reply answers it: what it does cannot be taken back, or nobody remembers the question."""
    if isinstance(prompt, Question) and questions.KINDS[prompt.kind].by_reply:
        return True
    return sent_at - asked_at > REMEMBERED


def _is_rather_shorthand(
    db: Db, actor: Actor, prompt: OpenPrompt | Question, text: str, lines: list[SheetLine], at: Moment
) -> bool:
    """Whether a text that replies to nothing is shorthand rather than the answer to the one open question."""
    if isinstance(prompt, Question):
        # `12 8 5` answers it too: only what names a unit or begins like `4:1.5` is certainly about a sheet.
        return bool(lines) and _names_a_sheet(text, [line.unit for line in lines])
    if prompt.kind == "return":
        return False
    return _is_plainly_shorthand(text, lines, look(db, actor, prompt.sheet_id, at).sheet.rubric)


def _names_a_sheet(text: str, names: list[str]) -> bool:
    try:
        read = parse_shorthand(text, names)
    except UnreadableMark:
        return False
    return (
        read is not None
        and any(_sets(entry) for entry in read.entries)
        and (read.unit in names or _COLON_ENTRY.match(text) is not None)
    )


def _is_plainly_shorthand(text: str, lines: list[SheetLine], rubric: Rubric) -> bool:
    """Whether the text can hardly be a reason: it names one of the person's units, begins with `item:mark`,
    or gives nothing but marks that their items can have.
    """
    names = [line.unit for line in lines]
    try:
        read = parse_shorthand(text, names)
    except UnreadableMark:
        return False
    if read is None or not any(_sets(entry) for entry in read.entries):
        return False
    if read.unit in names or _COLON_ENTRY.match(text) is not None:
        return True
    return all(_is_legal(entry, rubric) for entry in read.entries)


def _is_legal(entry: Entry, rubric: Rubric) -> bool:
    if entry.points is None or not 1 <= entry.item <= len(rubric.items):
        return False
    return entry.points in legal_points(rubric.item(entry.item), rubric.step)


def _open_lines(db: Db, actor: Actor, at: Moment) -> list[SheetLine]:
    return [line for line in my_sheets(db, actor, at) if line.state is SheetState.OPEN]


def _sheet_for(db: Db, read: Shorthand, lines: list[SheetLine], chat_id: int) -> int:
    """The sheet a text is about: of the unit it names, else the one on screen, else the only one."""
    if not lines:
        raise NoOpenSheet
    fitting = [line for line in lines if read.unit is None or line.unit == read.unit]
    if not fitting:
        raise UnknownUnit(name=read.unit or "")
    screen = on_screen(db, chat_id)
    standing = next((line for line in fitting if screen is not None and line.sheet_id == screen.sheet_id), None)
    if standing is not None:
        return standing.sheet_id
    if len(fitting) > 1:
        raise AmbiguousUnit(units=tuple(dict.fromkeys(line.unit for line in fitting)))
    return fitting[0].sheet_id
