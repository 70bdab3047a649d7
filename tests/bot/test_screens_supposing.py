"""宽严 and 若… on a phone: what the office looks up behind a ranking, marked as no result, with the way back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from html import unescape

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, PHRASES
from test_screens_why import LONGEST_MESSAGE, labels

from bot.buttons.supposing import ChooseRater, Suppose
from bot.buttons.why import ListWhyOf
from bot.sandbox.markup import parse_html
from bot.screens import supposing as office
from core.leniency import Leniency, RankChange, Raters
from core.what_if import Estimate, Line, code_of, weights_of

RATER = Leniency(
    4,
    HOSTILE,
    3,
    Fraction(9200),
    Fraction(500),
    Fraction(200),
    69,
    3,
    tuple(RankChange(HOSTILE, 1, None) for _ in range(9)),
)
RULED = {"supervision": 60, "monthly_report": 10, "briefings": 20, "workdays": 10}
ESTIMATE = Estimate(
    ranking=9,
    period="2013-06",
    unit_kind="township",
    lines=tuple(Line(HOSTILE, number, Fraction(9000), None if number == 2 else 1, None) for number in range(1, 30)),
    ruled=RULED,
    weights=RULED,
    trimmed=True,
    can_trim=True,
    rater=None,
    corrected=True,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_office_sees_fits_and_is_marked_as_no_result(language: str) -> None:
    raters = Raters(9, "2013-06", "township", (RATER,) * 20)
    none = Raters(9, "2013-06", "township", (replace(RATER, changes=()),))
    supposed = replace(ESTIMATE, rater=HOSTILE, trimmed=False, weights={**RULED, "supervision": 0}, corrected=False)
    shown = [
        office.raters_screen(PHRASES, language, raters, 1),
        office.raters_screen(PHRASES, language, none, 0),
        office.raters_screen(PHRASES, language, replace(raters, raters=()), 0),
        office.choice_screen(PHRASES, language, raters, ChooseRater(9, 0, 1)),
        office.estimate_screen(PHRASES, language, ESTIMATE, Suppose(9, 0, 0, 0)),
        office.estimate_screen(PHRASES, language, supposed, Suppose(9, 4, 1, 1)),
        office.estimate_screen(PHRASES, language, replace(ESTIMATE, can_trim=False, weights={}), Suppose(9, 0, 0, 0)),
    ]
    for screen in shown:
        parse_html(screen.text)
        assert len(unescape(screen.text)) < LONGEST_MESSAGE
    sign = "测算，非正式结果，不保存" if language == "zh" else "not official, not stored"
    assert all(sign in screen.text for screen in shown[3:])


def test_each_key_names_everything_that_is_supposed() -> None:
    screen = office.estimate_screen(PHRASES, "zh", ESTIMATE, Suppose(9, 4, 1, 0))
    deeds = {key.label: key.deed for row in screen.rows for key in row}
    more = deeds["督查 +5"]
    assert isinstance(more, Suppose)
    assert (more.ranking, more.rater, more.rules % 2) == (9, 4, 1)
    assert weights_of(list(RULED), more.rules // 2) == {**RULED, "supervision": 65}
    assert deeds["若不去最高最低"] == Suppose(9, 4, 1, 0)
    assert deeds["恢复原样"] == Suppose(9, 0, 0, 0)
    least = replace(ESTIMATE, weights={**RULED, "supervision": 100, "workdays": 0})
    told = labels(office.estimate_screen(PHRASES, "zh", least, Suppose(9, 0, 2 * code_of(RULED), 0)))
    assert "督查 +5" not in told
    assert "群众工作日 −5" not in told


def test_what_the_office_looks_up_behind_a_ranking_leads_back_to_why() -> None:
    for screen in (
        office.raters_screen(PHRASES, "zh", Raters(9, "2013-06", "township", (RATER,)), 0),
        office.estimate_screen(PHRASES, "zh", ESTIMATE, Suppose(9, 0, 0, 0)),
        office.estimate_screen(PHRASES, "zh", ESTIMATE, Suppose(9, 4, 1, 0)),
    ):
        assert [(key.label, key.deed) for key in screen.rows[-1]] == [("◀ 为什么", ListWhyOf(9, 0))]
