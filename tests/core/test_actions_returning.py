"""退回: an item goes back with a reason, the rater is told, the next version is another, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from district import FIRST_OF_JULY, NOON, District, later
from sqlalchemy import select
from townships import departments

from core.actions import attaching, marking, returning, skipping, submitting, typing
from core.errors import NoSuchEvidence, NoSuchSheet, NotAllowed, NotHandedIn, ReasonMissing, RoundClosed
from core.returns import SubmittedSheet
from core.sheet import SheetState
from core.store import evidence
from core.store.evidence import Piece
from core.store.tables import Outbox, table_of


def found(district: District, sheet_id: int) -> SubmittedSheet:
    """The sheet as the office sees it."""
    return district.act(returning.submitted, district.tang, sheet_id, NOON)


def give_back(district: District, sheet_id: int, item: int, reason: str, minutes: int = 0) -> SubmittedSheet:
    """An admin returns an item."""
    at = later(NOON, minutes=minutes)
    return district.act(returning.return_item, district.tang, sheet_id, item, reason, at)


def letters(district: District) -> list[tuple[str, int, str]]:
    """Name, chat and key of everything that was owed for returns, in its order."""
    table = table_of(Outbox)
    rows = district.act(lambda db: db.execute(select(table).order_by(table.c.id)).all())
    told = [(json.loads(row.view)["name"], row.chat_id, row.dedup_key) for row in rows]
    return [each for each in told if each[0] in {"sheet_returned", "sheet_resubmitted"}]


def test_an_item_goes_back_and_comes_again_as_the_next_version(district: District) -> None:
    sheet_id = district.submitted("仙庾镇", {4: 100})
    first = found(district, sheet_id)
    assert (first.version, first.before, first.returned, first.can_return) == (1, None, {}, True)
    assert not first.changed(4)
    back = give_back(district, sheet_id, 4, "  缺会议记录的依据 ")
    assert (back.returned, back.view.submitted_at, back.version) == ({4: "缺会议记录的依据"}, None, 1)
    mine = district.sees(sheet_id)
    assert (mine.sheet.state, mine.returned) == (SheetState.OPEN, {4: "缺会议记录的依据"})
    give_back(district, sheet_id, 4, "缺会议记录的依据", 1)
    give_back(district, sheet_id, 5, "这条也请核对", 2)
    district.act(marking.set_mark_with_reason, district.zhou, sheet_id, 4, 150, "只缺一次", NOON)
    district.act(submitting.submit, district.zhou, sheet_id, NOON)
    again = found(district, sheet_id)
    assert (again.version, sorted(again.returned)) == (2, [4, 5])
    assert [item for item in range(1, 24) if again.changed(item)] == [4]
    assert again.before is not None
    assert again.before[4].points == 100
    assert district.sees(sheet_id).returned == {}
    assert [name for name, _, _ in letters(district)] == ["sheet_returned", "sheet_returned", "sheet_resubmitted"]
    assert [chat for _, chat, _ in letters(district)][:2] == [district.zhou.telegram_id] * 2
    assert district.acts(sheet_id)[-5:] == ["submit", "return", "return", "mark", "submit"]


def test_the_reason_is_asked_for_and_a_reply_gives_it(district: District) -> None:
    sheet_id = district.submitted("仙庾镇")
    asked = district.act(returning.ask, district.tang, sheet_id, 7, NOON)
    assert asked.item == 7
    tang = district.tang
    taken = district.act(
        typing.take_text, tang, typing.Said(tang.telegram_id, "第7条的照片看不清", None, NOON.now), NOON
    )
    assert isinstance(taken, typing.Returned)
    assert taken.found.returned == {7: "第7条的照片看不清"}
    with pytest.raises(NotAllowed):
        district.act(returning.return_item, district.zhou, sheet_id, 7, "自己退", NOON)


def test_only_what_was_handed_in_and_is_not_over_goes_back_and_only_by_the_office(district: District) -> None:
    drafted, handed = district.hand_out("明照乡"), district.submitted("仙庾镇")
    with pytest.raises(NotHandedIn):
        found(district, drafted)
    with pytest.raises(NoSuchSheet):
        found(district, 99_999)
    with pytest.raises(NotAllowed):
        district.act(returning.submitted, district.zhou, handed, NOON)
    with pytest.raises(ReasonMissing):
        give_back(district, handed, 4, "  ")
    with pytest.raises(RoundClosed):
        district.act(returning.return_item, district.tang, handed, 4, "晚了", FIRST_OF_JULY)
    assert not district.act(returning.submitted, district.tang, handed, FIRST_OF_JULY).can_return
    assert letters(district) == []


def test_a_skipped_department_is_not_given_back(district: District) -> None:
    sheet_id = departments(district, "甲局")[0]
    district.act(marking.fill_rest, district.liu, sheet_id, NOON)
    district.act(submitting.submit, district.liu, sheet_id, NOON)
    give_back(district, sheet_id, 1, "请说明")
    district.act(skipping.skip, district.liu, sheet_id, NOON)
    with pytest.raises(NotHandedIn):
        give_back(district, sheet_id, 1, "请说明")
    assert not found(district, sheet_id).can_return


def test_the_office_looks_at_the_evidence_of_what_was_handed_in(district: District) -> None:
    sheet_id, tang = district.hand_out(), district.tang
    for piece in (Piece("photo", "one", "file-1"), Piece("location", "two", latitude="27.8", longitude="113.1")):
        district.act(attaching.attach, district.zhou, sheet_id, 4, piece, NOON)
    with pytest.raises(NotHandedIn):
        district.act(returning.evidence_of, tang, sheet_id, 4, NOON)
    district.act(marking.fill_rest, district.zhou, sheet_id, NOON)
    district.act(submitting.submit, district.zhou, sheet_id, NOON)
    _, pieces = district.act(returning.evidence_of, tang, sheet_id, 4, NOON)
    assert [(each.kind, each.state, each.latitude) for each in pieces] == [
        ("photo", "owed", None),
        ("location", "stored", "27.8"),
    ]
    photo = pieces[0].evidence_id
    for missing in (photo, 99_999):
        with pytest.raises(NoSuchEvidence):
            district.act(returning.piece, tang, missing, NOON)
    district.act(evidence.set_stored, photo, "ab" * 32, 5)
    assert district.act(returning.piece, tang, photo, NOON).sha256 == "ab" * 32
    with pytest.raises(NotAllowed):
        district.act(returning.piece, district.zhou, photo, NOON)
    with pytest.raises(NotAllowed):
        district.act(returning.evidence_of, district.zhou, sheet_id, 4, NOON)
