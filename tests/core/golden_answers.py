"""What the program says of the golden year: its rankings, what was posted, and the letters to those it concerns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import golden_2013 as golden
from district import GROUP, District
from sqlalchemy import select

from core.actions.bulletins import bulletin_of
from core.actions.ranking import view_of
from core.awards import LastPlace
from core.bulletin_views import BulletinView
from core.people import Actor
from core.rubric import UnitKind
from core.snapshots import RankingView
from core.store import rankings
from core.store.rankings import RankingRecord
from core.store.tables import Outbox, Ranking, table_of

Row = tuple[str, Fraction | None, int | None]


def version(year: District, period: str, number: int, kind: UnitKind = "township") -> RankingRecord:
    """One version of a ranking."""
    ids = year.act(rankings.versions, year.id, period, kind)
    return year.act(rankings.known, ids[number])


def view(year: District, period: str, number: int = 1, kind: UnitKind = "township") -> RankingView:
    """The same, read back."""
    return year.act(view_of, version(year, period, number, kind))


def rows(found: RankingView) -> list[Row]:
    """Names as they are printed, scores and ranks, in the order of the ranking."""
    return [(row.unit, row.score, row.rank) for row in found.rows]


def posted(year: District) -> list[tuple[datetime, dict[str, Any]]]:
    """The words of the bulletins, with when they were owed, in order."""
    table = table_of(Outbox)
    found = select(table.c.not_before, table.c.view).where(table.c.chat_id == GROUP).order_by(table.c.id)
    told = [(row.not_before, json.loads(row.view)) for row in year.act(lambda db: db.execute(found).all())]
    return [(owed_at, each) for owed_at, each in told if each["name"] == "ranking_bulletin"]


def letters(year: District, name: str) -> list[dict[str, Any]]:
    """The letters of this name to the office, in order."""
    return _letters(year, name, [year.tang])


def letters_to_officers(year: District, name: str) -> list[dict[str, Any]]:
    """The same to the officers of all townships."""
    return _letters(year, name, [year.people[unit] for unit in golden.TOWNSHIPS])


def _letters(year: District, name: str, to: Sequence[Actor]) -> list[dict[str, Any]]:
    table = table_of(Outbox)
    chats = table.c.chat_id.in_([each.telegram_id for each in to])
    found = select(table.c.view).where(chats).order_by(table.c.id)
    told = [json.loads(text) for text in year.act(lambda db: db.scalars(found).all())]
    return [each for each in told if each["name"] == name]


def bulletin(year: District, period: str, number: int = 1, *, final: bool = True) -> BulletinView:
    """What was posted of a version, at first or once it was final."""
    ranking = version(year, period, number).id
    said = [told for _, told in posted(year) if told["ranking"] == ranking]
    return year.act(bulletin_of, year.id, ranking, said[-1 if final else 0])


def told_last(place: LastPlace, found: RankingView) -> list[str]:
    """A last place as a line of the table."""
    unit = next(row.unit for row in found.rows if row.unit_id == place.unit_id)
    step, following = (each.value if each else "-" for each in (place.step, place.next_step))
    due, quarters = place.due.isoformat() if place.due else "-", [str(each.quarter) for each in place.streak]
    return [str(place.quarter), unit, str(place.count), step, following, due, ",".join(quarters)]


def every_ranking(year: District) -> list[RankingRecord]:
    table = table_of(Ranking)
    found = year.act(lambda db: db.scalars(select(table.c.id).order_by(table.c.id)).all())
    return [year.act(rankings.known, ranking_id) for ranking_id in found]
