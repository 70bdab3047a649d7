"""The log: one line or one object an event, and never the token."""

from __future__ import annotations

import json
import logging
from typing import Literal

import pytest

from bot.logs import set_up_logging

TOKEN = "7000000001:SECRET_OF_THE_TESTS"  # noqa: S105  # opens nothing
ADDRESS = f"http://127.0.0.1/bot{TOKEN}/getMe"


def logged(layout: Literal["text", "json"], token: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a call that failed with the address in its words leaves on standard error."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    # As at a start: pytest's own handlers are out of the way.
    root.handlers = []
    try:
        set_up_logging(layout, token)
        logging.getLogger("bot.test").error("没有连上 %s", ADDRESS, exc_info=ConnectionError(ADDRESS))
        logging.getLogger("apscheduler").info("chatter")
    finally:
        root.handlers = before
        root.setLevel(level)
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize("layout", ["text", "json"])
def test_the_token_is_hidden_in_words_and_tracebacks(
    layout: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    written = logged(layout, TOKEN, capsys)
    assert TOKEN not in written
    assert written.count("bot<token>/getMe") == 2, "once in the words, once in the error's own"
    assert "chatter" not in written


def test_json_is_one_object_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = logged("json", TOKEN, capsys).splitlines()
    event = json.loads(line)
    assert (event["level"], event["logger"]) == ("ERROR", "bot.test")
    assert event["message"].startswith("没有连上 ")
    assert event["at"].endswith("+00:00")


def test_without_a_token_nothing_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    assert logged("text", "", capsys).count(ADDRESS) == 2
