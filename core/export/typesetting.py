"""The one door to the typesetter: a template and its data in, PNG or PDF bytes out.

Answers for: the fonts, the safety of what people typed, the same bytes for the same input,
and one compilation at a time. Never builds markup from data: it reaches the template as JSON
and is only ever shown as text. Never reads the system's fonts and never touches the network.

A character that the fonts lack (an emoji, a private one) is printed as a crossed box, so that
a name which cannot be printed neither disappears nor holds up an announcement.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst

Language = Literal["zh", "en"]

# 144 points per inch draw two pixels for each typographic point: a page 540 pt wide is 1080 px.
PIXELS_PER_INCH = 144

# The package carries Noto Sans CJK, all weights in one file (docs/decisions/0002-fonts.md).
_FONT_PACKAGE = "manimgx_fonts_cjk"
_TEMPLATES = Path(__file__).parent / "templates"

# Eight compilations at once were measured at 648 MB, and each waits for the same two cores anyway.
_one_at_a_time = threading.Semaphore(1)


class TypesettingFailed(Exception):
    """A template could not be set, or only with a warning (an unknown font, a layout that never settles)."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"{template}: {reason}")
        self.template = template
        self.reason = reason


def compile_png(template: str, data: Mapping[str, object], ppi: int = PIXELS_PER_INCH) -> list[bytes]:
    """The pages of `templates/<template>.typ` as PNG files, in order. Raises TypesettingFailed.

    `data` holds mappings, sequences, strings, integers, booleans and None. Blocks the calling
    thread, without the interpreter's lock; several threads may call at once.
    """
    return _compile(template, data, "png", ppi)


def compile_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """`templates/<template>.typ` as one PDF file, otherwise as `compile_png`. Raises TypesettingFailed."""
    [document] = _compile(template, data, "pdf", None)
    return document


def shorten(text: str, longest: int) -> str:
    """At most `longest` characters of `text`, the last an ellipsis where something was left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _compile(
    template: str, data: Mapping[str, object], output_format: Literal["png", "pdf"], ppi: int | None
) -> list[bytes]:
    source = _TEMPLATES / f"{template}.typ"
    words = json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)
    with _one_at_a_time:
        try:
            output, warnings = typst.compile_with_warnings(
                source,
                root=_TEMPLATES,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format=output_format,
                ppi=ppi,
                sys_inputs={"data": words},
            )
        except typst.TypstError as error:
            raise TypesettingFailed(template, error.message) from error
    if warnings:
        raise TypesettingFailed(template, "; ".join(warning.message for warning in warnings))
    return output if isinstance(output, list) else [output]


@cache
def _fonts() -> typst.Fonts:
    folder = Path(str(files(_FONT_PACKAGE)))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _printable(value: object) -> object:
    """The same value with every string made fit for paper."""
    if isinstance(value, str):
        return "".join(_printable_character(character) for character in value.replace("\r\n", "\n"))
    if isinstance(value, Mapping):
        return {key: _printable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(entry) for entry in value]
    return value


def _printable_character(character: str) -> str:
    """Keeps line breaks; drops what has no form of its own or would turn the line around."""
    if character == "\n":
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Cs":  # half a surrogate pair cannot be written down in any encoding
        return "\N{GETA MARK}"
    return "" if category in {"Cc", "Cf"} else character
