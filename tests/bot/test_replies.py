"""Owed replies as text that every database takes, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies import Post, recall, remember
from bot.screens.screen import Screen


# Any text that JSON can carry, halves of surrogate pairs included: Telegram's answers are parsed as JSON.
@given(st.text(alphabet=st.characters()) | st.just("４：\ud83d"))
def test_what_is_owed_can_be_stored_whatever_it_echoes(text: str) -> None:
    owed = remember(1, [Post(Screen(text))])
    assert owed is not None
    assert recall(owed.encode().decode()) == (1, [Post(Screen(text))])
