"""The ranking as a table: pictures that a phone can show, a PDF that holds every word."""

from __future__ import annotations

import dataclasses
import io
import struct

import pytest
from pypdf import PdfReader

from core.export.table import ROWS_PER_PICTURE, Column, RankingTable, draw_table, set_table

TABLE = RankingTable(
    language="zh",
    title="2013年6月综合排名",
    subtitle="乡镇（街道、管委会）",
    columns=(Column("名次", "rank"), Column("考核对象", "name"), Column("得分", "score"), Column("督查", "part")),
    rows=(("1", "仙庾镇", "98.50", "97.25"), ("2", "月塘街道", "96.25", "95.10")),
    unassessed=(("—", "明照乡", "未考核", "—"),),
    notes=("月报表本月无数据，权重按比例调整。",),
    footer="审计根 3f9a1c0be2d47a55",
    pages="第 {page} 页 / 共 {pages} 页",
)


def of_rows(count: int) -> RankingTable:
    rows = tuple((str(place), f"第{place}号单位", "90.00", "90.00") for place in range(1, count))
    return dataclasses.replace(TABLE, rows=rows)


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def words_of(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(("rows", "pictures"), [(1, 1), (ROWS_PER_PICTURE, 1), (ROWS_PER_PICTURE + 1, 2), (40, 2)])
def test_pictures_share_the_rows_and_stay_within_what_telegram_shows(rows: int, pictures: int) -> None:
    drawn = draw_table(of_rows(rows))
    assert len(drawn) == pictures
    for png in drawn:
        width, height = size_of(png)
        assert width == 1080
        assert height < 1600


def test_a_taller_table_makes_a_taller_picture() -> None:
    assert size_of(draw_table(of_rows(9))[0])[1] > size_of(draw_table(of_rows(4))[0])[1]


def test_every_word_is_in_the_pdf_in_order() -> None:
    [text] = words_of(set_table(TABLE))
    words = [TABLE.title, TABLE.subtitle, *(column.label for column in TABLE.columns)]
    words += [cell for cells in TABLE.rows + TABLE.unassessed for cell in cells]
    words += [*TABLE.notes, TABLE.footer, "第1页/共1页"]
    position = 0
    for word in words:
        position = text.index("".join(word.split()), position)


def test_a_long_table_repeats_its_headings_on_every_page_of_the_pdf() -> None:
    pages = words_of(set_table(of_rows(80)))
    assert len(pages) == 3
    assert all("考核对象" in page for page in pages)
    assert "".join(pages).count("号单位") == 79


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(TABLE, unassessed=()),
        dataclasses.replace(TABLE, rows=()),
        dataclasses.replace(TABLE, notes=()),
        dataclasses.replace(TABLE, language="en", title="Ranking for June 2013"),
    ],
    ids=["all assessed", "none assessed", "no notes", "en"],
)
def test_parts_may_be_absent(changed: RankingTable) -> None:
    assert draw_table(changed) != draw_table(TABLE)
    assert len(words_of(set_table(changed))) == 1


@pytest.mark.parametrize("columns", [3, 6, 9])
def test_components_may_be_few_or_many(columns: int) -> None:
    more = tuple(Column(f"第{place}项", "part") for place in range(columns - 2))
    cells = tuple(("1", "仙庾镇", *("100.00",) * (columns - 2)) for _ in range(3))
    table = dataclasses.replace(TABLE, columns=TABLE.columns[:2] + more, rows=cells, unassessed=())
    assert size_of(draw_table(table)[0])[0] == 1080
    assert words_of(set_table(table))[0].count("仙庾镇") == 3


def test_endless_and_hostile_cells_are_cut_in_a_picture_and_whole_in_the_pdf() -> None:
    words = "#$*<b>@preview\\" * 100
    table = dataclasses.replace(TABLE, rows=(("1", words, "98.50", words),), notes=(words,), title=words)
    assert [size_of(png)[0] for png in draw_table(table)] == [1080]
    assert size_of(draw_table(table)[0])[1] < 1600
    assert "".join(words_of(set_table(table))).count("#") == 4 * 100


def test_the_same_table_gives_the_same_bytes() -> None:
    assert draw_table(TABLE) == draw_table(TABLE)
    assert set_table(TABLE) == set_table(TABLE)


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cells in 4 columns"):
        dataclasses.replace(TABLE, rows=(("1", "仙庾镇", "98.50"),))


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        dataclasses.replace(TABLE, rows=(), unassessed=())
