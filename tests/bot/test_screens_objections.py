"""Objections, corrections, explanations and the gate: every screen in both languages, within Telegram's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES, TOWNSHIP, actor, owing, sheet_view

from bot.buttons import LONGEST, pack, unpack
from bot.buttons.duties import ShowBoard
from bot.buttons.finals import Explain, LetThrough
from bot.buttons.objections import ChooseItems, ListOwnObjections, WriteObjection
from bot.period_numbers import period_number, period_of
from bot.sandbox.markup import parse_html
from bot.screens import correcting, explanations, gate, objecting, objection_desk
from bot.screens.home import home_screen
from bot.screens.returning import submitted_screen
from bot.screens.screen import Screen
from core.corrections import AskedCorrection, Corrected, CorrectedSheet, Correction, RoundCorrections
from core.errors import BadPeriod
from core.explanations import AskedExplanation, Explained, ExplanationLine, ExplanationView, OwedExplanation
from core.objections import (
    LONGEST_OBJECTION,
    AskedDecision,
    AskedObjection,
    ContestedSheet,
    ItemChoice,
    Objected,
    ObjectionAnswered,
    ObjectionCase,
    ObjectionView,
    Standing,
    choice_of,
)
from core.people import Actor, Role
from core.periods import Period
from core.reasons import ItemLoss
from core.returns import SubmittedSheet
from core.rubric import UnitKind
from core.sheet import Mark

AT = datetime(2013, 4, 2, 2, tzinfo=UTC)
QUARTER = Period.parse("2013-Q1")
UNIT = HOSTILE * 3
REASON = ("<b>&" * 500)[:500]
STANDING = Standing(7, 1, "2013-Q1", "township", 3, UNIT, 4, AT)
OPEN = ObjectionView(
    objection_id=5,
    ranking_id=7,
    version=1,
    period="2013-Q1",
    unit_kind="township",
    unit_id=3,
    unit=UNIT,
    items=(4, 5),
    text=("<b>&" * LONGEST_OBJECTION)[:LONGEST_OBJECTION],
    person=UNIT,
    raised_at=AT,
    until=AT,
    state="open",
    decided_by=None,
    decided_at=None,
    decision=None,
    prompt_id=1,
    files=2,
)
UPHELD = replace(OPEN, state="upheld", decided_by=UNIT, decided_at=AT, decision=REASON, until=None, items=())
REJECTED = replace(UPHELD, state="rejected", files=0)
LOSSES = {item.number: ItemLoss(item, Fraction(0), Fraction(item.max_points), (REASON,)) for item in TOWNSHIP.items}
CORRECTION = Correction(4, 0, None, REASON, AT, 5)
BACK = Correction(4, None, 150, REASON, AT, None)
MARKS = tuple(
    (item, [Mark(item.number, 0, reason=REASON), Mark(item.number, None, not_applicable=True), None][item.number % 3])
    for item in TOWNSHIP.items
)
SHEET = ContestedSheet(9, UNIT, MARKS, (CORRECTION,))
OWED = OwedExplanation(3, UNIT, QUARTER, 2, date(2013, 4, 12), datetime(2013, 4, 12, 16, tzinfo=UTC), is_over=True)
UNKNOWN = replace(OWED, due=None, is_over=False)
FILED = ExplanationView(OWED, 2, ("<b>&" * 2500)[:2500], UNIT, AT, late=True, prompt_id=1, files=1)
LAST: dict[str, Any] = {"unit": UNIT, "unit_id": 3, "quarter": "2013-Q2", "before": None}
TWICE: dict[str, Any] = {
    "count": 2,
    "quarters": ["2013-Q1", "2013-Q2"],
    "step": "explain",
    "next_step": "disqualify",
    "due": "2013-07-12",
}
ONCE = {**TWICE, "count": 1, "quarters": ["2013-Q2"], "step": "warn", "next_step": "explain", "due": None}
THRICE = {**TWICE, "count": 3, "step": "disqualify", "next_step": "disqualify", "due": None}
NOTHING = {**TWICE, "step": None, "next_step": None, "due": None}
OFFICER = Actor(1, 1, 100, "刘芳", "zh", frozenset({Role.OFFICER}), frozenset({3}))
HELD: dict[str, Any] = {"period": "2013-Q1", "kind": "township", "sheets": [[UNIT, UNIT]] * 99, "units": [UNIT] * 99}
HELD |= {"short": [[UNIT, 2]] * 99, "least": 3}
HELD_TWICE: tuple[tuple[Period, UnitKind], ...] = ((QUARTER, "township"), (QUARTER, "department"))


def screens(language: str) -> Iterator[Screen]:
    """Every screen, as full as it gets and as empty."""
    for standing in (STANDING, replace(STANDING, rank=None, until=None, unit_kind="department")):
        choice = ItemChoice(standing, TOWNSHIP.items, LOSSES)
        for page in range(4):
            yield objecting.items_screen(PHRASES, language, choice, tuple(range(1, 24)), page)
        yield objecting.items_screen(PHRASES, language, ItemChoice(standing, (), {}), (), 0)
        yield objecting.choices_screen(PHRASES, language, [standing] * 9, [OPEN, UPHELD, REJECTED] * 4, 0)
        for items in ((), (4, 5)):
            yield Screen(objecting.objection_prompt(PHRASES, language, AskedObjection(1, standing, items)))
    yield objecting.choices_screen(PHRASES, language, (), (), 0)
    for view in (OPEN, UPHELD, REJECTED):
        yield objecting.own_screen(PHRASES, language, view)
        yield objection_desk.case_screen(PHRASES, language, ObjectionCase(view, (SHEET,) * 20), 1)
        yield objection_desk.case_screen(PHRASES, language, ObjectionCase(view, ()), 0)
        for told in ({}, {"added_file": True}, {"again": True}):
            yield Screen(objecting.receipt(PHRASES, language, Objected(view, **told)))
    for upholds in (True, False):
        yield Screen(objection_desk.decision_prompt(PHRASES, language, AskedDecision(1, upholds, OPEN)))
    for view, published in ((UPHELD, 2), (UPHELD, None), (REJECTED, None)):
        yield objection_desk.answered_screen(PHRASES, language, ObjectionAnswered(view, published))
    for waiting in ([], [OPEN] * 9):
        yield objection_desk.waiting_screen(PHRASES, language, waiting, 0)
    yield from correcting_screens(language)
    yield from explaining_screens(language)
    for kind, round_id in (("township", 4), ("department", None)):
        yield gate.ranking_held_letter(PHRASES, language, {**HELD, "kind": kind}, round_id)
    yield gate.ranking_held_letter(PHRASES, language, {**HELD, "sheets": [], "units": [], "short": []}, None)
    yield gate.let_through_screen(PHRASES, language, "2013-Q1", "department")


def correcting_screens(language: str) -> Iterator[Screen]:
    """更正."""
    view = sheet_view(unit=UNIT)
    yield Screen(correcting.correction_prompt(PHRASES, language, AskedCorrection(1, view, 5)))
    for objection in (0, 5):
        done = Corrected(view, 4, 2, objection, (4, 5), (CORRECTION, BACK) * 20)
        yield correcting.corrected_screen(PHRASES, language, done)
        yield correcting.corrected_screen(PHRASES, language, replace(done, waiting=(), again=True))
    sheet = CorrectedSheet(9, UNIT, UNIT, (CORRECTION, BACK) * 20)
    for found in (
        RoundCorrections(4, "2013-Q1", "township", (sheet,)),
        RoundCorrections(4, "2013-Q1", "township", ()),
        RoundCorrections(4, "2013-Q1", "township", (), 2),
    ):
        yield correcting.waiting_screen(PHRASES, language, found)
    marks = [[4, 150, REASON], [5, None, REASON]]
    told = {"unit": UNIT, "period": "2013-Q1", "marks": marks * 20}
    yield correcting.sheet_corrected_letter(PHRASES, language, told, None)
    yield correcting.sheet_corrected_letter(PHRASES, language, {**told, "marks": marks}, None)
    corrected = SubmittedSheet(view, 4, 2, None, {}, can_return=False, can_correct=True, waiting=(CORRECTION,) * 30)
    yield submitted_screen(PHRASES, language, corrected, 0)


def explaining_screens(language: str) -> Iterator[Screen]:
    """说明情况."""
    for owed in (OWED, replace(OWED, is_over=False), UNKNOWN):
        for versions in (0, 2):
            yield Screen(explanations.explanation_prompt(PHRASES, language, AskedExplanation(1, owed, versions)))
        for late in (True, False):
            filed = replace(FILED, owed=owed, late=late, files=0)
            for told in ({}, {"added_file": True}, {"again": True}):
                yield Screen(explanations.receipt(PHRASES, language, Explained(filed, **told)))
            yield explanations.explanation_screen(PHRASES, language, ExplanationLine(owed, filed))
        yield explanations.explanation_screen(PHRASES, language, ExplanationLine(owed, None))
        yield home_screen(PHRASES, language, OFFICER, replace(owing([]), explanations=(owed,)))
    lines = [ExplanationLine(OWED, FILED), ExplanationLine(UNKNOWN, None), ExplanationLine(OWED, None)]
    yield explanations.list_screen(PHRASES, language, lines * 4, 0)
    yield explanations.list_screen(PHRASES, language, [], 0)
    yield explanations.explanation_filed_letter(PHRASES, language, {}, lines[0])
    moot = {"unit_name": UNIT, "quarter": "2013-Q1"}
    yield explanations.explanation_filed_letter(PHRASES, language, moot, None)
    for after in (ONCE, TWICE, {**TWICE, "due": None}, THRICE, NOTHING):
        for before in (None, ONCE):
            told_of = {**LAST, "after": after, "before": before}
            yield explanations.last_place_letter(PHRASES, language, told_of, OFFICER)
    yield explanations.last_place_letter(PHRASES, language, {**LAST, "after": None, "before": TWICE}, None)
    yield home_screen(PHRASES, language, actor(role=Role.ADMIN), replace(owing([]), objections=3, held=HELD_TWICE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_can_be_sent(language: str) -> None:
    for screen in screens(language):
        text, _ = parse_html(screen.text)
        assert 0 < len(text) <= 4096
        assert text == text.strip()
        assert "\n\n\n" not in text, text
        assert len(screen.rows) <= 12
        for key in (key for keys in screen.rows for key in keys):
            assert key.label.strip()
            assert len(pack(key.deed).encode()) <= LONGEST
            assert unpack(pack(key.deed)) == key.deed


def test_every_key_names_the_choice_that_it_leads_to() -> None:
    choice = ItemChoice(STANDING, TOWNSHIP.items, {})
    screen = objecting.items_screen(PHRASES, "zh", choice, (4, 5), 0)
    keys = {key.label: key.deed for keys in screen.rows for key in keys}
    assert keys["☑ 4"] == ChooseItems(7, 3, choice_of((5,)), 0)
    assert keys["☐ 6"] == ChooseItems(7, 3, choice_of((4, 5, 6)), 0)
    assert keys["▶"] == ChooseItems(7, 3, choice_of((4, 5)), 1)
    assert keys["写理由（第4、5条）"] == WriteObjection(7, 3, choice_of((4, 5)))
    before = objecting.choices_screen(PHRASES, "zh", (), [OPEN] * 9, 0)
    assert before.rows[-1][0].deed == ListOwnObjections(1)


def test_only_who_explains_gets_the_key_to_it() -> None:
    told = {**LAST, "after": TWICE}
    (row,) = explanations.last_place_letter(PHRASES, "zh", told, OFFICER).rows
    assert row[0].deed == Explain(3, period_number(Period.parse("2013-Q2")))
    for reader in (None, actor(role=Role.ADMIN), replace(OFFICER, unit_ids=frozenset({4}))):
        assert explanations.last_place_letter(PHRASES, "zh", told, reader).rows == ()
    assert explanations.last_place_letter(PHRASES, "zh", {**told, "after": ONCE}, OFFICER).rows == ()
    liaison = replace(OFFICER, roles=frozenset({Role.LIAISON}))
    assert explanations.last_place_letter(PHRASES, "zh", told, liaison).rows == ()


@pytest.mark.parametrize("key", ["2013-06", "2013-12", "2013-Q4", "2013-H2", "2013"])
def test_every_period_has_a_number_of_its_own(key: str) -> None:
    period = Period.parse(key)
    assert period_of(period_number(period)) == period
    held = gate.ranking_held_letter(PHRASES, "zh", {**HELD, "period": key}, None)
    assert held.rows[0][0].deed == LetThrough(period_number(period), 0)


def test_the_office_is_told_how_many_of_how_many_sheets_a_unit_has() -> None:
    held = {
        **HELD,
        "kind": "department",
        "sheets": [],
        "units": [],
        "short": [["区民政局", 2], ["区卫生局", 1]],
        "least": 3,
    }
    said = gate.ranking_held_letter(PHRASES, "zh", held, None).text
    assert "评分表不足3份、不能排名的单位：区民政局（2份）、区卫生局（1份）\n\n照常公布的" in said
    assert "评分不足的注明不足3个乡镇评分。" in said
    assert "没有成绩的单位：" not in said
    english = gate.ranking_held_letter(PHRASES, "en", held, None).text
    assert (
        "Units with fewer than the 3 sheets it takes to be ranked: 区民政局 (2), 区卫生局 (1)\n\nPublished" in english
    )


def test_a_number_that_no_period_has_is_refused() -> None:
    for number in (0, 2**40, period_number(QUARTER) + 4 * 4):
        with pytest.raises(BadPeriod):
            period_of(number)


def test_lists_lead_back_to_the_ledger_also_when_they_are_empty() -> None:
    for screen in (
        objection_desk.waiting_screen(PHRASES, "zh", [], 0),
        explanations.list_screen(PHRASES, "zh", [], 0),
        explanations.list_screen(PHRASES, "zh", [ExplanationLine(OWED, None)], 0),
    ):
        assert [(key.label, key.deed) for row in screen.rows for key in row] == [("台账", ShowBoard(0, 0))]


@pytest.mark.parametrize(("language", "words"), [("zh", "周建国的评分表"), ("en", "周建国’s sheet")])
def test_a_sheet_whose_items_are_not_at_issue_is_named_as_such(language: str, words: str) -> None:
    whole = ObjectionCase(replace(OPEN, items=()), (ContestedSheet(9, "周建国", (), ()),))
    assert words in parse_html(objection_desk.case_screen(PHRASES, language, whole, 0).text)[0]
