"""Photos and files that answer a question of the bot: which question they go to, and keeping them there.

Answers for every question that takes files alike; what is filed with them is the question's own action's.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from core.actions.door import Moment
from core.errors import FileTooBig
from core.people import Actor
from core.snapshots import OpenPrompt, Question
from core.store import filing_files, prompts
from core.store.engine import Db
from core.store.evidence import Piece

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that Telegram hands over to a bot at most."""

# A file that comes so soon after something was filed goes with it, although it is no reply.
_GOES_WITH = timedelta(minutes=10)


def question_for_file(
    db: Db,
    actor: Actor,
    kinds: Collection[str],
    reply_to: int | None,
    album: str | None,
    at: Moment,
    *,
    goes_with: bool,
) -> Question | None:
    """Which question of these kinds a file answers.

    The one it replies to, that of its album, or the person's newest while that waits. `goes_with`: also one that was
    answered a moment ago. None: the file is evidence, or a form.
    """
    if reply_to is not None:
        prompt = prompts.by_message(db, actor.person_id, reply_to)
        if prompt is not None:
            return _of_kind(prompt, kinds)
    newest = prompts.newest(db, actor.person_id)
    question = None if newest is None else _of_kind(newest[0], kinds)
    if newest is None or question is None:
        return None
    answered_at = newest[1]
    if answered_at is None or (goes_with and at.now - answered_at < _GOES_WITH):
        return question
    is_same_album = album is not None and filing_files.prompt_of_album(db, actor.person_id, album) == question.prompt_id
    return question if is_same_album else None


def keep(db: Db, actor: Actor, question: Question, piece: Piece, at: Moment) -> bool:
    """Keep a file with its question; False when it was there already. Raises FileTooBig."""
    if piece.size is not None and piece.size > LARGEST_FILE:
        raise FileTooBig(name=piece.name or "", size=piece.size, limit=LARGEST_FILE)
    return filing_files.add(db, question.prompt_id, piece, actor.person_id, at.now)


def _of_kind(prompt: OpenPrompt | Question, kinds: Collection[str]) -> Question | None:
    return prompt if isinstance(prompt, Question) and prompt.kind in kinds else None
