"""What a roster workbook would do: added, changed, ended; and who is who."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from rosters import rosters

from core.people import Role
from core.roster import Conflict, Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry
from core.roster_matching import match_people
from core.roster_plan import Deed, RosterPlan, plan_roster

SINCE = date(2000, 1, 1)
XIANYU = UnitEntry("xianyu", UnitCategory.TOWN, (Naming(SINCE, "仙庾镇", "仙庾"),))
YUETANG = UnitEntry("yuetang", UnitCategory.SUBDISTRICT, (Naming(SINCE, "月塘街道", "月塘"),))
ZHOU = PersonEntry("周建国", None, 880002, "zh", (Post(Role.ASSESSOR, None),))
LIU = PersonEntry("刘芳", None, None, "zh", (Post(Role.OFFICER, "xianyu"),))
WHOLE = Roster((XIANYU, YUETANG), (LIU, ZHOU), (), (("周建国", "xianyu"),), (Conflict("周建国", "yuetang", "亲属"),))


def told(plan: RosterPlan) -> list[tuple[str, Deed, str, str]]:
    """Table, deed, key and name of every line."""
    return [(line.table, line.deed, line.key, line.name) for line in plan.lines]


@given(rosters())
def test_the_same_roster_does_nothing(roster: Roster) -> None:
    assert plan_roster(roster, roster).lines == ()
    assert plan_roster(roster, Roster()).lines == ()


@given(rosters(), rosters())
def test_from_nothing_everything_is_added_and_to_nothing_everything_ends(one: Roster, other: Roster) -> None:
    nothing = Roster((), (), (), (), ())
    assert {line.deed for line in plan_roster(nothing, one).lines} <= {Deed.ADD}
    assert {line.deed for line in plan_roster(one, nothing).lines} <= {Deed.END}
    assert plan_roster(one, other).digest == plan_roster(one, other).digest


def test_each_line_of_the_preview() -> None:
    jinshan = UnitEntry("jinshan", UnitCategory.SUBDISTRICT, (Naming(SINCE, "金山街道", "金山"),))
    renamed = replace(XIANYU, namings=(*XIANYU.namings, Naming(date(2013, 6, 1), "仙庾街道", "仙庾")))
    luo = PersonEntry("罗晓梅", "07", None, "en", (Post(Role.ASSESSOR, None),))
    moved = replace(ZHOU, posts=(Post(Role.ASSESSOR, "jinshan"),))
    plan = plan_roster(
        WHOLE,
        Roster(
            (jinshan, renamed),
            (luo, moved),
            (),
            (("07", "xianyu"), ("周建国", "xianyu")),
            (Conflict("07", "jinshan", "亲属"), Conflict("周建国", "yuetang", "配偶")),
        ),
    )
    assert told(plan) == [
        ("units", Deed.ADD, "jinshan", "金山街道"),
        ("units", Deed.CHANGE, "xianyu", "仙庾街道"),
        ("units", Deed.END, "yuetang", "月塘街道"),
        ("people", Deed.ADD, "07", "罗晓梅"),
        ("people", Deed.CHANGE, "周建国", "周建国"),
        ("people", Deed.END, "刘芳", "刘芳"),
        ("assignments", Deed.ADD, "07", "xianyu"),
        ("conflicts", Deed.ADD, "07", "jinshan"),
        ("conflicts", Deed.CHANGE, "周建国", "yuetang"),
    ]
    assert plan.lines[1].details == (("namings", XIANYU.namings, renamed.namings),)
    assert plan.lines[4].details == (("posts", ZHOU.posts, moved.posts),)
    assert plan.lines[-1].details == (("reason", "亲属", "配偶"),)
    assert [plan.count(deed) for deed in Deed] == [4, 3, 2]
    assert plan.digest != plan_roster(WHOLE, Roster()).digest


def test_what_ends_and_what_ended_before() -> None:
    gone = replace(YUETANG, ends_on=date(2013, 1, 1))
    old = replace(WHOLE, units=(XIANYU, gone))
    assert told(plan_roster(old, Roster(units=(XIANYU,), conflicts=()))) == [
        ("conflicts", Deed.END, "周建国", "yuetang")
    ]


def test_somebody_is_found_by_number_account_or_name_the_surest_first() -> None:
    numbered = replace(ZHOU, code="01")
    # Gets a number: the same person.
    assert match_people([ZHOU], [], [numbered]) == {"01": "周建国"}
    # Another name, the same account.
    assert match_people([ZHOU], [], [replace(ZHOU, name="周建设")]) == {"周建设": "周建国"}
    # The account tells him from a namesake who stands first.
    namesake = PersonEntry("周建国", "02", None, "zh", ())
    assert match_people([ZHOU], [], [namesake, numbered]) == {"01": "周建国"}
    assert match_people([numbered], [], [ZHOU]) == {"周建国": "01"}
    assert match_people([LIU], [], [ZHOU]) == {}


def test_assignments_follow_somebody_who_got_a_number() -> None:
    numbered = replace(ZHOU, code="01")
    new = replace(
        WHOLE, people=(numbered, LIU), assignments=(("01", "xianyu"),), conflicts=(Conflict("01", "yuetang", "亲属"),)
    )
    plan = plan_roster(WHOLE, new)
    assert told(plan) == [("people", Deed.CHANGE, "01", "周建国")]
    assert plan.lines[0].details == (("code", None, "01"),)


def test_what_is_left_blank_stays() -> None:
    numbered = replace(ZHOU, code="01")
    blank = replace(ZHOU, telegram_id=None)
    assert plan_roster(replace(WHOLE, people=(numbered, LIU)), replace(WHOLE, people=(blank, LIU))).lines == ()


def test_somebody_who_left_comes_back_by_number_or_account_and_never_by_name() -> None:
    left = replace(ZHOU, code="01", posts=())
    assert match_people([], [left], [replace(ZHOU, telegram_id=None)]) == {}
    assert match_people([], [left], [ZHOU]) == {"周建国": "01"}
    plan = plan_roster(Roster((), (), (), (), ()), Roster(people=(ZHOU,)), left=[left])
    assert told(plan) == [("people", Deed.CHANGE, "周建国", "周建国")]
    assert plan_roster(Roster((), (), (), (), ()), Roster(people=()), left=[left]).lines == ()


def test_namesakes_of_old_are_nobodys_match_by_name_and_numbers_differ() -> None:
    one, other = (PersonEntry("张伟", code, None, "zh", ()) for code in ("01", "02"))
    assert match_people([one, other], [], [replace(one, code=None)]) == {}
    assert match_people([one], [], [replace(one, code="03")]) == {}
    assert match_people([one], [], [replace(one, code=None)]) == {"张伟": "01"}
    # 编号 are compared as everywhere else: half-width, small letters.
    assert match_people([replace(one, code="A1")], [], [replace(one, code="ａ1")]) == {"ａ1": "A1"}


def test_whoever_imports_stays_an_admin() -> None:
    admin = PersonEntry("李红", None, 880001, "zh", (Post(Role.ADMIN, None),))
    old = replace(WHOLE, people=(admin, LIU, ZHOU))
    plan = plan_roster(old, replace(WHOLE, people=(LIU, ZHOU)), own="李红")
    assert (plan.lines, plan.kept) == ((), "李红")
    viewer = replace(admin, posts=(Post(Role.VIEWER, None),))
    plan = plan_roster(old, replace(old, people=(viewer, LIU, ZHOU)), own="李红")
    assert plan.lines[0].details == (("posts", admin.posts, (Post(Role.ADMIN, None), Post(Role.VIEWER, None))),)
    assert plan.kept == "李红"
    assert plan_roster(old, old, own="李红").kept is None
    assert plan_roster(old, Roster(), own="李红").kept is None
    assert plan_roster(old, old, own="李红").digest != plan_roster(old, replace(old, people=(LIU,)), own="李红").digest


def test_units_are_told_by_their_number_however_it_is_written() -> None:
    wide = replace(XIANYU, code="XianYu")
    link = replace(WHOLE, links=(("yuetang", "xianyu"),))
    plan = plan_roster(
        link,
        replace(
            link, units=(wide, YUETANG), people=None, links=(("yuetang", "XianYu"),), assignments=None, conflicts=None
        ),
    )
    assert told(plan) == [("units", Deed.CHANGE, "XianYu", "仙庾镇")]
    assert plan.of("units", Deed.CHANGE)[0].details == (("code", "xianyu", "XianYu"),)
