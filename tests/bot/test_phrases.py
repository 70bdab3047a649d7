"""The phrases: both languages say the same things, nothing is missing, unused or left open, figures read well."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError, meta
from snapshot_samples import HOSTILE, PHRASES

import bot
from bot.commands import COMMANDS
from bot.phrases import LANGUAGES, Phrases, read_texts
from bot.phrases.forms import forms_of, megabytes, numbers, points
from bot.sandbox.markup import parse_html
from core import errors
from core.errors import Refusal
from core.periods import Period
from core.rubric import UnitKind

TEXTS = {language: read_texts(language) for language in LANGUAGES}
REFUSALS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
REFUSALS.remove(Refusal)
PLAIN = (
    "keys",
    "languages",
    "toasts",
    "refusals",
    "commands",
    "parcels",
    "papers",
    "components",
    "kinds",
    "states",
    "forms",
    "fault",
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def variables(template: str) -> set[str]:
    environment = Environment(autoescape=True)
    environment.filters |= forms_of(str, SHANGHAI)
    return meta.find_undeclared_variables(environment.parse(template))


def said_in_code() -> Iterator[tuple[str, bool]]:
    """Every text in the bot's code that may be a key; True where it is only the beginning of one."""
    for path in sorted(Path(bot.__file__).parent.rglob("*.py")):
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False
            elif isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
                yield str(first.value), True


def keys_asked_for() -> Iterator[str]:
    """The keys given literally to `say` and `say_plain`."""
    for path in sorted(Path(bot.__file__).parent.rglob("*.py")):
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"say", "say_plain"}:
                literal = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                yield from (key for key in literal if isinstance(key, str) and "." in key)


def test_both_languages_have_the_same_keys() -> None:
    assert TEXTS["zh"].keys() == TEXTS["en"].keys()


@pytest.mark.parametrize("key", sorted(TEXTS["zh"]))
def test_both_languages_use_the_same_values(key: str) -> None:
    assert variables(TEXTS["zh"][key]) == variables(TEXTS["en"][key])


def test_every_key_that_is_asked_for_exists() -> None:
    asked = set(keys_asked_for())
    assert "item.screen" in asked, "the search itself finds nothing"
    assert asked <= TEXTS["zh"].keys()


def test_no_phrase_is_left_over() -> None:
    words = list(said_in_code())
    whole = {word for word, begins in words if not begins}
    beginnings = tuple(word for word, begins in words if begins and re.fullmatch(r"([a-z]+\.)+", word))
    unused = [key for key in TEXTS["zh"] if key not in whole and not key.startswith(beginnings)]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_for_by_the_beginning_of_its_key_is_there(language: str) -> None:
    texts = TEXTS[language]
    refusals = {f"refusals.{kind.__name__}" for kind in REFUSALS}
    assert {key for key in texts if key.startswith("refusals.")} == refusals
    assert {key for key in texts if key.startswith("commands.")} == {f"commands.{one.name}" for one in COMMANDS}
    assert {key for key in texts if key.startswith("languages.")} == {f"languages.{one}" for one in LANGUAGES}
    kinds = {f"kinds.{kind}" for kind in UnitKind.__args__}  # type: ignore[attr-defined]  # a Literal has them
    assert {key for key in texts if key.startswith("kinds.")} == kinds


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_worded_from_what_it_carries(kind: type[Refusal]) -> None:
    carried: set[str] = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    for language in LANGUAGES:
        assert variables(TEXTS[language][f"refusals.{kind.__name__}"]) <= carried


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_sound_html_and_the_plain_ones_have_no_tags(language: str) -> None:
    for key, text in TEXTS[language].items():
        literal = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text)
        parse_html(literal)
        if key.startswith(PLAIN):
            assert not re.search(r"[<>&]", literal), key
        assert "！" not in literal, key
        assert "!" not in literal, key


def test_a_missing_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        PHRASES.say("zh", "refusals.NotYourSheet")
    with pytest.raises(TypeError, match="StrictUndefined"):
        PHRASES.say("zh", "toasts.marked", item=1)
    with pytest.raises(KeyError):
        PHRASES.say("zh", "toasts.nothing")
    with pytest.raises(KeyError):
        PHRASES.say("de", "toasts.old_button")


