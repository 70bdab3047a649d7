"""A roster is imported whole or not at all, by an admin or at the machine, and what was shown is what is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from district import NOON, District
from rosters import imported
from sqlalchemy import func, insert, select

from core import audit
from core.actions import roster as actions
from core.actions import uploading
from core.errors import NoSuchUpload, NotAllowed, PreviewChanged, RosterUnfit
from core.people import Role
from core.roster import Conflict, Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_known import KnownRoster
from core.roster_plan import Deed, RosterPlan
from core.store import audit_log, people, units, uploads
from core.store.engine import Db
from core.store.evidence import Piece
from core.store.tables import Appointment, Upload, table_of

DAY = date(2013, 6, 1)


def known(district: District) -> KnownRoster:
    return district.act(actions.known, district.id, district.people["tang"], NOON)


def brought(district: District, roster: Roster, steps: list[int] | None = None) -> RosterPlan:
    """What an admin's import did."""
    return district.act(imported, district.id, roster, NOON, district.people["tang"], steps)


def entry(known: KnownRoster, name: str) -> PersonEntry:
    return next(each for each in known.roster.people or () if each.name == name)


def test_only_admins_import(district: District) -> None:
    with pytest.raises(NotAllowed):
        district.act(actions.preview_import, district.id, district.people["zhou"], Roster(), NOON)
    with pytest.raises(NotAllowed):
        district.act(imported, district.id, Roster(), NOON, district.people["zhou"])


def test_nothing_to_do_leaves_no_trace(district: District) -> None:
    steps: list[int] = []
    head = district.act(units.roster_head, district.id)
    assert brought(district, known(district).roster, steps).lines == ()
    assert (steps, district.act(units.roster_head, district.id)) == ([], head)


def test_every_kind_of_change_is_written_and_audited(district: District) -> None:
    before = known(district)
    zhou, luo, liu = (entry(before, name) for name in ("周建国", "罗晓梅", "刘芳"))
    merged = tuple(
        replace(unit, ends_on=DAY.replace(year=2014), successor="仙庾镇", inherits=True)
        if unit.code == "明照乡"
        else unit
        for unit in before.roster.units or ()
        if unit.code != "月塘街道"
    )
    jinshan = UnitEntry("jinshan", UnitCategory.SUBDISTRICT, (Naming(DAY, "金山街道", "金山"),))
    moved = replace(luo, name="罗小梅", code="02", posts=(Post(Role.ASSESSOR, "jinshan"),))
    people_of = (moved, replace(liu, posts=(Post(Role.OFFICER, "jinshan"),)), zhou, entry(before, "邓丽华"))
    first = Roster(
        (jinshan, *merged),
        people_of,
        (("区民政局", "仙庾镇"),),
        (("周建国", "仙庾镇"), ("02", "明照乡")),
        (Conflict("02", "仙庾镇", "亲属"),),
    )
    steps: list[int] = []
    plan = brought(district, first, steps)
    assert (steps, plan.kept) == ([1, 2, 3, 4], "唐文静")
    assert plan.of("units", Deed.END)[0].key == "月塘街道"
    assert [line.key for line in plan.of("people", Deed.END)] == ["陈立新"]
    after = known(district)
    told = {unit.code: unit for unit in after.roster.units or ()}
    assert told["月塘街道"].ends_on == NOON.today
    assert (told["明照乡"].successor, told["明照乡"].inherits) == ("仙庾镇", True)
    assert entry(after, "罗小梅") == moved
    assert after.roster.links == first.links
    assert set(after.roster.assignments or ()) == set(first.assignments or ())
    assert after.roster.conflicts == first.conflicts
    assert [each.name for each in after.left] == ["陈立新"]
    second = replace(first, links=(), assignments=(), conflicts=(Conflict("02", "仙庾镇", "同学"),))
    brought(district, second)
    again = known(district).roster
    assert (again.links, again.assignments, again.conflicts) == ((), (), second.conflicts)
    links = district.act(audit_log.links, f"roster:{district.id}")
    assert audit.verify(links) is None
    chain = [dict(link.entry) for link in links]
    assert [each["act"] for each in chain] == ["import_roster", "import_roster"]
    assert plan.digest in str(chain[0])


