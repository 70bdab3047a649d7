"""The words of the workbooks of a round's sheets and of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from bot.phrases import Phrases
from core.calendar import Duty
from core.duties import LedgerEntry, tally
from core.export.table_workbook import Column, TableBook, TablePage
from core.export_views import LedgerTable, LedgerUnit, RoundSheets, SheetRow
from core.scoring import display
from core.sheet import Mark
from core.workbooks.book import Cell

_MARK_WIDTH, _NAME_WIDTH = 8, 22


class SheetsPaper:
    """A round's sheets: a row for each with its marks, and each lost point with its reason."""

    def __init__(self, phrases: Phrases, language: str, found: RoundSheets) -> None:
        self._phrases = phrases
        self._language = language
        self._found = found
        self._named = {"period": found.period, "kind": phrases.say_plain(language, f"kinds.{found.unit_kind}")}
        focus = found.focus
        self._items = [item for item in found.rubric.items if focus is None or item.number in focus]

    def file(self) -> str:
        """What the workbook is called."""
        return self._say("file", period=self._found.period, kind=self._found.unit_kind)

    def workbook(self) -> TableBook:
        """The workbook."""
        found, rubric = self._found, self._found.rubric
        facts = self._say("facts", rubric=rubric.title, focus=found.focus)
        names = ("unit", "rater", "state", "submitted_at", "total")
        columns = [self._column(name, _NAME_WIDTH if name != "total" else 10) for name in names]
        columns += [
            Column(self._say("item", number=item.number), _MARK_WIDTH, centred=True, decimals=True)
            for item in self._items
        ]
        marks = TablePage(
            self._say("marks"),
            self._say("title", **self._named),
            facts,
            tuple(columns),
            tuple(map(self._row, found.rows)),
        )
        widths = {
            "unit": _NAME_WIDTH,
            "rater": 14,
            "number": 8,
            "text": 50,
            "max": 8,
            "mark": 8,
            "lost": 8,
            "reason": 50,
        }
        reasons = TablePage(
            self._say("reasons"),
            self._say("reasons_title", **self._named),
            facts,
            tuple(self._column(name, width) for name, width in widths.items()),
            tuple(self._lost()),
        )
        footer = self._phrases.say_plain(self._language, "exports.footer", root=found.root)
        return TableBook((marks, reasons), footer)

    def _row(self, row: SheetRow) -> tuple[Cell, ...]:
        total = None if row.total is None else Decimal(display(row.total))
        submitted = None if row.submitted_at is None else _moment(self._phrases, self._language, row.submitted_at)
        told = (row.unit, self._rater(row), self._say(f"states.{row.state}"), submitted, total)
        return (*told, *(self._mark(row.marks.get(item.number)) for item in self._items))

    def _lost(self) -> Iterator[tuple[Cell, ...]]:
        for row in self._found.rows:
            for item in self._items:
                mark = row.marks.get(item.number)
                if mark is None or not (mark.reason or mark.points != item.max_points):
                    continue
                lost = None if mark.points is None else Decimal(item.max_points - mark.points) / 100
                told = (item.number, item.text, Decimal(item.max_points) / 100, self._mark(mark), lost, mark.reason)
                yield (row.unit, self._rater(row), *told)

    def _mark(self, mark: Mark | None) -> Cell:
        if mark is None:
            return None
        return self._say("not_applicable") if mark.points is None else Decimal(mark.points) / 100

    def _rater(self, row: SheetRow) -> str:
        return self._say("no_rater") if row.rater is None else row.rater

    def _column(self, name: str, width: int) -> Column:
        figures = {"total", "max", "mark", "lost"}
        return Column(self._say(f"columns.{name}"), width, centred=width <= _NAME_WIDTH, decimals=name in figures)

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, f"papers.sheets.{key}", **values)


class LedgerPaper:
    """The ledger of a period: each unit's counts, and every due date with what came of it."""

    def __init__(self, phrases: Phrases, language: str, found: LedgerTable) -> None:
        self._phrases = phrases
        self._language = language
        self._found = found

    def file(self) -> str:
        """What the workbook is called."""
        return self._say("file", period=str(self._found.period))

    def workbook(self) -> TableBook:
        """The workbook."""
        title, facts = self._say("title", period=str(self._found.period)), self._say("facts")
        unit = Column(self._say("columns.unit"), _NAME_WIDTH)
        counts = [
            Column(self._say(f"columns.{count}", duty=self._duty(duty)), 12, centred=True)
            for duty in Duty
            for count in ("on_time", "late", "missing", "excused")
        ]
        summary = TablePage(
            self._say("summary"), title, facts, (unit, *counts), tuple(map(self._counts, self._found.units))
        )
        widths = {"duty": 12, "key": 18, "due": 22, "state": 16, "filed_at": 22, "excuse": 40}
        columns = (unit, *(Column(self._say(f"columns.{name}"), width) for name, width in widths.items()))
        detail = TablePage(self._say("detail"), title, facts, columns, tuple(self._entries()))
        footer = self._phrases.say_plain(self._language, "exports.footer", root=self._found.root)
        return TableBook((summary, detail), footer)

    def _counts(self, unit: LedgerUnit) -> tuple[Cell, ...]:
        counted = [tally(unit.entries[duty]) for duty in Duty]
        return (unit.unit, *(n for each in counted for n in (each.on_time, each.late, each.missing, each.excused)))

    def _entries(self) -> Iterator[tuple[Cell, ...]]:
        for unit in self._found.units:
            for duty in Duty:
                yield from ((unit.unit, *self._entry(duty, entry)) for entry in unit.entries[duty])

    def _entry(self, duty: Duty, entry: LedgerEntry) -> tuple[Cell, ...]:
        return (
            self._duty(duty),
            self._phrases.say_plain(self._language, "papers.due", due=entry.due.key),
            self._phrases.say_plain(self._language, "papers.deadline", at=entry.due.ends_at),
            self._say(f"states.{entry.state}"),
            None if entry.filed_at is None else _moment(self._phrases, self._language, entry.filed_at),
            entry.excuse,
        )

    def _duty(self, duty: Duty) -> str:
        return self._say(f"duties.{duty}")

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, f"papers.ledger.{key}", **values)


def _moment(phrases: Phrases, language: str, at: datetime) -> str:
    return phrases.say_plain(language, "papers.receipt_time", at=at)
