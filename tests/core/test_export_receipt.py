"""The receipt of a sheet: every word is in its text, pages break between rows, any words are survived."""

from __future__ import annotations

import dataclasses
import io

import pytest
from pypdf import PdfReader

from core.export.receipt import Receipt, ReceiptCategory, ReceiptItem, ReceiptLabels, set_receipt

ZH = ReceiptLabels(
    category="考核项目",
    item="考核细则",
    max_points="分值",
    mark="得分",
    reason="扣分理由／佐证",
    subtotal="小计",
    total="合计",
    continued="（续）",
    pages="第 {page} 页 / 共 {pages} 页",
)
EN = ReceiptLabels("Category", "Item", "Max.", "Mark", "Reason", "Subtotal", "Total", " (cont.)", "{page} of {pages}")
TEXT = "进一步落实机构、人员、经费与机制；保证工作有人做事，有制度理事；每个社会工作部每年不低于1万元的工作经费；"


def item(number: int, *notes: str) -> ReceiptItem:
    return ReceiptItem(str(number), f"{TEXT}其{number}", "4", "3.5", notes, lost=bool(notes))


def receipt(*categories: ReceiptCategory) -> Receipt:
    return Receipt(
        language="zh",
        title="社会管理工作办公室考核评分表",
        facts=(("考核对象", "仙庾镇"), ("考评", "2013年6月督查"), ("考核人", "李明"), ("提交时间", "2013-06-27 15:42")),
        labels=ZH,
        categories=categories,
        max_points="100",
        points="87.5",
        origin=("细则 2013-township，第1版，哈希 9f2c1a77d0e4", "审计链头 3f9a1c0be2d47a55"),
    )


SHORT = receipt(ReceiptCategory("组织管理", "8", "7", (item(1), item(2, "台账缺两个月", "佐证：照片2张"))))
LONG = receipt(
    ReceiptCategory("组织管理", "20", "17.5", tuple(item(number) for number in range(1, 6))),
    ReceiptCategory("七项重大任务", "72", "63", tuple(item(number, "迟报") for number in range(6, 24))),
)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without blanks: the typesetter puts some between Chinese and figures."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for key, entry in value.items() if key not in {"language", "pages"} for word in words_in(entry)]
    return [word for entry in value for word in words_in(entry)] if isinstance(value, list | tuple) else []


@pytest.mark.parametrize("paper", [LONG, dataclasses.replace(LONG, language="en", labels=EN)], ids=["zh", "en"])
def test_every_word_is_in_the_text_of_the_pdf(paper: Receipt) -> None:
    text = "".join(pages_of(set_receipt(paper)))
    missing = [word for word in words_in(dataclasses.asdict(paper)) if "".join(word.split()) not in text]
    assert missing == []


def test_a_short_sheet_is_one_page_of_a4_and_says_so() -> None:
    pdf = set_receipt(SHORT)
    [sheet] = PdfReader(io.BytesIO(pdf)).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
    assert "第1页/共1页" in pages_of(pdf)[0]
    assert "（续）" not in pages_of(pdf)[0]


def test_every_page_repeats_the_headings_and_the_category_that_goes_on() -> None:
    first, *others = pages_of(set_receipt(LONG))
    assert "第1页/共2页" in first
    assert "（续）" not in first
    assert len(others) == 1
    assert "考核细则" in others[0]
    assert "七项重大任务（续）" in others[0]
    assert "第2页/共2页" in others[0]


def test_no_row_is_torn_and_no_subtotal_stands_alone() -> None:
    # With 1, 2, 3 … rows every position of the page's end is met once.
    for count in range(8, 24):
        paper = receipt(ReceiptCategory("组织管理", "20", "17.5", tuple(item(number) for number in range(count))))
        for text in pages_of(set_receipt(paper)):
            assert text.count(TEXT) == text.count("进一步落实")
            assert "小计" not in text or TEXT in text


@pytest.mark.parametrize("reason", ["很长的理由" * 2_000, "x" * 5_000, "理由\n" * 150], ids=["words", "run", "lines"])
def test_a_reason_longer_than_a_page_goes_on_over_pages_and_none_of_it_is_lost(reason: str) -> None:
    paper = receipt(ReceiptCategory("组织管理", "8", "7", (item(1, reason), item(2, reason))))
    pages = pages_of(set_receipt(paper))
    assert len(pages) >= 5
    text = "".join(pages)
    for character in ("由", "x"):
        assert text.count(character) >= 2 * reason.count(character)


def test_hostile_words_are_printed_as_typed() -> None:
    words = '#panic("x")$*_<b>@preview\\\\`//'
    assert words in pages_of(set_receipt(receipt(ReceiptCategory(words, "8", "7", (item(1, words),)))))[0]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert set_receipt(LONG) == set_receipt(LONG)
    assert b"CreationDate" not in set_receipt(LONG)


def test_a_category_without_items_is_refused() -> None:
    with pytest.raises(ValueError, match="'组织管理' has no items"):
        receipt(ReceiptCategory("组织管理", "8", "7", ()))
