"""The demo's district: loaded once, harmless twice, and never into somebody else's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from rooms import DISTRICT, START, ZHOU, ZONE, demo_rows

from bot.demo.data import DistrictInUse, demo, load_demo
from core.actions import district
from core.actions.door import Moment
from core.actions.overview import my_sheets
from core.people import Role
from core.store import people, units
from core.store.engine import open_database
from core.store.migrate import upgrade


def test_a_second_loading_changes_nothing(tmp_path: Path) -> None:
    with demo_rows(tmp_path) as rows:
        count = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM sheet), (SELECT count(*) FROM audit)"
        before = rows.all(count)
        rows.act(load_demo, datetime(2014, 1, 1, tzinfo=UTC), ZONE, "zh")
        assert rows.all(count) == before


def test_one_sheet_stands_at_14_of_23_and_the_rest_is_handed_in(tmp_path: Path) -> None:
    with demo_rows(tmp_path) as rows:
        at = Moment(START, START.astimezone(ZONE).date())
        zhou = rows.act(people.actors, [ZHOU], at.today)[ZHOU]
        lines = rows.act(my_sheets, zhou, at)
        assert (14, 23, "仙庾镇") in {(line.marked, line.items, line.unit) for line in lines}
        assert rows.all("SELECT count(*) FROM sheet WHERE state = 'open'") == [(1,)]


@pytest.mark.parametrize("what", ["a unit", "one of the demo's people"])
def test_another_district_is_left_alone(tmp_path: Path, what: str) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'own.db'}")
    try:
        upgrade(database)
        with database.transaction() as db:
            district.first_district(db, "芦淞区", "Asia/Shanghai", "zh")
            if what == "a unit":
                units.add_unit(db, DISTRICT, "own", "township", "自己的镇", "自己", START.date())
            else:
                known = people.add_person(db, DISTRICT, "周建国", ZHOU, "zh")
                people.appoint(db, known, Role.ASSESSOR, None, START.date())
        with pytest.raises(DistrictInUse), database.transaction() as db:
            load_demo(db, START, ZONE, "zh")
        with database.transaction() as db:
            assert db.exec_driver_sql("SELECT count(*) FROM sheet").scalar_one() == 0
    finally:
        database.close()


def test_everybody_who_plays_has_a_name_a_role_and_an_id_of_their_own() -> None:
    played = demo()
    assert len({person.telegram_id for person in played.people}) == len(played.people)
    assert {person.role for person in played.people} == {"admin", "assessor", "officer", "liaison", "viewer"}
    assert played.group < 0
