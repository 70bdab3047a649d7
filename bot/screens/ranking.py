"""/rank: a ranking in full, a page of it in one message that is edited in place, and the ways on from it.

Answers for pages that fit a message; never orders or rounds: rows come as they were frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bot.buttons.exports import PrintRanking
from bot.buttons.rankings import ChooseTrend, DrawTrend, ShowPeriod, ShowVersion
from bot.period_numbers import period_number
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.ranking_words import RankingWords
from bot.screens.screen import Key, Screen
from core.bulletin_views import BulletinView
from core.periods import Period, PeriodKind
from core.ranking_shelf import Shelf
from core.rubric import UnitKind
from core.scoring import display
from core.snapshots import RankingRow, RankingView

LONGEST_PAGE = 3600
"""Characters of a page's rows and notes; heading and number come besides, and Telegram takes 4,096."""

KINDS: tuple[UnitKind, ...] = ("township", "department")
"""Kinds of unit; a button names one by its place."""

FORMS = ("xlsx", "pdf", "png")
"""What a ranking can be had as; a button names one by its place."""

_MOST_VERSIONS = 3


def ranking_screen(
    phrases: Phrases, language: str, view: BulletinView, shelf: Shelf, number: int, *, exports: bool
) -> Screen:
    """A page of a ranking, or the last there is. `exports`: whoever looks may have it as a file."""
    pages = list(_pages(_blocks(phrases, language, view)))
    number = min(number, len(pages) - 1)
    parts = [_head(phrases, language, view, shelf), pages[number]]
    if len(pages) > 1:
        parts.append(phrases.say(language, "ranking.page", page=number + 1, pages=len(pages)).strip())
    keys = RankingKeys(phrases, language, view.ranking, shelf)
    return Screen("\n".join(parts), tuple(keys.rows(number, len(pages) - 1, exports=exports)))


def trend_screen(phrases: Phrases, language: str, ranking: RankingView, own: frozenset[int], number: int) -> Screen:
    """走势: whose? One's own units come first, then the others in the order of the ranking."""
    units = sorted(ranking.rows, key=lambda row: row.unit_id not in own)
    page = page_of(units, number)
    kind, period = KINDS.index(ranking.unit_kind), period_number(Period.parse(ranking.period))
    text = phrases.say(
        language,
        "ranking.choose_trend",
        year=Period.parse(ranking.period).year,
        kind=phrases.say_plain(language, f"kinds.{ranking.unit_kind}"),
        page=page.number + 1,
        pages=page.last + 1,
    )
    everybody = Key(phrases.say_plain(language, "keys.rank.all"), DrawTrend(kind, period, 0))
    rows = [(Key(row.unit, DrawTrend(kind, period, row.unit_id)),) for row in page.lines]
    back = Key(phrases.say_plain(language, "keys.rank.table"), ShowPeriod(kind, period, 0))
    turns = page.turns(phrases, language, partial(ChooseTrend, kind, period))
    return Screen(text, ((everybody,), *rows, *turns, (back,)))


def absent_names(phrases: Phrases, language: str, view: RankingView) -> list[str]:
    """The components that nobody had, in words."""
    return [phrases.say_plain(language, f"components.{key}") for key in view.absent]


