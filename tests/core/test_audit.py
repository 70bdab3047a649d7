"""The audit chain: what changes a hash, what does not, and which tampering is seen where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import GENESIS, Link, chain_hash, root, verify

VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=12))
ENTRIES = st.dictionaries(st.text(max_size=8), VALUES, max_size=5)
HEADS = st.dictionaries(st.text(max_size=6), st.text("0123456789abcdef", min_size=4, max_size=4), max_size=6)


def chain(entries: list[dict[str, str | int | None]]) -> list[Link]:
    """The entries as a chain that holds."""
    links = []
    prev = GENESIS
    for entry in entries:
        head = chain_hash(prev, entry)
        links.append(Link(prev, head, entry))
        prev = head
    return links


def test_the_hash_is_the_published_one() -> None:
    """Old bulletins print roots: the computation must never change by accident."""
    entry: dict[str, str | int | None] = {"who": 7, "deed": "评分", "item": 4, "old": None, "new": "150"}
    assert chain_hash(GENESIS, entry) == "572ebb59fc837dbbdea85cd37411ae523d98f7b31d90429dae8098a0c51b6408"
    assert (
        root([("sheet:2", "b"), ("sheet:1", "a")]) == "09717331af0af6ecb199b7ef3ed73917e36f269ccfe115331d2d6c012d426bc7"
    )


@given(ENTRIES)
def test_the_order_of_the_keys_does_not_matter(entry: dict[str, str | int | None]) -> None:
    backwards = dict(reversed(entry.items()))
    assert chain_hash(GENESIS, backwards) == chain_hash(GENESIS, entry)


@given(ENTRIES, ENTRIES)
def test_different_entries_have_different_hashes(
    one: dict[str, str | int | None], other: dict[str, str | int | None]
) -> None:
    assert (chain_hash(GENESIS, one) == chain_hash(GENESIS, other)) == (one == other)


def test_a_number_is_not_its_digits_and_nothing_is_not_blank() -> None:
    hashes = {chain_hash(GENESIS, {"new": value}) for value in (150, "150", None, "", 0, "null")}
    assert len(hashes) == 6


def test_the_previous_hash_counts() -> None:
    assert chain_hash("a" * 64, {"item": 1}) != chain_hash(GENESIS, {"item": 1})


@pytest.mark.parametrize("value", [True, 1.5, b"x", ["x"]])
def test_a_value_without_one_single_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="str, int or None"):
        chain_hash(GENESIS, {"new": value})  # type: ignore[dict-item]  # the wrong type is the case under test


@given(st.lists(ENTRIES, max_size=6))
def test_an_untouched_chain_holds(entries: list[dict[str, str | int | None]]) -> None:
    assert verify(chain(entries)) is None


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_the_first_changed_entry_is_named(entries: list[dict[str, str | int | None]], data: st.DataObject) -> None:
    links = chain(entries)
    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = replace(links[at], entry={**entries[at], "new": "changed afterwards"})
    assert verify(links) == at


def test_an_entry_rehashed_after_the_fact_breaks_the_next_one() -> None:
    links = chain([{"item": 1}, {"item": 2}, {"item": 3}])
    forged = {"item": 9}
    links[1] = Link(links[1].prev_hash, chain_hash(links[1].prev_hash, forged), forged)
    assert verify(links) == 2


def test_a_changed_pointer_to_the_entry_before_is_seen() -> None:
    links = chain([{"item": 1}, {"item": 2}])
    assert verify([links[0], replace(links[1], prev_hash=GENESIS)]) == 1


def test_a_removed_entry_and_a_removed_beginning_are_seen() -> None:
    links = chain([{"item": 1}, {"item": 2}, {"item": 3}])
    assert verify([links[0], links[2]]) == 1
    assert verify(links[1:]) == 0


def test_a_cut_off_end_is_seen_only_by_the_root() -> None:
    links = chain([{"item": 1}, {"item": 2}])
    assert verify(links[:1]) is None
    assert root([("sheet:1", links[0].hash)]) != root([("sheet:1", links[1].hash)])


@given(HEADS)
def test_the_root_does_not_depend_on_the_order_of_the_chains(heads: dict[str, str]) -> None:
    pairs = list(heads.items())
    assert root(reversed(pairs)) == root(pairs)
    assert root(sorted(pairs, key=lambda pair: pair[1])) == root(pairs)


@given(HEADS, HEADS)
def test_different_heads_have_different_roots(one: dict[str, str], other: dict[str, str]) -> None:
    assert (root(one.items()) == root(other.items())) == (one == other)


def test_a_chain_has_one_head() -> None:
    with pytest.raises(ValueError, match="sheet:1"):
        root([("sheet:1", "a"), ("sheet:2", "b"), ("sheet:1", "a")])
