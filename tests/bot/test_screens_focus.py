"""督查重点 on the screens: what does not count is not shown, and the arrows pass over it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from snapshot_samples import LANGUAGES, PHRASES, full_marks, sheet_view

from bot.buttons.sheets import ShowItem
from bot.handlers.scoring import screen_of
from bot.screens.item import item_screen
from bot.screens.papers import receipt_paper
from bot.screens.review import review_screen
from bot.screens.screen import Screen
from core.errors import ItemNotInFocus
from core.sheet import Mark, SheetState
from core.snapshots import SheetView


def focused(*items: int, state: SheetState = SheetState.OPEN) -> SheetView:
    """A sheet with all its marks, of which these items count; item 2 does not apply."""
    view = sheet_view({**full_marks(), 2: Mark(2, None, not_applicable=True, reason="无")}, state=state)
    return replace(view, sheet=replace(view.sheet, focus=frozenset(items)))


def items_of(screen: Screen) -> list[int]:
    """The items its buttons lead to."""
    return [key.deed.item for row in screen.rows for key in row if isinstance(key.deed, ShowItem)]


@pytest.mark.parametrize(("item", "beside"), [(4, [10]), (10, [4, 21]), (21, [10])])
def test_the_arrows_pass_over_what_does_not_count(item: int, beside: list[int]) -> None:
    assert items_of(item_screen(PHRASES, "zh", focused(4, 10, 21), item)) == beside


def test_an_item_outside_has_no_screen_and_its_old_screen_becomes_the_contents() -> None:
    view = focused(4, 10)
    with pytest.raises(ItemNotInFocus):
        item_screen(PHRASES, "zh", view, 5)
    contents = screen_of(PHRASES, "zh", view, 5)
    assert items_of(contents) == [4, 10]
    assert contents.text.count("满分") == 2
    assert "督查重点：本次只考评第4、10条" in contents.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_and_receipt_speak_of_the_focus_alone(language: str) -> None:
    said = review_screen(PHRASES, language, focused(4, 10)).text
    assert "100.00" in said
    assert said.count(" / ") == 2
    paper = receipt_paper(PHRASES, language, focused(4, 10, state=SheetState.SUBMITTED))
    assert [item.number for category in paper.categories for item in category.items] == ["4", "10"]
    assert len(paper.origin) == 3
    assert "4" in paper.origin[0]
    assert "10" in paper.origin[0]
