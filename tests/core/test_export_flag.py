"""The picture of the red flag: its size, its weight, names of every length and number."""

from __future__ import annotations

import dataclasses
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.export.flag import FlagPicture, draw_flag
from core.export.typesetting import TypesettingFailed

LONG_NAME = "荷塘区金山新城及宋家桥工业集中区建设开发管理委员会（筹备）"
UNITS = ("仙庾镇", "月塘街道", "茨菇塘街道", "宋家桥街道", "金山街道", "桂花街道", "明照乡", LONG_NAME)

JUNE = FlagPicture(
    language="zh",
    heading="流动红旗",
    month="2013年6月",
    winners=("仙庾镇",),
    lines=(("1", "仙庾镇", "98.50"), ("2", "月塘街道", "96.25"), ("3", "茨菇塘街道", "95.00")),
    giver="荷塘区创新社会管理工作领导小组办公室",
    footer="审计根 3f9a1c0be2d47a55",
)

ENGLISH = FlagPicture(
    language="en",
    heading="Red Flag of the Month",
    month="June 2013",
    winners=("Xianyu Town",),
    lines=(("1", "Xianyu Town", "98.50"), ("2", "Yuetang Subdistrict", "96.25")),
    giver="Hetang District Office for Social Management",
    footer="audit root 3f9a1c0be2d47a55",
)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("winners", [UNITS[:count] for count in range(1, 9)] + [(LONG_NAME,) * 8, UNITS * 5])
def test_any_number_of_winners_fits_the_picture(winners: tuple[str, ...]) -> None:
    lines = tuple(("1", name, "100.00") for name in winners[:8])
    png = draw_flag(dataclasses.replace(JUNE, winners=winners, lines=lines))
    assert size_of(png) == (1080, 1350)
    assert len(png) < 1_000_000


def test_the_english_flag_fits_too() -> None:
    png = draw_flag(ENGLISH)
    assert size_of(png) == (1080, 1350)
    assert png == draw_flag(ENGLISH)


def test_every_word_is_on_the_picture() -> None:
    pictures = [
        draw_flag(JUNE),
        draw_flag(dataclasses.replace(JUNE, heading="先进红旗")),
        draw_flag(dataclasses.replace(JUNE, month="2013年7月")),
        draw_flag(dataclasses.replace(JUNE, giver="荷塘区社管办")),
        draw_flag(dataclasses.replace(JUNE, footer="审计根 3f9a1c0be2d47a56")),
    ]
    assert len(set(pictures)) == 5


def test_winners_and_lines_are_on_the_picture() -> None:
    pictures = [
        draw_flag(JUNE),
        draw_flag(dataclasses.replace(JUNE, winners=("明照乡",))),
        draw_flag(dataclasses.replace(JUNE, lines=(("1", "仙庾镇", "98.50"), ("2", "月塘街道", "96.24")))),
        draw_flag(dataclasses.replace(JUNE, lines=())),
    ]
    assert len(set(pictures)) == 4


def test_words_beyond_every_measure_are_cut_with_an_ellipsis() -> None:
    endless = dataclasses.replace(
        JUNE,
        heading="旗" * 10_000,
        month="月" * 10_000,
        winners=("镇" * 10_000,),
        lines=(("1" * 10_000, "镇" * 10_000, "9" * 10_000),),
        giver="办" * 10_000,
        footer="根" * 10_000,
    )
    assert size_of(draw_flag(endless)) == (1080, 1350)
    assert draw_flag(dataclasses.replace(JUNE, winners=("镇" * 41,))) == draw_flag(
        dataclasses.replace(JUNE, winners=("镇" * 39 + "…",))
    )


def test_more_than_the_cloth_can_carry_is_refused_and_not_clipped() -> None:
    with pytest.raises(TypesettingFailed, match="the words do not fit"):
        draw_flag(dataclasses.replace(JUNE, winners=(LONG_NAME,) * 200))


def test_a_flag_without_a_winner_is_no_flag() -> None:
    with pytest.raises(ValueError, match="at least one winner"):
        dataclasses.replace(JUNE, winners=())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
def test_any_names_at_all_can_be_drawn(names: list[str]) -> None:
    lines = tuple((str(place), name, "1.00") for place, name in enumerate(names[:3], 1))
    assert size_of(draw_flag(dataclasses.replace(JUNE, winners=tuple(names), lines=lines))) == (1080, 1350)
