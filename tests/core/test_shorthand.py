"""Shorthand: what people type is read exactly, or refused with the line, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import UnreadableMark
from core.shorthand import Entry, Shorthand, parse_shorthand

NAMES = ("仙庾", "仙庾镇", "开发区", "开发区2", "荷塘", "荷塘 管委会", "3号管委会", "（新）明照")


def mark(item: int, points: int, reason: str | None = None) -> Entry:
    """An item with points in hundredths."""
    return Entry(item, points, reason, not_applicable=False)


def exempt(item: int, reason: str | None = None) -> Entry:
    """An item that is not applicable."""
    return Entry(item, None, reason, not_applicable=True)


def named(item: int, words: str | None = None) -> Entry:
    """An item without a mark."""
    return Entry(item, None, words, not_applicable=False)


def entries(text: str) -> tuple[Entry, ...]:
    """The entries of a text that names no unit."""
    understood = parse_shorthand(text, NAMES)
    assert understood is not None
    assert understood.unit is None
    return understood.entries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 1.5 迟报一天", [mark(4, 150, "迟报一天")]),
        ("4:1.5 迟报 5:2", [mark(4, 150, "迟报"), mark(5, 200)]),
        ("4:0", [mark(4, 0)]),
        ("4:0.05", [mark(4, 5)]),
        ("4:10.50", [mark(4, 1050)]),
        ("  4 : 1.5  ", [mark(4, 150)]),
        ("第4条：1.5分，迟报", [mark(4, 150, "迟报")]),
        ("4:1.5；5:2、6:3，7:0.5", [mark(4, 150), mark(5, 200), mark(6, 300), mark(7, 50)]),
        ("4 1.5 迟报；台账缺；5 2 缺签到", [mark(4, 150, "迟报；台账缺"), mark(5, 200, "缺签到")]),
        ("4:1.5 迟报。5:2", [mark(4, 150, "迟报"), mark(5, 200)]),
        ("4 1.5。", [mark(4, 150)]),
        (
            "4 1\n\n5 2 缺\r\n6 3\u20287 4\x858 0",
            [mark(4, 100), mark(5, 200, "缺"), mark(6, 300), mark(7, 400), mark(8, 0)],
        ),
        ("4:1 4:2 4:1", [mark(4, 100), mark(4, 200), mark(4, 100)]),
        ("0 1", [mark(0, 100)]),
        ("99:1", [mark(99, 100)]),
    ],
)
def test_marks_in_a_line_and_in_lines(text: str, expected: list[Entry]) -> None:
    assert entries(text) == tuple(expected)


@pytest.mark.parametrize(
    "text", ["４：１．５　迟报", "4：1。5 迟报", "４　１。５　迟报", "4、1.5 迟报", "4，1.5，迟报", "4﹕1｡5 迟报"]
)
def test_full_width_digits_and_punctuation_are_their_plain_forms(text: str) -> None:
    assert entries(text) == (mark(4, 150, "迟报"),)


def test_a_reason_keeps_its_characters() -> None:
    assert entries("4 1.5 ２月、３月“台账”缺（见附件）") == (mark(4, 150, "２月、３月“台账”缺（见附件）"),)


@pytest.mark.parametrize(
    "text", ["4:不适用 无社工部", "4 不适用，无社工部", "４：Ｎ／Ａ　无社工部", "4 n/a 无社工部", "第4条 N/a 无社工部"]
)
def test_not_applicable(text: str) -> None:
    assert entries(text) == (exempt(4, "无社工部"),)


def test_not_applicable_among_marks() -> None:
    assert entries("3:1 4:不适用（无社工部） 5:2 6:n/a") == (
        mark(3, 100),
        exempt(4, "（无社工部）"),
        mark(5, 200),
        exempt(6),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", named(4)),
        ("第４条", named(4)),
        ("4。", named(4)),
        ("4 台账缺两个月", named(4, "台账缺两个月")),
        ("4，（照片）", named(4, "（照片）")),
    ],
)
def test_a_caption_may_name_the_item_alone(text: str, expected: Entry) -> None:
    assert entries(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4:1.5 8:30 迟到 5:2", [mark(4, 150, "8:30 迟到"), mark(5, 200)]),
        ("4:1.5 迟到 8：30，5:2", [mark(4, 150, "迟到 8：30"), mark(5, 200)]),
        ("4:1.5 会议23:59才报", [mark(4, 150, "会议23:59才报")]),
        ("4:1.5 08:30 迟到", [mark(4, 150, "08:30 迟到")]),
        ("4:1,8:30迟到", [mark(4, 100, "8:30迟到")]),
        ("4 1.5 8:30 迟到，比例 3:1", [mark(4, 150, "8:30 迟到，比例 3:1")]),
        ("4:1.5 缺2份、3份 5:2", [mark(4, 150, "缺2份、3份"), mark(5, 200)]),
        ("4:1.5 于2013-06-26上报", [mark(4, 150, "于2013-06-26上报")]),
    ],
)
def test_a_time_of_day_in_a_reason_is_no_mark(text: str, expected: list[Entry]) -> None:
    assert entries(text) == tuple(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:10 缺资料", [mark(14, 1000, "缺资料")]),
        ("13:5 14:10 15:8", [mark(13, 500), mark(14, 1000), mark(15, 800)]),
        ("13:5 14:10", [mark(13, 500), mark(14, 1000)]),
        ("13:5 迟报；14:10 缺资料", [mark(13, 500, "迟报"), mark(14, 1000, "缺资料")]),
        ("13:5 迟报 14:10.0 缺资料", [mark(13, 500, "迟报"), mark(14, 1000, "缺资料")]),
        ("13:5 迟报 14:10分 缺资料", [mark(13, 500, "迟报"), mark(14, 1000, "缺资料")]),
        ("13:5 迟报 25:10 缺资料", [mark(13, 500, "迟报"), mark(25, 1000, "缺资料")]),
    ],
)
def test_a_mark_that_looks_like_a_time_is_one_where_no_reason_can_stand(text: str, expected: list[Entry]) -> None:
    assert entries(text) == tuple(expected)


@pytest.mark.parametrize(
    "line",
    [
        "4:", "4：，", "4:1.555", "4:1.5.5", "4:-1", "4 -1", "4 +1", "4:.5", "4 .5", "4:01", "4:05", "4:1000",
        "4 " + "9" * 50, "9" * 50,
        "4:👍", "4 👍", "4:½", "4 ½", "4:一分", "4 2个月未报", "4:1.5迟报", "4:1/2", "4 不适用于本镇",
        "4 N/Abc", "2013年6月", "8月26日开会", "1234:5", "04:1",
    ],
)  # fmt: skip
def test_what_is_no_mark_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(UnreadableMark) as refusal:
        parse_shorthand(f"3:1\n {line} \n5:2")
    assert refusal.value.line == line


@pytest.mark.parametrize("line", ["4:1,5", "4 1，5", "4:1、5 迟报", "4:1。5:2", "4 1 5", "4:1.5 👍", "4 1,5:2"])
def test_what_has_two_readings_is_refused(line: str) -> None:
    """A comma may be a decimal point or a separator; a bare number may be a forgotten decimal."""
    with pytest.raises(UnreadableMark) as refusal:
        parse_shorthand(line)
    assert refusal.value.line == line


def test_one_bad_entry_refuses_the_whole_text() -> None:
    with pytest.raises(UnreadableMark) as refusal:
        parse_shorthand("仙庾镇 4:1.5 迟报\n明照乡\n5 2", NAMES)
    assert refusal.value.line == "明照乡"


def test_a_long_unreadable_line_is_given_back_in_part() -> None:
    with pytest.raises(UnreadableMark) as refusal:
        parse_shorthand("4:" + "x" * 4000)
    assert refusal.value.line == "4:" + "x" * 58 + "…"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("仙庾镇 4:1.5", "仙庾镇"),
        ("仙庾 4:1.5", "仙庾"),
        ("仙庾镇4:1.5", "仙庾镇"),
        ("仙庾镇：4:1.5", "仙庾镇"),
        ("仙庾镇\n4 1.5", "仙庾镇"),
        ("\n  仙庾镇，\n\n4 1.5", "仙庾镇"),
        ("荷塘 管委会 4 1.5", "荷塘 管委会"),
        ("荷塘　管委会：4 1.5", "荷塘 管委会"),
        ("3号管委会 4:1.5", "3号管委会"),
        ("３号管委会4:1.5", "3号管委会"),
        ("(新)明照 4:1.5", "（新）明照"),
        ("开发区2 4:1.5", "开发区2"),
    ],
)
def test_a_known_unit_leads(text: str, unit: str) -> None:
    assert parse_shorthand(text, NAMES) == Shorthand(unit, (mark(4, 150),))


def test_a_name_that_ends_in_a_digit_needs_a_gap() -> None:
    assert parse_shorthand("开发区24:1.5", NAMES) == Shorthand("开发区", (mark(24, 150),))


def test_a_unit_without_a_short_name_is_found_in_no_text() -> None:
    assert parse_shorthand("4:1.5", ("", "仙庾镇")) == Shorthand(None, (mark(4, 150),))


def test_a_known_unit_alone_is_understood_and_with_other_words_refused() -> None:
    assert parse_shorthand(" 仙庾镇 ", NAMES) == Shorthand("仙庾镇", ())
    assert parse_shorthand("仙庾镇 4", NAMES) == Shorthand("仙庾镇", (named(4),))
    with pytest.raises(UnreadableMark):
        parse_shorthand("仙庾镇 很好", NAMES)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("仙瘐镇 4:1.5", "仙瘐镇"),
        ("仙庾镇政府 4 1.5", "仙庾镇政府"),
        ("第8社区：4:1.5", "第8社区"),
        ("ＡＢ镇\n4 1.5", "ＡＢ镇"),
    ],
)
def test_an_unknown_first_word_is_a_unit_when_an_entry_follows(text: str, unit: str) -> None:
    """So that the answer can name the unit that was misspelt."""
    assert parse_shorthand(text, NAMES) == Shorthand(unit, (mark(4, 150),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\t",
        "你好",
        "仙庾镇很好",
        "你好 3 个人",
        "你好\n再见",
        "你好\n",
        "👍 4:1",
        "-4:1",
        "④ 1",
        ".5 3",
        ":4:1",
        "/score",
    ],
)
def test_other_text_is_not_shorthand(text: str) -> None:
    assert parse_shorthand(text, NAMES) is None


CONFUSING = st.text(alphabet="0123456789:：;；,，、.。- \n第条分不适用n/a镇迟报（(👍８．", max_size=30)


@given(st.text() | CONFUSING, st.lists(st.text(max_size=4), max_size=3))
@example("仙庾镇" + "4:1 " * 1000, ["仙庾镇"])
@example("4 " + " " * 4000 + ":", [])
def test_any_text_is_understood_or_refused(text: str, names: list[str]) -> None:
    """Nothing but a refusal is ever raised, and what is understood is within what can be typed."""
    try:
        understood = parse_shorthand(text, names)
    except UnreadableMark:
        return
    for entry in understood.entries if understood else ():
        assert 0 <= entry.item <= 999
        assert entry.points is None or (0 <= entry.points <= 99999 and not entry.not_applicable)
        assert entry.reason is None or (entry.reason in text and any(map(str.isalpha, entry.reason)))


REASONS = st.none() | st.text(alphabet="台账缺月（）“”abc", min_size=1, max_size=8).map("缺{}".format)
SHEETS = st.lists(
    st.builds(mark, st.integers(1, 99), st.integers(0, 30).map(lambda steps: steps * 50), REASONS)
    | st.builds(exempt, st.integers(1, 99), REASONS),
    min_size=1,
    max_size=12,
)


def typed(entry: Entry, gap: str) -> str:
    """The entry as a person would type it."""
    points = "不适用" if entry.points is None else f"{entry.points // 100}.{entry.points % 100:02d}"
    return f"{entry.item}{gap}{points} {entry.reason or ''}".rstrip()


@given(SHEETS, st.sampled_from([" ", ":", "：", "、"]))
def test_lines_give_the_same_entries_as_they_were_typed_from(sheet: list[Entry], gap: str) -> None:
    assert entries("\n".join(typed(entry, gap) for entry in sheet)) == tuple(sheet)


@given(SHEETS, st.sampled_from([" ", "；", "，", "\n"]))
def test_one_line_gives_the_same_entries_as_it_was_typed_from(sheet: list[Entry], between: str) -> None:
    text = between.join(typed(entry, ":") for entry in sheet)
    assert parse_shorthand(f"仙庾镇 {text}", NAMES) == Shorthand("仙庾镇", tuple(sheet))