@given(st.text())
def test_what_people_wrote_is_shown_as_they_wrote_it(name: str) -> None:
    phrases = Phrases({"zh": {"a": "【{{ name }}】"}}, SHANGHAI)
    assert phrases.say_plain("zh", "a", name=name) == f"【{name}】"
    assert html.unescape(phrases.say("zh", "a", name=name)) == f"【{name}】"
    assert "<" not in phrases.say("zh", "a", name=name)


def test_markup_is_filled_in_once_and_only_where_it_is_meant() -> None:
    phrases = Phrases({"zh": {"outer": "{{ inner }} {{ name }}", "inner": "<b>{{ name }}</b>"}}, SHANGHAI)
    inner = phrases.markup(phrases.say("zh", "inner", name="<i>"))
    assert phrases.say("zh", "outer", inner=inner, name="<b>") == "<b>&lt;i&gt;</b> &lt;b&gt;"


def test_hostile_names_stay_text_in_html_and_in_toasts() -> None:
    refusal = PHRASES.say("zh", "refusals.SheetSubmitted", unit=HOSTILE)
    assert parse_html(refusal) == (f"{HOSTILE}的评分表已提交，不能再改。如需更正，请联系区社管办。", [])
    assert PHRASES.say_plain("en", "refusals.NotYourSheet", unit=HOSTILE).startswith(
        f"This sheet for {HOSTILE} belongs"
    )


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [(0, "0"), (50, "0.5"), (100, "1"), (450, "4.5"), (600, "6"), (1000, "10"), (425, "4.25"), (405, "4.05")],
)
def test_points(hundredths: int, text: str) -> None:
    assert points(hundredths) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [((), ""), ((4,), "4"), ((4, 5), "4、5"), ((4, 5, 6), "4–6"), ((9, 1, 3, 2, 7, 8, 12), "1–3、7–9、12")],
)
def test_numbers(items: tuple[int, ...], text: str) -> None:
    assert numbers(items, "、") == text


def test_a_file_over_the_limit_never_reads_as_equal_to_it() -> None:
    assert megabytes(20 * 1024 * 1024) == "20"
    assert megabytes(20 * 1024 * 1024 + 1) == "20.1"


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2013-06", "2013年6月", "June 2013"),
        ("2013-12", "2013年12月", "December 2013"),
        ("2013-Q1", "2013年第一季度", "2013 Q1"),
        ("2013-Q4", "2013年第四季度", "2013 Q4"),
        ("2013-H1", "2013年上半年", "2013 H1"),
        ("2013-H2", "2013年下半年", "2013 H2"),
        ("2013", "2013年", "2013"),
    ],
)
def test_periods(key: str, zh: str, en: str) -> None:
    assert str(Period.parse(key)) == key
    assert PHRASES.say_plain("zh", "papers.flag_month", period=key) == zh
    assert PHRASES.say_plain("en", "papers.flag_month", period=key) == en


def test_times_are_the_districts() -> None:
    at = datetime(2013, 6, 25, 16, 5, tzinfo=UTC)
    assert PHRASES.say_plain("zh", "papers.receipt_time", at=at) == "2013年6月26日 00:05"
    assert PHRASES.say_plain("en", "papers.receipt_time", at=at) == "26 June 2013, 00:05"


def test_the_refusal_of_a_mark_says_what_to_send_instead() -> None:
    values = {"item": 7, "points": 700, "max_points": 600}
    assert PHRASES.say_plain("zh", "refusals.MarkOutOfRange", **values) == "第7条最多6分，收到7分。请重发，例如：7 5.5"
    english = PHRASES.say_plain("en", "refusals.MarkOutOfRange", **values)
    assert english == "Item 7 has at most 6 points; you sent 7. Please send it again, for example: 7 5.5"


def test_a_text_that_is_none_is_found_when_the_phrases_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "keys.yaml").write_text("keys:\n  no: yes\n", encoding="utf-8")
    monkeypatch.setattr("bot.phrases.files", lambda _name: tmp_path)
    with pytest.raises(TypeError, match="is not a text"):
        read_texts("zh")
