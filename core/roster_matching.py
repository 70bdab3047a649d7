"""Who is who: which person of old each entry of a workbook is. Values only.

Found again by 编号, then by Telegram account, then by name. Somebody who left is never found by name alone, or their
account would come back with a namesake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from core.roster import PersonEntry
from core.roster_rows import plain

_Way = Callable[[PersonEntry], PersonEntry | None]


def match_people(
    present: Sequence[PersonEntry], left: Sequence[PersonEntry], new: Sequence[PersonEntry]
) -> dict[str, str]:
    """Keys of old by keys of new. Nobody is two people, and two people are nobody's match."""
    known = [*present, *left]
    by_code = {plain(each.code): each for each in known if each.code is not None}
    by_account = {each.telegram_id: each for each in known if each.telegram_id is not None}
    names = Counter(plain(each.name) for each in present)
    by_name = {plain(each.name): each for each in present if names[plain(each.name)] == 1}

    def named(entry: PersonEntry) -> PersonEntry | None:
        person = by_name.get(plain(entry.name))
        # Two 编号 are two people, whatever they are called.
        return None if person is None or (person.code is not None and entry.code is not None) else person

    # The surest sign first, for everybody: a weak one must not take somebody away from a sure one.
    ways: tuple[_Way, ...] = (
        lambda entry: None if entry.code is None else by_code.get(plain(entry.code)),
        lambda entry: None if entry.telegram_id is None else by_account.get(entry.telegram_id),
        named,
    )
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for way in ways:
        for entry in new:
            person = way(entry)
            if entry.key not in matched and person is not None and person.key not in taken:
                matched[entry.key] = person.key
                taken.add(person.key)
    return matched
