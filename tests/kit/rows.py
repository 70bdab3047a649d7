"""The bot's rows, read beside it. Nothing is ever written here."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from kit.sandbox import PATIENCE

_GLANCE = 0.02


class Rows:
    """Queries on the SQLite file, each on a connection of its own: it sees what is committed, and only that."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows."""
        with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as database:
            database.execute("PRAGMA query_only = ON")
            return database.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """The single value of a single row."""
        ((value,),) = self.all(query, *values)
        return value

    def column(self, query: str, *values: object) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self.all(query, *values)]

    async def become(self, expected: list[tuple[Any, ...]], query: str, *values: object) -> None:
        """Wait until the query gives exactly these rows. A file tells nobody of its changes, so it is asked often."""
        for _ in range(int(PATIENCE / _GLANCE)):
            if (found := self.all(query, *values)) == expected:
                return
            await asyncio.sleep(_GLANCE)
        raise AssertionError(f"{query} gives {found}, not {expected}")

    async def owe_nothing(self) -> None:
        """Wait until every reply is known to have gone out; a kill before that has it sent again."""
        await self.become([], "SELECT update_id FROM processed_update WHERE owed IS NOT NULL")

    def sheet(self, unit: str, rater: str) -> int:
        """The sheet of a person (or township) for a unit; both by their names."""
        return int(
            self.one(
                """
                SELECT sheet.id FROM sheet
                JOIN unit_name AS unit ON unit.unit_id = sheet.unit_id
                LEFT JOIN person ON person.id = sheet.rater_person_id
                LEFT JOIN unit_name AS township ON township.unit_id = sheet.rater_unit_id
                WHERE unit.name = ? AND ? IN (person.name, township.name)
                """,
                unit,
                rater,
            )
        )

    def marks(self, sheet: int) -> list[tuple[Any, ...]]:
        """The marks of a sheet without their times: item, points, not applicable, reason, bulk, person."""
        return self.all(
            "SELECT item, points, not_applicable, reason, bulk, person_id FROM mark WHERE sheet_id = ? ORDER BY item",
            sheet,
        )

    def mark(self, sheet: int, item: int) -> Any:
        """The points (hundredths) of one item, or None when there is no mark or none applies."""
        found = self.column("SELECT points FROM mark WHERE sheet_id = ? AND item = ?", sheet, item)
        return found[0] if found else None

    def acts(self, sheet: int, act: str = "mark") -> list[Any]:
        """What the sheet's audit chain says of one kind of act, in order, as JSON texts."""
        chain = f"sheet:{sheet}"
        return self.column("SELECT body FROM audit WHERE chain = ? AND act = ? ORDER BY seq", chain, act)
