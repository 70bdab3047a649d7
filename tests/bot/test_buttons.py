"""Callback payloads: every deed survives the way to the phone and back, and nothing else is let in."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import KINDS, LONGEST, Button, pack, unpack
from bot.buttons.sheets import SetMark

LARGEST = 2**63 - 1
NUMBERS = st.integers(min_value=0, max_value=LARGEST)
BUTTONS = st.one_of([st.builds(kind, **{field.name: NUMBERS for field in fields(kind)}) for kind in KINDS])


@given(BUTTONS)
def test_a_button_comes_back_as_it_was(button: Button) -> None:
    data = pack(button)
    assert unpack(data) == button
    assert 1 <= len(data.encode()) <= LONGEST


def test_the_largest_numbers_of_every_kind_fit() -> None:
    for kind in KINDS:
        data = pack(kind(*[LARGEST] * len(fields(kind))))
        assert len(data.encode()) <= LONGEST, kind


def test_no_two_kinds_share_a_verb() -> None:
    assert len({kind.VERB for kind in KINDS}) == len(KINDS)


@given(st.text(max_size=80))
def test_what_was_not_packed_here_is_no_button(text: str) -> None:
    button = unpack(text)
    assert button is None or pack(button) == text


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "m",
        "m:1:2",
        "m:1:2:3:4",
        "m:-1:2:3",
        "m:+1:2:3",
        "m: 1:2:3",
        "m:1_0:2:3",
        "m:01:2:3",
        "m:A:2:3",
        "m:١:2:3",
        "m::2:3",
        "m:1.5:2:3",
        "M:1:2:3",
        "1:1:2:3",
        f"m:{'z' * 13}:2:3",
        f"m:{'1' * 14}:2:3",
        "m:1:2:3" + ":9" * 40,
        "x" * 10_000,
    ],
)
def test_forged_damaged_and_overlong_data_are_no_button(data: str) -> None:
    assert unpack(data) is None


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_a_number_that_is_no_key_is_not_packed(number: int) -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        pack(SetMark(number, 1, 0))
