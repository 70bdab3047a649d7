"""Sentences live in `bot/phrases`, numbers of the measures in `rubrics`: neither in Python."""

from __future__ import annotations

import ast
import re

from repository import literals, modules, nodes

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")

# Not said to anybody, or said before there are phrases to say it with.
CHINESE_FOR_A_REASON = {
    "core/holiday_notice.py": "the words of the notice of holidays, as patterns",
    "core/periods.py": "how screens print periods, as patterns",
    "core/moving_time.py": "how people write times, as a pattern",
    "core/shorthand.py": "what people type, as patterns",
    "core/actions/typing.py": "likewise",
    "core/form_cells.py": "how people write numbers of items and points into forms, as patterns",
    "core/roster_rows.py": "how people write days into workbooks, as a pattern",
    "bot/sandbox/values.py": "the practice bot's name, which is data",
    "bot/sandbox/phone/page.py": "the product's name",
    "bot/sandbox/phone/words.py": "the forms of Chinese dates, beside the page's own phrases",
}


def test_no_chinese_is_said_from_python() -> None:
    found = {str(path) for path in modules("bot", "core") if any(CHINESE.search(value) for _, value in literals(path))}
    assert found == set(CHINESE_FOR_A_REASON)


def test_handlers_and_screens_say_no_english_either() -> None:
    said = [
        f"{path}:{line}: {value}"
        for path in modules("bot/handlers", "bot/screens")
        for line, value in literals(path)
        if ENGLISH.search(value)
    ]
    assert not said


def test_no_number_of_the_measures_is_in_the_rules_code() -> None:
    # Prizes in yuan and in fen, the threshold of a reason, the day of the report, the year. The weights and the
    # lesser prizes are round numbers that mean other things too, so they are not looked for.
    measures = {3000, 300_000, 200_000, 100_000, 80, 26, 2013}
    found = [
        f"{path}:{node.lineno}: {node.value}"
        for path, node in nodes("core")
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in measures
    ]
    assert not found
