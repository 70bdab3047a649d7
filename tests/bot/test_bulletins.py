"""Bulletins: what is said under 公示, when final and when corrected; every limit; what is printed and drawn."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from bulletin_samples import CHANGES, FINAL_AT, LONG, PRIZES, Q2, QUARTER, ROWS, awarded, final, last, provisional, unit
from snapshot_samples import HOSTILE, JUNE, LANGUAGES, PHRASES, told_of

from bot.buttons.rankings import OpenReasons, OpenTable
from bot.period_numbers import LENGTHS, period_number, period_of, trend_number, trend_of
from bot.sandbox.markup import parse_html
from bot.screens.bulletins import bulletin_screen, fitting, has_flag_caption, paper_screen, picture_screen
from bot.screens.ranking import ranking_screen
from bot.screens.ranking_papers import RankingPapers
from core.awards import FlagMonth, PrizeChanged, Step
from core.awards.rewards import rewards
from core.bulletin_views import (
    BulletinView,
    Correction,
    Placing,
    RowChanged,
)
from core.composites import Eligibility
from core.errors import BadPeriod
from core.export.bulletin import ROWS_OF_A_PICTURE, draw_table
from core.periods import Period, PeriodKind
from core.ranking import Standing
from core.ranking_shelf import Shelf
from core.snapshots import RankingRow


def text(view: BulletinView, language: str = "zh", *, late: bool = False) -> str:
    return parse_html(bulletin_screen(PHRASES, language, view, 9, late=late).text)[0]


def test_under_public_notice_nothing_is_awarded() -> None:
    assert text(provisional(), late=True) == (
        "2013年第二季度综合排名通报（乡镇、街道、管委会）\n公示 · 第1版 · 2013年7月1日 09:00（补发）\n\n"
        "1 仙庾镇 96.50\n2（并列） 月塘街道 95.25\n2（并列） 茨菇塘街道 95.25\n4 金山街道 85.00\n未考核：明照乡\n\n"
        "公示至2013年7月4日 24:00，期间可以提出异议。\n奖励和末位处理在定稿后生效。\n"
        "依据：办法 六-2 · 审计根 cd0123456789"
    )


def test_what_is_unknown_of_the_holidays_is_said() -> None:
    assert "公示期限待当年节假日安排公布后确定" in text(provisional(objections_until=None))


@pytest.mark.parametrize(
    ("period", "kind", "said"),
    [
        ("2013-06", "township", "流动红旗在定稿后授予。"),
        ("2013-H1", "township", "办法 一-1"),
        ("2013", "township", "评优资格在定稿后确定。"),
        ("2013-Q2", "department", "办法 六-3"),
    ],
)
def test_what_a_period_waits_for_and_its_clause(period: str, kind: str, said: str) -> None:
    assert said in text(provisional(period=period, unit_kind=kind))
    assert "奖励" not in text(provisional(period=period, unit_kind=kind))


def test_a_final_quarter_names_prizes_what_is_left_over_and_the_last_place() -> None:
    said = text(awarded(QUARTER, last(Step.EXPLAIN, Step.DISQUALIFY, date(2013, 7, 18))))
    assert "1 仙庾镇 96.50 · 奖励3000元\n2（并列） 月塘街道 95.25 · 奖励1500元\n" in said
    assert "第2名由月塘街道、茨菇塘街道并列：对应奖金共3000.01元，每单位1500元，平分余下0.01元未发放。" in said
    assert "末位：金山街道，连续2个季度末位。向区委书记说明情况，2013年7月18日 24:00前提交。" in said
    assert "如下季度再列末位，取消年度评优资格。" in said


def test_a_last_place_tells_what_follows_as_far_as_anything_does() -> None:
    assert "期限待节假日安排公布后确定" in text(awarded(QUARTER, last(Step.EXPLAIN, Step.DISQUALIFY)))
    first = text(awarded(QUARTER, last(Step.WARN, Step.EXPLAIN, count=1)))
    assert "末位：金山街道。提醒该单位改进工作。如下季度再列末位，须向区委书记说明情况。" in first
    third = text(awarded(QUARTER, last(Step.DISQUALIFY, Step.DISQUALIFY, count=3)))
    assert "连续3个季度末位。取消本年度评优资格。\n" in third
    assert "末位：金山街道，连续2个季度末位。\n" in text(awarded(QUARTER, last(None, None)))
    assert "本季度没有末位单位。" in text(awarded())


def test_prizes_that_nobody_took_or_that_cost_more_are_told() -> None:
    alone = text(awarded(QUARTER[:1]))
    assert "没有单位取得的奖金3000.01元未发放。" in alone
    standings = [Standing(each.unit_id, each.rank, each.tied, each.score, None) for each in QUARTER]
    full = rewards(standings, PRIZES, "duplicate")
    assert "超出奖金预算999.99元" in text(final(rewards=full, prizes=full.shares))


def test_the_year_names_the_places_for_honours() -> None:
    order = tuple(
        Eligibility(
            Standing(each.unit_id, each.rank, each.tied, each.score, None), place == 0, None if place == 0 else place
        )
        for place, each in enumerate(QUARTER[:4])
    )
    view = final(period="2013", eligibility=order, disqualified=frozenset({1}))
    said = text(view)
    assert "1 仙庾镇 96.50 · 取消评优资格\n2（并列） 月塘街道 95.25 · 评优第1位" in said
    table = (
        RankingPapers(PHRASES, "zh", final(period="2013", eligibility=order, disqualified=frozenset({1})))
        .bulletin()
        .table
    )
    assert [cells[-1] for cells in table.rows] == ["取消资格", "第1位", "第2位", "第3位", "—"]


def test_what_trimming_dropped_and_missing_quarters_are_printed() -> None:
    dropped = dataclasses.replace(QUARTER[0], dropped=(Fraction(8000), Fraction(10000)))
    thin = dataclasses.replace(QUARTER[1], quarters=(1, 2))
    whole = dataclasses.replace(QUARTER[3], quarters=(2, 2))
    said = text(final((dropped, thin, whole)))
    assert "1 仙庾镇 96.50（去掉80.00、100.00）" in said
    assert "月塘街道 95.25（2个季度中按1个平均）" in said
    assert "4 金山街道 85.00\n" in said
    assert "括号内为计算平均分时去掉的最高分和最低分。" in said
    screen = ranking_screen(PHRASES, "zh", final((dropped, thin, whole)), Shelf(), 0, exports=False)
    assert "去掉最高分和最低分：80.00、100.00" in screen.text
    assert "2个季度中按1个平均" in screen.text
    [page] = RankingPapers(PHRASES, "zh", final((dropped, thin, whole))).workbook().pages
    assert [column.heading for column in page.columns][-3:] == ["去掉的评分", "计入季度", "评分表"]


def flag(given: tuple[int, ...], before: tuple[int, ...]) -> FlagMonth:
    return FlagMonth(Period.parse("2013-06"), given, before, given or before)


@pytest.mark.parametrize(
    ("month", "rows", "said"),
    [
        (flag((1,), (2,)), QUARTER, "流动红旗由月塘街道移交仙庾镇。"),
        (flag((1,), (1,)), QUARTER, "流动红旗继续由仙庾镇保持。"),
        (flag((1,), ()), QUARTER, "流动红旗授予仙庾镇。"),
        (flag((), (2,)), QUARTER, "第一名并列，流动红旗仍留在月塘街道。"),
        (flag((), ()), QUARTER, "第一名并列，流动红旗暂不授予。"),
        (flag((), (5,)), QUARTER[4:], "没有单位参加排名，流动红旗仍留在明照乡。"),
        (flag((), ()), QUARTER[4:], "没有单位参加排名，流动红旗暂不授予。"),
    ],
)
def test_a_corrected_month_tells_the_flags_way(month: FlagMonth, rows: tuple[RankingRow, ...], said: str) -> None:
    nothing = Correction(1, (), ())
    view = dataclasses.replace(
        final(rows, "2013-06"), flag=month, correction=nothing, names={1: "仙庾镇", 2: "月塘街道", 5: "明照乡"}
    )
    assert said in text(view)
    assert not has_flag_caption(view)
    assert "与第1版相比，名次、得分和奖惩均无变化。" in text(view)
    assert parse_html(picture_screen(PHRASES, "zh", view, 9).text)[0].startswith("🚩 2013年6月流动红旗：")


def test_a_half_year_tells_the_flag_of_each_of_its_months() -> None:
    months = Period.parse("2013-H1").parts(PeriodKind.MONTH)
    held = dict(zip(months, (None, ((), ()), ((1, 2), (1, 2)), ((), (1, 2)), ((3,), (3,)), None), strict=True))
    flags = {month: each and FlagMonth(month, each[0], (), each[1]) for month, each in held.items()}
    view = final(period="2013-H1", flags=flags)
    told = (
        "2013年1月流动红旗：当月排名没有定稿。\n2013年2月流动红旗：没有授予。\n"
        "2013年3月流动红旗：仙庾镇、月塘街道。\n2013年4月流动红旗：没有新授予，仍留在仙庾镇、月塘街道。\n"
        "2013年5月流动红旗：茨菇塘街道。\n2013年6月流动红旗：当月排名没有定稿。\n"
    )
    assert told in text(view)
    assert told in ranking_screen(PHRASES, "zh", view, Shelf(), 0, exports=False).text
    papers = RankingPapers(PHRASES, "zh", view)
    for notes in (papers.bulletin().notes, papers.workbook().pages[0].notes):
        assert notes == tuple(told.splitlines())
    assert "Red flag of April 2013: not given anew, stays with 仙庾镇, 月塘街道." in text(view, "en")


def test_a_final_month_is_a_caption_and_keeps_its_keys() -> None:
    view = told_of(dataclasses.replace(JUNE, final_at=FINAL_AT))
    assert has_flag_caption(view)
    screen = bulletin_screen(PHRASES, "zh", view, 9, late=False)
    assert parse_html(screen.text)[0].startswith("🚩 2013年6月流动红旗：仙庾镇")
    assert [key.deed for keys in screen.rows for key in keys] == [OpenTable(3, 9), OpenReasons(3, 9)]


def test_a_correction_tells_old_and_new() -> None:
    view = dataclasses.replace(awarded(), correction=Correction(1, ROWS, CHANGES))
    view = dataclasses.replace(view, ranking=dataclasses.replace(view.ranking, version=2))
    said = text(view)
    assert said.startswith(
        "⚠ 更正通报（定稿）：2013年第二季度综合排名（乡镇、街道、管委会）\n定稿（更正） · 第2版 · 2013年7月5日 09:00\n"
    )
    assert (
        "与第1版相比，有下列变化：\n仙庾镇：第2名 95.00 → 第1名 96.50\n明照乡：未参加排名 → 未列入\n"
        "2013年6月流动红旗：无 → 仙庾镇、月塘街道\n2013年第二季度奖励，仙庾镇：0元 → 1500.50元\n"
        "2013年第二季度末位，金山街道：不是末位 → 末位（连续第2次），说明情况\n"
        "2013年第二季度末位，金山街道：末位（连续第3次），取消评优资格 → 末位（连续第1次）\n"
        "2013年评优资格，金山街道：有 → 取消\n2013年评优资格，仙庾镇：取消 → 恢复\n" in said
    )
    english = text(view, "en")
    assert "Correction (final): ranking of 2013 Q2" in english
    assert "final, corrected · version 2 · 5 July 2013, 09:00" in english
    assert "仙庾镇: rank 2, 95.00 → rank 1, 96.50" in english
    pages = RankingPapers(PHRASES, "zh", view).workbook().pages
    assert [page.name for page in pages] == ["综合排名", "更正"]
    assert pages[1].rows[0] == ("仙庾镇：第2名 95.00 → 第1名 96.50",)


def test_a_correction_says_whether_it_may_still_be_objected_to_or_counts() -> None:
    """And one whose place was taken before it went out says neither."""
    corrected = Correction(1, ROWS, ())
    view = dataclasses.replace(provisional(version=2), correction=corrected)
    assert text(view).startswith(
        "⚠ 更正通报（公示）：2013年第二季度综合排名（乡镇、街道、管委会）\n公示 · 第2版 · 2013年7月1日 09:00\n"
    )
    replaced = dataclasses.replace(provisional(version=2, state="superseded"), correction=corrected)
    assert text(replaced).startswith("⚠ 更正通报：2013年第二季度综合排名")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corrected_final_says_in_the_table_since_when_it_counts(language: str) -> None:
    view = final(rows=QUARTER)
    view = dataclasses.replace(view, ranking=dataclasses.replace(view.ranking, version=2))
    said = {
        "zh": "定稿（更正） · 第2版 · 2013年7月5日 09:00",
        "en": "final, corrected · version 2 · 5 July 2013, 09:00",
    }
    assert said[language] in ranking_screen(PHRASES, language, view, Shelf(), 0, exports=False).text
    assert said[language] in RankingPapers(PHRASES, language, view).workbook().pages[0].facts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corrected", [True, False])
def test_a_thousand_equal_units_fit_one_message_and_one_picture(language: str, corrected: bool) -> None:
    rows = [unit(number, 1, 9000, LONG, tied=True) for number in range(1, 1001)]
    lasts = [dataclasses.replace(last(Step.EXPLAIN, Step.DISQUALIFY), unit_id=each.unit_id) for each in rows]
    view = awarded(rows, *lasts)
    if corrected:
        moved = tuple(RowChanged(each.unit_id, Placing(2, Fraction(1)), Placing(1, Fraction(2))) for each in rows)
        told = tuple(PrizeChanged(Q2, each.unit_id, 0, 1) for each in rows)
        view = dataclasses.replace(view, correction=Correction(1, moved, told))
    said = text(view, language, late=True)
    assert 2000 < len(said) <= 4096
    shown = sum(line.startswith("1") and LONG in line for line in said.splitlines())
    assert shown > 5
    assert str(1000 - shown) in said
    for caption in (picture_screen, paper_screen):
        assert len(parse_html(caption(PHRASES, language, view, 9).text)[0]) <= 1024
    picture = RankingPapers(PHRASES, language, view).picture()
    assert len(picture.table.rows) == ROWS_OF_A_PICTURE
    assert "1000" in picture.more
    assert len(draw_table(picture)) < 1_000_000


def test_lines_that_fit_and_what_is_left() -> None:
    assert fitting(["ab", "cd"], 6) == (["ab", "cd"], 0)
    assert fitting(["ab", "cd"], 5) == (["ab"], 1)
    assert fitting([], 0) == ([], 0)


def test_periods_as_numbers_come_back_and_forged_ones_do_not() -> None:
    every = [Period.parse(key) for key in ("2013-01", "2013-12", "2013-Q4", "2013-H2", "2013", "2199-H1")]
    assert [period_of(period_number(each)) for each in every] == every
    for forged in (0, 2**62, 201300, 201313, 201325, 201399):
        with pytest.raises(BadPeriod):
            period_of(forged)
    assert trend_of(trend_number(77, 2013, PeriodKind.QUARTER)) == (77, 2013, PeriodKind.QUARTER)
    assert len(LENGTHS) == 4


SHORT = dataclasses.replace(QUARTER[4], sheets=2)


@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        ("zh", "department", "不足3个乡镇评分，未参加排名"),
        ("zh", "township", "不足3份评分表，未参加排名"),
        ("en", "department", "Not ranked, scored by fewer than 3 townships"),
        ("en", "township", "Not ranked, fewer than 3 sheets"),
    ],
)
def test_a_unit_with_too_few_sheets_is_not_called_unassessed(language: str, kind: str, said: str) -> None:
    """And in the group nobody learns how many there are."""
    view = provisional((QUARTER[0], SHORT, unit(6, None, 0, "石峰乡")), unit_kind=kind, least=3)
    colon = "：" if language == "zh" else ": "
    for shown in (text(view, language), ranking_screen(PHRASES, language, view, Shelf(), 0, exports=False).text):
        assert f"{said}{colon}明照乡" in shown
        assert f"{PHRASES.say_plain(language, 'bulletins.not_assessed')}{colon}石峰乡" in shown
    papers = RankingPapers(PHRASES, language, view)
    cells = [row[0] for row in papers.bulletin().table.rows]
    assert cells[1:] == {"zh": ["评分不足", "未考核"], "en": ["Too few", "Not assessed"]}[language]
    for notes in (papers.bulletin().notes, papers.workbook().pages[0].notes):
        assert notes[-1].startswith(f"{cells[1]}{colon}{said}")


def test_one_sheet_is_enough_where_the_policy_says_so() -> None:
    assert "未考核：明照乡" in text(provisional((SHORT,), least=1))


def test_hostile_names_stay_text() -> None:
    said = text(final((unit(1, 1, 9000, HOSTILE),)))
    assert HOSTILE in said