def test_who_left_comes_back_by_their_account(district: District) -> None:
    before = known(district).roster
    chen = entry(known(district), "陈立新")
    brought(district, replace(before, people=tuple(each for each in before.people or () if each != chen)))
    assert brought(district, before).of("people", Deed.CHANGE)[0].name == "陈立新"
    back = entry(known(district), "陈立新")
    assert (back.telegram_id, back.posts, known(district).left) == (chen.telegram_id, chen.posts, ())


def test_namesakes_without_a_number_are_given_one_in_the_workbook(district: District) -> None:
    def second_zhou(db: Db) -> int:
        person_id = people.add_person(db, district.id, "周建国", None, "zh")
        people.appoint(db, person_id, Role.VIEWER, None, DAY)
        people.appoint(db, people.add_person(db, district.id, "P2", None, "zh"), Role.VIEWER, None, DAY)
        return person_id

    new = district.act(second_zhou)
    codes = {each.code for each in known(district).roster.people or () if each.name == "周建国"}
    assert codes == {f"P{new}", f"P{district.people['zhou'].person_id}-"}
    assert brought(district, known(district).roster).lines == ()


def test_numbers_and_accounts_may_change_hands(district: District) -> None:
    before = known(district)
    numbered = tuple(replace(each, code=str(n)) for n, each in enumerate(before.roster.people or ()))
    brought(district, replace(before.roster, people=numbered, assignments=None, conflicts=None))
    swapped = tuple(
        replace(each, telegram_id=other.telegram_id)
        for each, other in zip(numbered, (numbered[1], numbered[0], *numbered[2:]), strict=True)
    )
    brought(district, Roster(people=swapped))
    assert known(district).roster.people == tuple(sorted(swapped, key=lambda each: each.key))


def test_what_the_district_cannot_take_changes_nothing(district: District) -> None:
    before = known(district).roster
    sides = tuple(replace(unit, category=UnitCategory.DEPARTMENT) for unit in before.units or ())
    with pytest.raises(RosterUnfit) as raised:
        brought(district, replace(before, units=sides))
    assert (raised.value.code, raised.value.count) == ("kind_fixed", 3)
    assert known(district).roster == before


def test_what_was_not_confirmed_is_not_done(district: District) -> None:
    before = known(district).roster

    def refuse(plan: RosterPlan) -> None:
        assert plan.lines
        raise PreviewChanged

    steps: list[tuple[int, int]] = []
    with pytest.raises(PreviewChanged):
        district.act(
            actions.apply_import, district.id, None, Roster(people=()), refuse, NOON, lambda *step: steps.append(step)
        )
    assert steps == []
    assert known(district).roster == before


def test_posts_to_come_are_not_the_rosters_business_yet(district: District) -> None:
    row = {"person_id": district.people["zhou"].person_id, "role": "viewer", "starts_on": date(2013, 7, 1)}
    district.act(lambda db: db.execute(insert(table_of(Appointment)).values(row)))
    before = known(district).roster
    assert Role.VIEWER not in {post.role for post in entry(known(district), "周建国").posts}
    brought(district, replace(before, people=(entry(known(district), "罗晓梅"),)))
    rows = district.act(
        lambda db: db.execute(
            select(table_of(Appointment).c.ends_on).where(table_of(Appointment).c.person_id == row["person_id"])
        ).all()
    )
    assert {each.ends_on for each in rows} == {NOON.today, date(2013, 7, 1)}


def test_what_could_not_be_taken_is_kept_for_its_sender_alone(district: District) -> None:
    piece = Piece("file", "unique", "file", "名册.xlsx", 9000)
    tang = district.tang
    district.act(uploading.receive, tang, tang.telegram_id, 5, piece, NOON)
    upload_id = district.act(lambda db: db.scalar(select(func.max(table_of(Upload).c.id))))
    with pytest.raises(NoSuchUpload):
        district.act(actions.refused_workbook, tang, upload_id)
    district.act(uploads.set_refused, upload_id, "roster", "what was wrong")
    assert district.act(actions.refused_workbook, tang, upload_id) == "what was wrong"
    with pytest.raises(NotAllowed):
        district.act(actions.refused_workbook, district.zhou, upload_id)


def test_the_roster_is_exported_with_those_who_have_no_account(district: District) -> None:
    roster, invitees = district.act(actions.exported, district.tang, NOON)
    assert roster == known(district)
    assert all(each.telegram_id is None for each in invitees)
    with pytest.raises(NotAllowed):
        district.act(actions.exported, district.zhou, NOON)
