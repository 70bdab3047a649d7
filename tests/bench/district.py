"""Our bot as a contender: a district of two hundred assessors, each with one open sheet of the same township.

Answers for seeding it before the bot starts, for starting the bot as `make run` does,
and for reading the marks back once it has ended. Tests no rule; what it seeds is what
the actions of `core` would have written.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import text

from bot.buttons import pack
from bot.buttons.sheets import SetMark
from core.actions.district import first_district
from core.actions.rounds import hand_out, open_round, rules_from
from core.people import Role
from core.periods import Period
from core.rubric_files import SHIPPED, load_directory
from core.store import people as store_people
from core.store import units
from core.store.engine import Database, open_database
from core.store.migrate import upgrade

from .plan import Deed, OpenSheet

_RUBRIC, _POLICY = "2013-township", "2013-policy"
_PERIOD = "2013-03"
_SINCE = date(2013, 1, 1)
# The bot lives by the real clock, so the round is open whenever the benchmark is run.
_OPENS, _CLOSES = datetime(2013, 3, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)


class Hongqi:
    """The real bot on an SQLite file of its own."""

    name = "hongqi"
    one_at_a_time = False

    def prepare(self, folder: Path, people: Sequence[int]) -> list[OpenSheet]:
        """One township, one open round, one assessor and sheet for each Telegram id."""
        database = open_database(_url(folder))
        try:
            upgrade(database)
            return _seed(database, people)
        finally:
            database.close()

    def command(self, folder: Path, base_url: str) -> tuple[list[str], dict[str, str]]:
        """The installed command, with nothing set but where things are."""
        return [str(Path(sys.executable).with_name("hongqi")), "run"], {
            "TELEGRAM_BOT_TOKEN": "1:bench",
            "HONGQI_TELEGRAM_BASE_URL": base_url,
            "HONGQI_DATABASE_URL": _url(folder),
            "HONGQI_DATA_DIR": str(folder / "data"),
        }

    def pack(self, deed: Deed) -> str:
        """The data of the bot's own button."""
        return pack(SetMark(deed.sheet, deed.item, deed.points))

    def stored(self, folder: Path) -> dict[tuple[int, int], int]:
        """The table of marks as it stands on the disk."""
        database = open_database(_url(folder))
        try:
            with database.transaction() as db:
                rows = db.execute(text("SELECT sheet_id, item, points FROM mark")).all()
        finally:
            database.close()
        return {(sheet, item): points for sheet, item, points in rows}


def _seed(database: Database, people: Sequence[int]) -> list[OpenSheet]:
    book = load_directory(SHIPPED)
    rubric = book.rubrics[_RUBRIC]
    rules = rules_from(SHIPPED, rubric, book.policies[_POLICY])
    maxima = tuple(item.max_points for item in rubric.items)
    with database.transaction() as db:
        district = first_district(db, "荷塘区", "Asia/Shanghai", "zh").id
        unit = units.add_unit(db, district, "bench", "township", "仙庾镇", "仙庾", _SINCE)
        round_id = open_round(db, district, Period.parse(_PERIOD), "township", rules, _OPENS, _CLOSES)
        sheets = []
        for telegram_id in people:
            person = store_people.add_person(db, district, "考核组成员", telegram_id, "zh")
            store_people.appoint(db, person, Role.ASSESSOR, None, _SINCE)
            sheets.append(OpenSheet(telegram_id, hand_out(db, round_id, unit, person), maxima))
    return sheets


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'bench.db'}"
