"""A district of five townships whose quarters and months are scored, published, corrected and made final."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from district import GROUP, LONG_AGO, SHANGHAI, District, moment, shipped_rules
from sqlalchemy import text

from core.actions import publishing, rounds
from core.actions.bulletins import bulletin_of
from core.actions.ranking_inputs import of_finals, of_round, of_year
from core.bulletin_views import BulletinView
from core.periods import Period, PeriodKind
from core.rubric import UnitKind
from core.store import rankings, units
from core.store import rounds as stored
from core.store.engine import Db
from core.store.rankings import RankingRecord

TOWNSHIPS = ("仙庾镇", "月塘街道", "明照乡", "金山街道", "桂花街道")
Lost = Mapping[str, int]
"""How many items each township got nothing for; who is not in it was not assessed."""

BEST_FIRST: Lost = {name: place for place, name in enumerate(TOWNSHIPS)}


def office(district: District) -> District:
    """The district with two more townships and a group."""

    def found(db: Db) -> dict[str, int]:
        units.bind_group(db, district.id, GROUP, None)
        return {
            name: units.add_unit(db, district.id, name, "township", name, name[:2], LONG_AGO) for name in TOWNSHIPS[3:]
        }

    return replace(district, units={**district.units, **district.act(found)})


def scored(district: District, period: str, lost: Lost) -> int:
    """The round of a period, over, in which each township got nothing for so many items; its id."""
    parsed = Period.parse(period)
    begin = moment(f"{parsed.last_day:%Y-%m}-01 00:00")
    end = parsed.ends_at(SHANGHAI)
    round_id = district.act(rounds.open_round, district.id, parsed, "township", shipped_rules(), begin.now, end)
    of_it = replace(district, round_id=round_id)
    for name, count in lost.items():
        of_it.submitted(name, dict.fromkeys(range(1, count + 1), 0), at=begin)
    return round_id


def published(district: District, period: str, at: str, kind: UnitKind = "township") -> RankingRecord:
    """A period's ranking as it comes out at some time."""

    def publish(db: Db) -> RankingRecord:
        parsed, now = Period.parse(period), moment(at)
        found = stored.find(db, district.id, period, kind)
        if found is None:
            inputs = of_finals(db, district.id, parsed, kind)
        else:
            inputs = of_year(db, found) if parsed.kind is PeriodKind.YEAR else of_round(db, found, now)
        return publishing.publish(db, units.district(db, district.id), inputs, now)

    return district.act(publish)


def made_final(district: District, at: str) -> None:
    """What nobody objects to any more becomes final."""

    def finalise(db: Db) -> None:
        policy = shipped_rules().policy
        publishing.finalise_due(db, units.district(db, district.id), policy, moment(at))

    district.act(finalise)


def quarter(district: District, period: str, lost: Lost, at: str, final: str) -> RankingRecord:
    """A quarter, scored, published and final."""
    scored(district, period, lost)
    record = published(district, period, at)
    made_final(district, final)
    return district.act(rankings.known, record.id)


def changed(district: District, statement: str, **values: object) -> None:
    """Change rows behind the program's back, as a correction would through ways that are not this test's."""
    with district.database.transaction() as db:
        db.execute(text(statement), values)


def posts(district: District) -> list[dict[str, Any]]:
    """What the group is owed, in order: the views of the rows, with their keys."""
    with district.database.transaction() as db:
        rows = db.exec_driver_sql("SELECT dedup_key, view FROM outbox WHERE chat_id < 0 ORDER BY id").all()
    return [json.loads(view) | {"key": key} for key, view in rows]


def told(district: District, view: Mapping[str, Any]) -> BulletinView:
    """What a row says."""
    return district.act(bulletin_of, district.id, int(view["ranking"]), view)


def said(district: District, place: int = -1) -> BulletinView:
    """What the newest words in the group say, or others of them."""
    return told(district, [each for each in posts(district) if each["name"] == "ranking_bulletin"][place])


def names(district: District) -> dict[int, str]:
    return {unit_id: name for name, unit_id in district.units.items()}
