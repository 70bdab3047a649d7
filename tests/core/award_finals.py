"""Finals of a small district, written as who stood before whom, and drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from core.awards import Final, LastPlace, Succession
from core.awards.last_places import last_places
from core.periods import Period
from core.policy import Awards
from core.ranking import Entry, Standing, rank
from core.rubric_files import SHIPPED, load_directory

YUETANG, CIGUTANG, SONGJIAQIAO, JINSHAN, GUIHUA, XIANYU = range(1, 7)
UNITS = range(1, 7)
RULE = load_directory(SHIPPED).policies["2013-policy"].awards


def rule(**changes: dict[str, Any]) -> Awards:
    """The shipped rules of awards with some values changed: `rule(last_place={"carry_over": True})`."""
    parts = {name: getattr(RULE, name).model_copy(update=values) for name, values in changes.items()}
    return RULE.model_copy(update=parts)


def standings(*places: int | Sequence[int], unranked: Sequence[int] = ()) -> tuple[Standing, ...]:
    """The best first; a list shares a rank."""
    groups = [[place] if isinstance(place, int) else place for place in places]
    entries = [Entry(unit_id, Fraction(9000 - n), ()) for n, group in enumerate(groups) for unit_id in group]
    return rank([*entries, *(Entry(unit_id, None, ()) for unit_id in unranked)])


def final(
    period: str,
    *places: int | Sequence[int],
    unranked: Sequence[int] = (),
    on: str | None = None,
    version: int = 1,
    by: Awards = RULE,
) -> Final:
    """A final; without a day it was published on the fourth day after the period."""
    parsed = Period.parse(period)
    published = parsed.last_day + timedelta(days=4) if on is None else date.fromisoformat(on)
    return Final(parsed, version, standings(*places, unranked=unranked), published, by)


def last_in(period: str, unit_id: int, **about: Any) -> Final:
    """A final of all units in which this one is last, behind the others in the order of their ids."""
    return final(period, *(each for each in UNITS if each != unit_id), unit_id, **about)


def merged(predecessor: int, successor: int, ends_on: str, inherits: bool) -> Succession:
    """A merger."""
    return Succession(predecessor, successor, date.fromisoformat(ends_on), inherits)


def lasts(*finals: Final, mergers: Sequence[Succession] = ()) -> list[LastPlace]:
    """The last places that follow from these finals."""
    return list(last_places(finals, mergers, {}))


FEW_SCORES = st.dictionaries(st.sampled_from(UNITS), st.none() | st.integers(0, 3).map(Fraction))
PERIODS = [f"2013-{month:02d}" for month in range(1, 5)] + [f"2013-Q{n}" for n in range(1, 5)] + ["2014-Q1"]


@st.composite
def _finals(draw: st.DrawFn) -> list[Final]:
    rules = st.sampled_from([RULE, rule(red_flag={"tie": "stay"}, last_place={"carry_over": True, "min_ranked": 2})])
    found = []
    for period in draw(st.lists(st.sampled_from(PERIODS), unique=True)):
        for version in range(1, draw(st.integers(1, 2)) + 1):
            entries = [Entry(unit_id, score, ()) for unit_id, score in draw(FEW_SCORES).items()]
            published = Period.parse(period).last_day + timedelta(days=draw(st.integers(1, 200)))
            found.append(Final(Period.parse(period), version, rank(entries), published, draw(rules)))
    return found


FINALS = _finals()
"""Finals of some months and quarters, some corrected, with ties and with units that are not ranked."""

SUCCESSIONS = st.sampled_from(
    [
        (),
        (merged(1, 2, "2013-05-01", True),),
        (merged(2, 3, "2013-08-01", False), merged(1, 2, "2013-05-01", True)),
        (merged(4, 5, "2013-05-01", True), merged(6, 5, "2013-05-01", True), merged(5, 1, "2013-09-01", True)),
    ]
)
