"""/why on a phone: the first screen says it all in short, the others the rest; nothing is too long for a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from snapshot_samples import HOSTILE, LANGUAGES, NOON, PHRASES, TOWNSHIP

from bot.buttons.supposing import ShowRaters, Suppose
from bot.buttons.why import ExplainRow, ListWhyOf, ShowLossEvidence
from bot.sandbox.markup import parse_html
from bot.screens import why as screens
from bot.screens.screen import Screen
from core.awards import Step
from core.duties import Tally
from core.reasons import ItemLoss, LeftOut, RoundReasons
from core.returns import PieceOfEvidence
from core.snapshots import RankingRow, UnitLine
from core.why import Beside, Change, Clause, ItemChange, Moved, Part, QuarterLine, Why

LONGEST_MESSAGE = 4096
REASONS = RoundReasons(
    score=Fraction(9250),
    max_points=10000,
    sheets=7,
    counted=5,
    categories=tuple((category.name, Fraction(1, 3), category.max_points) for category in TOWNSHIP.categories),
    items=tuple(
        ItemLoss(item, Fraction(0), Fraction(item.max_points), (HOSTILE * 40, HOSTILE * 40)) for item in TOWNSHIP.items
    ),
    basis="corrected",
    rubric_hash="a" * 64,
    pieces={10: 2},
    left_out=tuple(LeftOut(item, 2, (HOSTILE * 40, HOSTILE * 40)) for item in TOWNSHIP.items),
    scaled=True,
)
ROW = RankingRow(3, HOSTILE, 2, True, Fraction(9250), (), "七项重大任务", 7, quarters=(3, 4))
MANY = tuple(HOSTILE for _ in range(300))
MONTH = Why(
    ranking=9,
    period="2013-06",
    unit_kind="township",
    version=2,
    state="provisional",
    objections_until=NOON,
    row=ROW,
    ranked=8,
    equals=MANY,
    above=Beside(1, MANY, Fraction(0), "七项重大任务", Fraction(50)),
    below=Beside(4, ("月塘街道",), Fraction(120), None, Fraction(0)),
    parts=(
        Part("supervision", Fraction(9250), 60, 90, None),
        Part("monthly_report", Fraction(10000), 10, 90, Tally(on_time=1, late=1)),
        Part("briefings", None, 20, 90, None),
        Part("workdays", None, 0, 90, Tally(excused=2)),
    ),
    absent=("workdays",),
    quarters=(),
    reasons=REASONS,
    moved=Moved(
        "2013-05",
        3,
        Fraction(9130),
        (Change("supervision", Fraction(9000), Fraction(9250)),),
        (Change("七项重大任务", Fraction(50), Fraction(40)),),
        tuple(ItemChange(number, Fraction(0), Fraction(50)) for number in range(1, 24)),
    ),
    clauses=(
        Clause("flag_given"),
        Clause("prize", fen=200_000),
        Clause("last_place", count=2, step=Step.EXPLAIN, next_step=Step.DISQUALIFY, due=date(2013, 7, 11)),
    ),
    before=8,
    after=10,
    others={"2013-Q2": 11},
)
YEAR = replace(
    MONTH,
    period="2013",
    parts=(Part("quarters", Fraction(9000), 50, 100, None), Part("january", Fraction(9500), 50, 100, None)),
    absent=(),
    quarters=(QuarterLine("2013-Q1", 4, 1, Fraction(9000)), QuarterLine("2013-Q2", None, None, None)),
)
UNRANKED = replace(
    MONTH, row=replace(ROW, rank=None, score=None), equals=(), above=None, below=None, objections_until=None, version=1
)
BARE = replace(
    UNRANKED, state="final", reasons=None, parts=(), moved=None, clauses=(), before=None, after=None, others={}
)


def everything(language: str) -> Iterator[Screen]:
    """Every part of every kind of explanation, all pages."""
    new = replace(MONTH, moved=replace(MONTH.moved or _none(), rank=None, score=None), state="final")
    full = replace(MONTH, reasons=replace(REASONS, items=(), basis="present"), unit_kind="department")
    for found in (MONTH, YEAR, UNRANKED, BARE, new, full):
        for part in range(len(screens.PARTS) + 1):
            for page in range(4):
                yield screens.why_screen(PHRASES, language, found, part, page, of_office=True)


def _none() -> Moved:
    raise AssertionError("the sample has something that moved")


def labels(screen: Screen) -> list[str]:
    return [key.label for row in screen.rows for key in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_fits_and_is_sound(language: str) -> None:
    for screen in everything(language):
        parse_html(screen.text)
        assert len(unescape(screen.text)) < LONGEST_MESSAGE
        assert len(screen.rows) <= 12
        assert all(len(key.label) <= 64 for row in screen.rows for key in row)


def test_the_first_screen_answers_in_the_order_of_the_questions() -> None:
    told = screens.why_screen(PHRASES, "zh", MONTH, screens.GLANCE, 0).text
    order = [
        "第2名",
        "距第1名",
        "比第4名",
        "督查 92.50×60/90",
        "失分最多：第",
        "上期（2013年5月）第3名 91.30分",
        "授予流动红旗",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    for words in (
        "少0.50分",
        "多1.20分",
        "群众工作日 免",
        "信息上报 无",
        "共23条失分",
        "2000元",
        "2013年7月11日",
        "尚未公布",
        "第2版",
    ):
        assert words in told, words
    # Ten seconds on a phone.
    assert len(told.splitlines()) <= 20


def test_the_keys_lead_to_the_rest_and_behind_it_only_the_office() -> None:
    keys = labels(screens.why_screen(PHRASES, "zh", MONTH, screens.GLANCE, 0))
    assert keys == ["失分", "构成", "变化", "依据", "◀ 上期", "下期 ▶", "2013年第二季度"]
    of_office = screens.why_screen(PHRASES, "zh", MONTH, screens.GLANCE, 0, of_office=True)
    assert of_office.rows[-1][0].deed == ShowRaters(9, 0)
    assert of_office.rows[-1][1].deed == Suppose(9, 0, 0, 0)
    bare = screens.why_screen(PHRASES, "zh", BARE, screens.GLANCE, 0, of_office=True)
    assert labels(bare) == ["构成"]
    year = screens.why_screen(PHRASES, "zh", YEAR, screens.GLANCE, 0)
    deeds = [key.deed for row in year.rows for key in row]
    assert ExplainRow(3, 4, screens.GLANCE, 0) in deeds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lost_point_is_on_one_page(language: str) -> None:
    pages = [screens.why_screen(PHRASES, language, MONTH, screens.LOSSES, page) for page in range(3)]
    sign = "第{}条 −" if language == "zh" else "Item {} −"
    assert all(any(sign.format(item.number) in page.text for page in pages) for item in TOWNSHIP.items)
    cameras = [key for page in pages for row in page.rows for key in row if key.label.startswith("📷")]
    assert [(key.label, key.deed) for key in cameras] == [("📷 10", ShowLossEvidence(3, 9, 10, 0))]


def test_what_was_trimmed_and_what_the_ledger_counted_is_told() -> None:
    told = screens.why_screen(PHRASES, "zh", MONTH, screens.MADE_OF, 0).text
    assert "共7份，已按规定去掉最高、最低共2份" in told
    assert "按时1、迟报1、缺0、免0" in told
    assert "群众工作日没有全期的完整记录" in told


def test_a_department_is_told_that_these_are_means() -> None:
    full = replace(MONTH, reasons=replace(REASONS, items=(), basis="frozen"), unit_kind="department")
    told = screens.why_screen(PHRASES, "zh", full, screens.LOSSES, 0).text
    assert "没有失分" in told
    assert "只有平均分" in told


def test_a_choice_for_a_period_keeps_the_period() -> None:
    units = [UnitLine(number, f"u{number}", "township", f"镇{number}", None, None, False) for number in range(20)]
    screen = screens.choice_screen(PHRASES, "zh", units, {"township": 9}, 1)
    deeds = [key.deed for row in screen.rows for key in row]
    assert ExplainRow(8, 9, screens.GLANCE, 0) in deeds
    assert ListWhyOf(9, 2) in deeds


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_pages_and_names_nobody(language: str) -> None:
    pieces = [
        PieceOfEvidence(number, 1, 10, "photo", None, HOSTILE * 20, "ab" if number else None, "stored", None, None)
        for number in range(20)
    ]
    screen, files = screens.evidence_screen(PHRASES, language, HOSTILE, ShowLossEvidence(3, 9, 10, 0), pieces)
    parse_html(screen.text)
    assert files == list(range(1, 8))
    deeds = [key.deed for row in screen.rows for key in row]
    assert deeds == [ShowLossEvidence(3, 9, 10, 1), ExplainRow(3, 9, screens.LOSSES, 0)]


def test_what_was_not_applicable_is_named_with_its_reason_and_what_it_does_to_the_sums() -> None:
    left_out = (LeftOut(TOWNSHIP.item(23), 1, ("没有这项工作",)),)
    found = replace(MONTH, reasons=replace(REASONS, left_out=left_out))
    told = {part: screens.why_screen(PHRASES, "zh", found, part, 0).text for part in range(len(screens.PARTS))}
    assert "不适用：第23条，不计入" in told[screens.GLANCE]
    for part in (screens.LOSSES, screens.MADE_OF):
        assert "第23条不适用（1份评分表）：没有这项工作\n不适用的条目不计入" in told[part]
    english = screens.why_screen(PHRASES, "en", found, screens.MADE_OF, 0).text
    assert "Item 23 not applicable (1 sheet): 没有这项工作\nItems not applicable do not count" in english
    every_one = screens.why_screen(
        PHRASES, "zh", replace(MONTH, reasons=replace(REASONS, left_out=(), scaled=False)), screens.MADE_OF, 0
    )
    assert "不适用" not in every_one.text
    # So few of the townships said so that naming the item would tell whose word it was.
    few = replace(MONTH, unit_kind="department", reasons=replace(REASONS, left_out=()))
    told_of_few = screens.why_screen(PHRASES, "zh", few, screens.MADE_OF, 0).text
    assert "不适用的条目不计入" in told_of_few
    assert "条不适用" not in told_of_few


def test_equal_neighbours_are_named_before_what_decided() -> None:
    told = screens.why_screen(PHRASES, "en", replace(MONTH, equals=()), screens.GLANCE, 0).text
    assert "Equal with rank 1, " in told
    assert ", but 0.50 behind in “七项重大任务”\n" in told
    assert "1.20 ahead of rank 4, 月塘街道\n" in told


def test_one_item_is_no_plural() -> None:
    lost = ItemLoss(TOWNSHIP.item(7), Fraction(500), Fraction(100), ())
    one = replace(MONTH, reasons=replace(REASONS, items=(lost,)))
    assert "annex 1, item 7." in screens.why_screen(PHRASES, "en", one, screens.CLAUSES, 0).text
    assert "annex 1, items 1–23." in screens.why_screen(PHRASES, "en", MONTH, screens.CLAUSES, 0).text
