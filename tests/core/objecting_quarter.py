"""A quarter open to objections: 刘芳 objects, 唐文静 corrects and answers, and what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District
from quarter import COMPUTED, DURING, FIRST, Quarter, assessed, four_townships, question

from core.actions import correcting, objecting, objection_desk
from core.actions.door import Moment
from core.actions.questions import take_words
from core.errors import Refusal
from core.objections import Objected, ObjectionAnswered
from core.snapshots import Question
from core.store.evidence import Piece

PHOTO = Piece("photo", "one", "file-1", None, 1000)


def open_to_objections(district: District) -> Quarter:
    """The first quarter, ranked and open to objections."""
    found = assessed(four_townships(district), FIRST)
    found.publish(COMPUTED)
    return found


def asks(quarter: Quarter, items: tuple[int, ...] = (4,), at: Moment = DURING) -> Question:
    """刘芳 of 仙庾镇 is asked what she objects."""
    unit = quarter.district.units["仙庾镇"]
    asked = quarter.district.act(objecting.ask, quarter.district.liu, quarter.newest().id, unit, items, at)
    about = f"{asked.standing.ranking_id}:{unit}:{','.join(map(str, asked.items))}"
    return question(asked.prompt_id, "objection", about)


def objects(
    quarter: Quarter, text: str = "会议记录齐全", items: tuple[int, ...] = (4,), at: Moment = DURING
) -> Objected:
    """刘芳 objects."""
    asked = asks(quarter, items, at)
    taken = quarter.district.act(take_words, quarter.district.liu, asked, text, at.now, at)
    assert isinstance(taken, Objected)
    return taken


def corrects(quarter: Quarter, text: str, objection: int = 0, at: Moment = DURING) -> None:
    """唐文静 corrects 仙庾镇's sheet."""
    sheet, tang = quarter.sheets["仙庾镇"], quarter.district.tang
    asked = quarter.district.act(correcting.ask, tang, sheet, objection, at)
    about = question(asked.prompt_id, "correction", f"{sheet}:{objection}")
    quarter.district.act(take_words, tang, about, text, at.now, at)


def answers(quarter: Quarter, number: int, text: str, *, upholds: bool, at: Moment = DURING) -> ObjectionAnswered:
    """唐文静 answers an objection."""
    tang = quarter.district.tang
    asked = quarter.district.act(objection_desk.ask, tang, number, at, upholds=upholds)
    kind = "uphold" if upholds else "reject_objection"
    taken = quarter.district.act(take_words, tang, question(asked.prompt_id, kind, str(number)), text, at.now, at)
    assert isinstance(taken, ObjectionAnswered)
    return taken


def refuses(quarter: Quarter, refusal: type[Refusal], act: Callable[[], object]) -> None:
    """An act is refused, and changes nothing."""
    before = quarter.acts()
    with pytest.raises(refusal):
        act()
    assert quarter.acts() == before
