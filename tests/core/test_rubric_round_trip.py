"""A rubric printed and loaded again is the same value, whatever characters it holds."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import NoSuchItem
from core.rubric import Category, Item, Rubric
from core.rubric_files import SHIPPED, load_directory, parse_rubric, rubric_to_yaml

TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(str.strip)
IDENTIFIER = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any valid rubric: 100 points cut into items on the step's grid, the items cut into categories."""
    step = draw(st.sampled_from([1, 5, 10, 25, 50, 100, 250]))
    last_place = 10_000 // step
    cuts = draw(st.sets(st.integers(1, last_place - 1), max_size=12))
    edges = [0, *sorted(cuts), last_place]
    points = [(right - left) * step for left, right in itertools.pairwise(edges)]
    names = draw(st.lists(TEXT, min_size=1, max_size=min(4, len(points)), unique=True))
    categories = []
    number = 0
    for place, name in enumerate(names):
        left = len(names) - place - 1
        room = len(points) - number - left
        size = room if left == 0 else draw(st.integers(1, room))
        items = []
        for maximum in points[number : number + size]:
            number += 1
            methods = tuple(draw(st.lists(TEXT, min_size=1, max_size=3, unique=True)))
            items.append(Item(number, draw(TEXT), maximum, methods, name))
        categories.append(Category(name, sum(item.max_points for item in items), tuple(items)))
    return Rubric(
        id=draw(IDENTIFIER),
        version=draw(st.integers(1, 1_000_000)),
        title=draw(TEXT),
        unit_kind=draw(st.sampled_from(["township", "department"])),
        step=step,
        categories=tuple(categories),
        hash="",
        source=draw(TEXT),
    )


def with_words(word: str) -> Rubric:
    """A rubric all of whose texts are this word."""
    category = Category(word, 10_000, (Item(1, word, 10_000, (word,), word),))
    return Rubric(word, 1, word, "township", 100, (category,), hash="", source=word)


@example(with_words("08"))
@example(with_words("0"))
@example(with_words("null"))
@example(with_words("true"))
@given(rubrics())
def test_printing_and_loading_keeps_every_character(rubric: Rubric) -> None:
    loaded = parse_rubric(rubric_to_yaml(rubric), "rubric.yaml")
    assert dataclasses.replace(loaded, hash="") == rubric
    assert parse_rubric(rubric_to_yaml(loaded), "again.yaml") == loaded


@pytest.mark.parametrize("name", ["2013-township", "2013-department"])
def test_the_shipped_rubrics_keep_their_hash(name: str) -> None:
    rubric = load_directory(SHIPPED).rubrics[name]
    assert parse_rubric(rubric_to_yaml(rubric), "again.yaml") == rubric


def test_the_hash_is_of_the_values_not_of_the_layout() -> None:
    text = (SHIPPED / "2013-township.yaml").read_text(encoding="utf-8")
    rubric = parse_rubric(text, "a.yaml")
    assert parse_rubric("# another comment\n" + text.replace("step: 0.5", "step: 0.50"), "b.yaml") == rubric
    changed = parse_rubric(text.replace("1、", "1 、").replace("有制度理事；", "有制度理事。"), "c.yaml")
    assert changed.hash != rubric.hash


def test_items_are_found_by_number_and_refused_beyond_the_last() -> None:
    rubric = load_directory(SHIPPED).rubrics["2013-township"]
    assert [rubric.item(number).number for number in range(1, 24)] == list(range(1, 24))
    for number in (0, -1, 24):
        with pytest.raises(NoSuchItem) as refused:
            rubric.item(number)
        assert (refused.value.item, refused.value.last) == (number, 23)
