"""The door to the typesetter: fonts, hostile words, failures, the same bytes every time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.export import typesetting
from core.export.typesetting import TypesettingFailed, compile_pdf, compile_png, shorten

PAGE = """#import "common.typ": *
#show: paper.with("page")
#set page(width: 300pt, height: auto, margin: 10pt)
#data.words
"""


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates of the test's own, beside the common one."""
    common = (typesetting._TEMPLATES / "common.typ").read_text(encoding="utf-8")
    (tmp_path / "common.typ").write_text(common, encoding="utf-8")
    (tmp_path / "page.typ").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(typesetting, "_TEMPLATES", tmp_path)
    return tmp_path


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def page(words: str) -> dict[str, object]:
    return {"language": "zh", "words": words}


HOSTILE = [
    '#panic("x")',
    '#import "@preview/cetz:0.3.0"',
    "$ x^2 $ *bold* _slanted_ `raw` <b>&amp; @reference",
    "\\ \\u{1F600} \\n // comment /* comment */ = heading - list",
    '"], "words": "injected',
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.usefixtures("templates")
def test_markup_in_words_is_printed_as_it_was_typed(words: str) -> None:
    assert words.replace(" ", "") in words_of(compile_pdf("page", page(words))).replace("\n", "").replace(" ", "")


@pytest.mark.usefixtures("templates")
def test_two_thousand_characters_without_a_space_stay_on_the_paper() -> None:
    reader = PdfReader(io.BytesIO(compile_pdf("page", page("x" * 2_000))))
    assert sum(sheet.extract_text().count("x") for sheet in reader.pages) == 2_000
    assert max(len(line) for line in reader.pages[0].extract_text().splitlines()) < 80


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\r\n乙", "甲\n乙"),
        ("甲\u2028乙\u2029丙", "甲\n乙\n丙"),
        ("甲\t乙", "甲 乙"),
        ("甲\x00\x1b乙", "甲乙"),
        ("\u202e甲乙\u2066", "甲乙"),
        ("甲\ud800乙", "甲〓乙"),
    ],
)
@pytest.mark.usefixtures("templates")
def test_characters_without_a_form_do_not_reach_the_paper(typed: str, printed: str) -> None:
    assert compile_png("page", page(typed)) == compile_png("page", page(printed))


@pytest.mark.usefixtures("templates")
def test_a_character_the_fonts_lack_becomes_a_visible_box() -> None:
    flag, private, nothing = (compile_png("page", page(f"甲{extra}乙"))[0] for extra in ("\U0001f6a9", "\ue000", ""))
    assert flag == private != nothing


@pytest.mark.usefixtures("templates")
def test_rare_characters_have_a_form_of_their_own() -> None:
    pictures = {compile_png("page", page(character))[0] for character in ("龘", "靐", "齉", "庾", "\ue000")}
    assert len(pictures) == 5


def test_bold_is_a_real_face(templates: Path) -> None:
    (templates / "bold.typ").write_text(PAGE.replace("#data.words", "#text(weight: 700, data.words)"), "utf-8")
    assert compile_png("bold", page("流动红旗")) != compile_png("page", page("流动红旗"))


def test_an_unknown_face_is_an_error_and_not_a_warning(templates: Path) -> None:
    (templates / "other.typ").write_text('#set text(font: "No Such Face")\n流动红旗', encoding="utf-8")
    with pytest.raises(TypesettingFailed, match="unknown font family") as failure:
        compile_png("other", {})
    assert failure.value.template == "other"


def test_a_broken_template_says_which_and_why(templates: Path) -> None:
    (templates / "broken.typ").write_text('#panic("the words do not fit")', encoding="utf-8")
    with pytest.raises(TypesettingFailed, match=r"broken: .*the words do not fit"):
        compile_pdf("broken", {})


def test_a_template_cannot_read_outside_its_folder(templates: Path) -> None:
    (templates / "thief.typ").write_text('#read("../secret")', encoding="utf-8")
    (templates.parent / "secret").write_text("secret", encoding="utf-8")
    with pytest.raises(TypesettingFailed, match="thief"):
        compile_png("thief", {})


def test_each_page_is_a_picture(templates: Path) -> None:
    (templates / "two.typ").write_text(PAGE + "#pagebreak()\n#data.words", encoding="utf-8")
    assert len(compile_png("two", page("一"))) == 2


@pytest.mark.usefixtures("templates")
def test_threads_may_call_at_once_and_get_what_each_asked_for() -> None:
    asked = [str(number) for number in range(8)]
    with ThreadPoolExecutor(max_workers=8) as threads:
        at_once = list(threads.map(lambda words: compile_png("page", page(words)), asked))
    assert at_once == [compile_png("page", page(words)) for words in asked]


def test_another_process_at_another_time_sets_the_same_bytes() -> None:
    program = (
        "import hashlib, json, sys; from core.export.typesetting import compile_pdf, compile_png; "
        "data = json.loads(sys.argv[1]); pages = [compile_pdf('flag', data), *compile_png('flag', data)]; "
        "print([hashlib.sha256(page).hexdigest() for page in pages])"
    )
    data = {
        "language": "zh",
        "heading": "流动红旗",
        "month": "2013年6月",
        "winners": ["仙庾镇"],
        "lines": [["1", "仙庾镇", "98.50"]],
        "giver": "区社管办",
        "footer": "3f9a1c",
    }
    runs = [
        subprocess.run([sys.executable, "-c", program, json.dumps(data)], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.count("'") == 4


def test_templates_fetch_nothing_and_evaluate_nothing() -> None:
    for template in typesetting._TEMPLATES.glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert "@preview" not in source
        assert "eval(" not in source


@pytest.mark.parametrize(("text", "short"), [("四个汉字", "四个汉字"), ("五个汉字吗", "五个汉…"), ("ab cd", "ab…")])
def test_shortened_text_says_that_something_is_missing(text: str, short: str) -> None:
    assert shorten(text, 4) == short