class RankingKeys:
    """The ways on from a ranking: its pages, the periods beside it, other rhythms, kinds and versions, the papers."""

    def __init__(self, phrases: Phrases, language: str, ranking: RankingView, shelf: Shelf) -> None:
        self._phrases = phrases
        self._language = language
        self._ranking = ranking
        self._shelf = shelf
        self._period = Period.parse(ranking.period)
        self._kind = KINDS.index(ranking.unit_kind)

    def rows(self, page: int, last: int, *, exports: bool) -> Iterator[tuple[Key, ...]]:
        """The rows of keys, as far as there is anywhere to go."""
        rows = [self._turns(page, last), self._beside(), self._rhythms(), self._others(), self._papers(exports)]
        return (tuple(row) for row in rows if row)

    def _turns(self, page: int, last: int) -> list[Key]:
        # A version that was replaced is turned within itself, the newest by its period: there a new version shows.
        replaced = self._ranking.version < self._shelf.newest_version
        at = partial(ShowVersion, self._ranking.ranking_id) if replaced else self._of(self._period)
        wanted = [
            ("keys.rank.first", 0, page > 1),
            ("keys.rank.back", page - 1, page > 0),
            ("keys.rank.forward", page + 1, page < last),
            ("keys.rank.last", last, page < last - 1),
        ]
        return [Key(self._say(key), at(to)) for key, to, there in wanted if there]

    def _beside(self) -> list[Key]:
        beside = (("keys.rank.earlier", self._shelf.before), ("keys.rank.later", self._shelf.after))
        return [Key(self._say(key, period=str(to)), self._of(to)(0)) for key, to in beside if to is not None]

    def _rhythms(self) -> list[Key]:
        if len(self._shelf.rhythms) < 2:
            return []
        return [
            Key(self._say("keys.rank.rhythm", months=length.value, here=length is self._period.kind), self._of(to)(0))
            for length, to in self._shelf.rhythms.items()
        ]

    def _others(self) -> list[Key]:
        keys = []
        if self._shelf.other_kind is not None:
            kind, period = self._shelf.other_kind
            deed = ShowPeriod(KINDS.index(kind), period_number(period), 0)
            keys.append(Key(self._say(f"keys.rank.{kind}"), deed))
        others = [each for each in self._shelf.versions.items() if each[0] != self._ranking.version]
        keys += [
            Key(self._say("keys.rank.version", version=number), ShowVersion(ranking_id, 0))
            for number, ranking_id in others[-_MOST_VERSIONS:]
        ]
        return keys

    def _papers(self, exports: bool) -> list[Key]:
        trend = ChooseTrend(self._kind, period_number(self._period), 0)
        # A half-year's or a year's ranks are drawn by their quarters, if there are any.
        drawn = self._period.kind is PeriodKind.MONTH or PeriodKind.QUARTER in self._shelf.rhythms
        keys = [Key(self._say("keys.rank.trend"), trend)] if drawn else []
        if exports:
            for place, form in enumerate(FORMS[:2]):
                keys.append(Key(self._say(f"keys.rank.{form}"), PrintRanking(self._ranking.ranking_id, place)))
        return keys

    def _of(self, period: Period) -> partial[ShowPeriod]:
        return partial(ShowPeriod, self._kind, period_number(period))

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, key, **values)


def _head(phrases: Phrases, language: str, view: BulletinView, shelf: Shelf) -> str:
    ranking, words = view.ranking, RankingWords(phrases, language, view)
    kind = phrases.say_plain(language, f"kinds.{ranking.unit_kind}")
    lines = [phrases.say(language, "ranking.title", period=ranking.period, kind=kind)]
    lines.append(phrases.say(language, "ranking.note", note=words.state()))
    if ranking.version < shelf.newest_version:
        superseded = {"version": ranking.version, "newest": shelf.newest_version}
        lines.append(phrases.say(language, "ranking.superseded", **superseded))
    lines += [phrases.say(language, "ranking.note", note=note) for note in words.life()]
    return "\n".join([*lines, ""])


def _blocks(phrases: Phrases, language: str, view: BulletinView) -> Iterator[str]:
    ranking, words = view.ranking, RankingWords(phrases, language, view)
    for row in ranking.rows:
        if row.rank is None:
            yield phrases.say(language, "ranking.unranked", unit=row.unit, why=words.unranked(row))
        else:
            yield "\n".join(_row(phrases, language, view, row, words.eligibility_of(row)))
    for place, note in enumerate(words.findings()):
        yield ("" if place else "\n") + phrases.say(language, "ranking.note", note=note)
    rules = {"rubric": ranking.rubric, "policy": ranking.policy, "root": ranking.audit_root}
    yield "\n" + phrases.say(language, "ranking.rules", **rules)


def _row(phrases: Phrases, language: str, view: BulletinView, row: RankingRow, order: int | None) -> Iterator[str]:
    prize, disqualified = view.prizes.get(row.unit_id, 0), row.unit_id in view.disqualified
    yield phrases.say(language, "ranking.row", row=row, prize=prize, disqualified=disqualified, order=order)
    if len(row.components) > 1:
        names = [name for name in view.ranking.components if name in row.components]
        composed = [(phrases.say_plain(language, f"components.{name}"), row.components[name]) for name in names]
        yield phrases.say(language, "ranking.parts", parts=composed)
    if row.categories:
        parts = list(zip(view.ranking.categories, row.categories, strict=True))
        yield phrases.say(language, "ranking.parts", parts=parts)
    if row.tie_line is not None:
        yield phrases.say(language, "ranking.tie_line", line=row.tie_line)
    if row.dropped:
        yield phrases.say(language, "ranking.dropped", dropped=[display(each) for each in row.dropped])
    if row.quarters is not None and row.quarters[0] < row.quarters[1]:
        yield phrases.say(language, "ranking.quarters", quarters=row.quarters)


def _pages(blocks: Iterable[str]) -> Iterator[str]:
    page = ""
    for block in blocks:
        if page and len(page) + 1 + len(block) > LONGEST_PAGE:
            yield page
            page = block.lstrip("\n")
        else:
            page = f"{page}\n{block}" if page else block
    yield page
