"""宽严 and 若…: how raters mark, and a ranking as it would be, beside what was published and marked as an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.buttons.supposing import ChooseRater, ShowRaters, Suppose
from bot.buttons.why import ListWhyOf
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.leniency import Raters
from core.what_if import Estimate, code_of

_STEP = 5
_MOST = 100
"""Percent."""


def raters_screen(phrases: Phrases, language: str, found: Raters, number: int) -> Screen:
    """A page of the raters behind a ranking."""
    page = page_of(found.raters, number)
    text = phrases.say(
        language, "supposing.raters", found=found, raters=page.lines, page=page.number + 1, pages=page.last + 1
    )
    to_suppose = Key(phrases.say_plain(language, "keys.supposing.suppose"), Suppose(found.ranking, 0, 0, 0))
    turns = page.turns(phrases, language, partial(ShowRaters, found.ranking))
    return Screen(text, (*turns, (to_suppose,), (_why_key(phrases, language, found.ranking),)))


def choice_screen(phrases: Phrases, language: str, found: Raters, asked: ChooseRater) -> Screen:
    """A page of the raters, each of whom may be left out."""
    page = page_of(found.raters, asked.page)
    text = phrases.say(language, "supposing.choose", found=found, page=page.number + 1, pages=page.last + 1)
    rows = [(Key(each.rater, Suppose(found.ranking, each.rater_id, asked.rules, 0)),) for each in page.lines]
    back = Key(phrases.say_plain(language, "keys.supposing.back"), Suppose(found.ranking, 0, asked.rules, 0))
    turns = page.turns(phrases, language, partial(ChooseRater, found.ranking, asked.rules))
    return Screen(text, (*rows, *turns, (back,)))


def estimate_screen(phrases: Phrases, language: str, found: Estimate, asked: Suppose) -> Screen:
    """A page of the ranking as it would be, with the keys that suppose something else."""
    page = page_of(found.lines, asked.page)
    text = phrases.say(
        language,
        "supposing.estimate",
        found=found,
        kind=phrases.say_plain(language, f"kinds.{found.unit_kind}"),
        rater=found.rater or "",
        weights=[(_named(phrases, language, name), weight) for name, weight in found.weights.items()],
        moving=sum(line.moves for line in found.lines),
        lines=page.lines,
        page=page.number + 1,
        pages=page.last + 1,
    )
    turns = page.turns(phrases, language, partial(Suppose, found.ranking, asked.rater, asked.rules))
    weights, rules = _weight_keys(phrases, language, found, asked), _rule_keys(phrases, language, found, asked)
    return Screen(text, (*turns, *weights, *rules, (_why_key(phrases, language, found.ranking),)))


def _weight_keys(phrases: Phrases, language: str, found: Estimate, asked: Suppose) -> tuple[tuple[Key, ...], ...]:
    """For each component five points less and five more; each key names all the weights."""
    rows = []
    for name, weight in found.weights.items():
        row = []
        for key, other in (("less", weight - _STEP), ("more", weight + _STEP)):
            if 0 <= other <= _MOST:
                rules = 2 * code_of(_all_weights(found, name, other)) + asked.rules % 2
                label = phrases.say_plain(
                    language, f"keys.supposing.{key}", name=_named(phrases, language, name), step=_STEP
                )
                row.append(Key(label, Suppose(found.ranking, asked.rater, rules, 0)))
        rows.append(tuple(row))
    return tuple(rows)


def _rule_keys(phrases: Phrases, language: str, found: Estimate, asked: Suppose) -> tuple[tuple[Key, ...], ...]:
    keys: list[tuple[str, Suppose | ChooseRater]] = []
    if found.can_trim:
        label = "untrimmed" if found.trimmed else "trimmed"
        rules = asked.rules - asked.rules % 2 + int(found.trimmed)
        keys.append((label, Suppose(found.ranking, asked.rater, rules, 0)))
    if found.rater is None:
        keys.append(("without", ChooseRater(found.ranking, asked.rules, 0)))
    else:
        keys.append(("without_nobody", Suppose(found.ranking, 0, asked.rules, 0)))
    if asked.rater or asked.rules:
        keys.append(("ruled", Suppose(found.ranking, 0, 0, 0)))
    return in_rows([Key(phrases.say_plain(language, f"keys.supposing.{name}"), deed) for name, deed in keys], 2)


def _why_key(phrases: Phrases, language: str, ranking: int) -> Key:
    """To the units of the ranking: what is looked up here is about all of them."""
    return Key(phrases.say_plain(language, "keys.supposing.to_why"), ListWhyOf(ranking, 0))


def _all_weights(found: Estimate, name: str, weight: int) -> Mapping[str, int]:
    return {**found.ruled, **found.weights, name: weight}


def _named(phrases: Phrases, language: str, name: str) -> str:
    return phrases.say_plain(language, f"components.{name}")
