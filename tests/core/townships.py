"""A township and the departments that it scores (附件2)."""

from __future__ import annotations

from district import JUNE, District, moment, shipped_rules

from core.actions import rounds
from core.store import units
from core.store.engine import Db

CLOSING = moment("2013-06-28 00:00")
"""When the departments' round closes."""
SINCE = moment("2000-01-01 00:00").today


def departments(district: District, *names: str) -> list[int]:
    """The sheets on which 仙庾镇 scores these new departments; 月塘街道 scores the first of them too."""

    def open_and_hand_out(db: Db) -> list[int]:
        opens = moment("2013-06-20 00:00").now
        asked = rounds.open_round(db, district.id, JUNE, "department", shipped_rules("department"), opens, CLOSING.now)
        theirs = [units.add_unit(db, district.id, name, "department", name, name, SINCE) for name in names]
        mine = [rounds.hand_out_to_unit(db, asked, unit, district.units["仙庾镇"]) for unit in theirs]
        return [*mine, rounds.hand_out_to_unit(db, asked, theirs[0], district.units["月塘街道"])]

    return district.act(open_and_hand_out)
