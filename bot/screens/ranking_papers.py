"""The words of what is printed and drawn of a ranking: the 通报, the table as a picture or a workbook, the 走势.

Answers for which columns there are and what stands in them; `core.export` sets them. Everything here is plain text,
but for the figures of a workbook, which stay figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from bot.phrases import Phrases
from bot.phrases.forms import yuan
from bot.screens.ranking_words import RankingWords
from core.bulletin_views import BulletinView
from core.export.bulletin import (
    ROWS_OF_A_PICTURE,
    BulletinColumn,
    BulletinPaper,
    BulletinTable,
    TablePicture,
)
from core.export.table_workbook import Column, TableBook, TablePage
from core.export.typesetting import Language
from core.scoring import display
from core.snapshots import RankingRow
from core.workbooks.book import Cell


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of the table: its heading, how it is set (`unit`, `figure`, `word`), and what it says of a row."""

    heading: str
    sort: str
    width: int
    told: Callable[[RankingRow], str]


class RankingPapers:
    """The papers of one bulletin in one language."""

    def __init__(self, phrases: Phrases, language: str, view: BulletinView) -> None:
        self._phrases = phrases
        self._language = language
        self._view = view
        self._ranking = view.ranking
        self._words = RankingWords(phrases, language, view)

    def file(self, ending: str) -> str:
        """What a file of it is called."""
        ranking = self._ranking
        named = {"period": ranking.period, "kind": ranking.unit_kind, "version": ranking.version}
        return f"{self._say('file', **named)}.{ending}"

    def bulletin(self) -> BulletinPaper:
        """The 通报."""
        ranking, corrected = self._ranking, self._view.correction is not None
        kind = self._phrases.say_plain(self._language, f"kinds.{ranking.unit_kind}")
        issuer = self._say("issuer", district=ranking.district)
        changes = self._words.changes()
        return BulletinPaper(
            language=cast("Language", self._language),
            issuer=issuer,
            kind=self._say("kind_correction" if corrected else "kind"),
            title=self._words.title,
            state=self._words.state(),
            opening=(self._say("opening", period=ranking.period, kind=kind), *self._words.life()),
            changes_heading=changes[0] if changes else "",
            changes=tuple(changes[1:]),
            table=self._table([*self._standing(), *self._parts(), *self._following()], ranking.rows),
            notes_heading=self._say("notes_heading"),
            notes=self._notes(),
            basis=(
                self._say("basis", clause=self._words.clause, rubric=ranking.rubric, policy=ranking.policy),
                self._say("hashes", root=ranking.audit_root),
                self._say("inputs", inputs=ranking.inputs_hash),
            ),
            signed=(issuer, self._say("day", at=ranking.final_at or ranking.computed_at)),
            footer=self._phrases.say_plain(self._language, "papers.audit_root", root=ranking.audit_root),
            pages=self._say("pages"),
        )

    def picture(self) -> TablePicture:
        """The table as far as a picture has room for it."""
        rows = self._ranking.rows[:ROWS_OF_A_PICTURE]
        total = len(self._ranking.rows)
        return TablePicture(
            language=cast("Language", self._language),
            title=self._words.title,
            state=self._words.state(),
            table=self._table([*self._standing(), *self._following()[:1]], rows),
            more=self._say("more", total=total, shown=len(rows)) if len(rows) < total else "",
            footer=self._phrases.say_plain(self._language, "papers.audit_root", root=self._ranking.audit_root),
        )

    def workbook(self) -> TableBook:
        """The table with everything that a row has, and what a correction changed on a page of its own."""
        shown = [*self._standing(), *self._parts(), *self._following(), *self._origins()]
        facts = "　".join((self._words.state(), *self._words.life()))
        page = TablePage(
            name=self._say("sheet"),
            title=self._words.title,
            facts=facts,
            columns=tuple(
                Column(each.heading, each.width, centred=each.sort != "unit", decimals=each.sort == "figure")
                for each in shown
            ),
            rows=tuple(tuple(self._cell(each, row) for each in shown) for row in self._ranking.rows),
            notes=self._notes(),
        )
        root = self._ranking.audit_root
        footer = self._phrases.say_plain(self._language, "exports.footer", root=root)
        return TableBook((page, *self._changes_page()), footer)

    def _notes(self) -> tuple[str, ...]:
        """What follows from the ranking, and in full what a narrow column says of units with too few sheets."""
        short = next(filter(self._ranking.is_short, self._ranking.rows), None)
        told = () if short is None else (self._say("too_few_note", why=self._words.unranked(short)),)
        return (*self._words.findings(), *told)

    def _changes_page(self) -> tuple[TablePage, ...]:
        changes = self._words.changes()
        if not changes:
            return ()
        rows: tuple[tuple[Cell, ...], ...] = tuple((line,) for line in changes[1:])
        column = Column(self._say("columns.change"), 100)
        return (TablePage(self._say("changes_sheet"), self._words.title, changes[0], (column,), rows),)

    def _table(self, shown: list[_Shown], rows: tuple[RankingRow, ...]) -> BulletinTable:
        return BulletinTable(
            columns=tuple(BulletinColumn(each.heading, each.sort) for each in shown),
            rows=tuple(tuple(each.told(row) for each in shown) for row in rows),
            first=tuple(row.rank == 1 for row in rows),
            unranked=tuple(row.rank is None for row in rows),
        )

    def _standing(self) -> list[_Shown]:
        return [
            self._column("rank", "word", 12, self._rank),
            self._column("unit", "unit", 28, lambda row: row.unit),
            self._column("score", "figure", 10, lambda row: "" if row.score is None else display(row.score)),
        ]

    def _parts(self) -> list[_Shown]:
        """What the score is composed of, and the lines that decide a tie."""
        ranking, parts = self._ranking, []
        if len(ranking.components) > 1:
            parts += [
                _Shown(self._phrases.say_plain(self._language, f"components.{name}"), "figure", 12, _component(name))
                for name in ranking.components
            ]
        parts += [_Shown(name, "figure", 14, _category(place)) for place, name in enumerate(ranking.categories)]
        return parts

    def _following(self) -> list[_Shown]:
        """What follows from the ranking, where it is final."""
        if self._view.rewards is not None:
            return [self._column("prize", "word", 12, self._prize)]
        if self._view.eligibility:
            return [self._column("honours", "word", 12, self._honours)]
        return []

    def _origins(self) -> list[_Shown]:
        """What a row rests on, as far as any of them says so."""
        rows, shown = self._ranking.rows, []
        if any(row.tie_line for row in rows):
            shown.append(self._column("tie_line", "word", 16, lambda row: row.tie_line or ""))
        if any(row.dropped for row in rows):
            shown.append(self._column("dropped", "word", 18, lambda row: ", ".join(map(display, row.dropped))))
        if any(row.quarters for row in rows):
            shown.append(self._column("quarters", "word", 10, self._quarters))
        shown.append(self._column("sheets", "word", 8, lambda row: str(row.sheets)))
        return shown

    def _rank(self, row: RankingRow) -> str:
        if row.rank is None:
            return self._say("too_few" if self._ranking.is_short(row) else "unranked")
        return self._say("tied", rank=row.rank) if row.tied else str(row.rank)

    def _prize(self, row: RankingRow) -> str:
        fen = self._view.prizes.get(row.unit_id, 0)
        return yuan(fen) if fen else self._say("none")

    def _honours(self, row: RankingRow) -> str:
        if row.unit_id in self._view.disqualified:
            return self._say("disqualified")
        order = self._words.eligibility_of(row)
        return self._say("none") if order is None else self._say("order", order=order)

    def _quarters(self, row: RankingRow) -> str:
        return "" if row.quarters is None else self._say("in_quarters", quarters=row.quarters)

    def _column(self, name: str, sort: str, width: int, told: Callable[[RankingRow], str]) -> _Shown:
        return _Shown(self._say(f"columns.{name}"), sort, width, told)

    def _cell(self, shown: _Shown, row: RankingRow) -> Cell:
        """Figures stay figures, so that the office can go on computing; ranks too, where they are not shared."""
        said = shown.told(row)
        if shown.sort == "figure":
            return Decimal(said) if said else None
        return int(said) if said.isascii() and said.isdecimal() else said

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, f"papers.ranking.{key}", **values)


def _component(name: str) -> Callable[[RankingRow], str]:
    return lambda row: display(row.components[name]) if name in row.components else ""


def _category(place: int) -> Callable[[RankingRow], str]:
    return lambda row: display(row.categories[place]) if row.categories else ""
