"""Evidence: to the item it names, to the one on screen, and albums that come in pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import CHAT, NOON, District

from core.actions import attaching, overview, questions
from core.errors import FileTooBig, NoItemOnScreen, NoSuchItem, NothingToAttachTo, SheetSubmitted, WordsWanted
from core.snapshots import Attached, Question
from core.store import evidence, prompts
from core.store.evidence import Piece

PHOTO = Piece("photo", "unique-1", telegram_file_id="file-1", name="1.jpg", size=40_000)
ALBUM = [replace(PHOTO, source_key=f"unique-{n}", telegram_file_id=f"file-{n}", album="a1") for n in range(1, 4)]


def sends(district: District, piece: Piece) -> Attached:
    """The assessor sends something without a caption."""
    return district.act(attaching.attach_on_screen, district.zhou, CHAT.chat_id, piece, NOON)


def test_the_same_photo_sent_twice_is_one_piece(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    first, second = (
        either_district.act(attaching.attach, either_district.zhou, sheet_id, 4, PHOTO, NOON) for _ in range(2)
    )
    assert (first.count, first.new) == (1, True)
    assert (second.count, second.new) == (1, False)
    assert either_district.chain(sheet_id)[0]["body"] == '{"item":4,"kind":"photo","source":"unique-1"}'
    assert either_district.acts(sheet_id) == ["attach"]


def test_one_photo_may_show_two_items(district: District) -> None:
    sheet_id = district.hand_out()
    for item in (4, 5):
        attached = district.act(attaching.attach, district.zhou, sheet_id, item, PHOTO, NOON)
    assert attached.view.evidence == {4: 1, 5: 1}


def test_evidence_goes_to_the_item_on_screen(district: District) -> None:
    sheet_id = district.hand_out()
    with pytest.raises(NoItemOnScreen):
        sends(district, PHOTO)
    district.act(overview.shown, CHAT.chat_id, sheet_id, 0, 77)
    with pytest.raises(NoItemOnScreen):
        sends(district, PHOTO)
    district.act(overview.shown, CHAT.chat_id, sheet_id, 9, 77)
    assert sends(district, PHOTO).item == 9


def test_without_a_sheet_there_is_nothing_to_attach_to(district: District) -> None:
    with pytest.raises(NothingToAttachTo):
        sends(district, PHOTO)


def test_a_file_is_no_reason(either_district: District) -> None:
    tang = either_district.tang

    def question_for_file(message: int) -> Question | None:
        return either_district.act(questions.question_for_file, tang, message, None, NOON, goes_with=True)

    asked = either_district.act(prompts.add_question, tang.person_id, "excuse", "1:monthly_report:2013-06", NOON.now)
    with pytest.raises(WordsWanted):
        either_district.act(attaching.attach_on_screen, tang, CHAT.chat_id, PHOTO, NOON)
    either_district.act(prompts.set_message, asked, 91)
    with pytest.raises(WordsWanted):
        question_for_file(91)
    assert question_for_file(92) is None
    either_district.act(prompts.close, asked, NOON.now)
    with pytest.raises(NothingToAttachTo):
        either_district.act(attaching.attach_on_screen, tang, CHAT.chat_id, PHOTO, NOON)


def test_a_file_in_reply_to_why_points_were_lost_is_evidence(district: District) -> None:
    sheet_id = district.hand_out()
    for message, kind in enumerate(("reason", "return"), start=91):
        prompt_id = district.act(prompts.add, district.zhou.person_id, kind, sheet_id, 4, NOON.now)
        district.act(prompts.set_message, prompt_id, message)
    assert district.act(questions.question_for_file, district.zhou, 91, None, NOON, goes_with=True) is None
    with pytest.raises(WordsWanted):
        district.act(questions.question_for_file, district.zhou, 92, None, NOON, goes_with=True)


def test_a_location_is_kept_as_it_came_and_nothing_is_to_be_fetched(either_district: District) -> None:
    sheet_id = either_district.hand_out()
    place = Piece("location", "message-8", latitude="27.8273", longitude="113.1517")
    assert either_district.act(attaching.attach, either_district.zhou, sheet_id, 4, place, NOON).count == 1
    assert either_district.act(evidence.owed_files, NOON.now, 10) == []


def test_an_album_stays_together_though_the_screen_moves_on(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(overview.shown, CHAT.chat_id, sheet_id, 4, 77)
    sends(district, ALBUM[0])
    district.act(overview.shown, CHAT.chat_id, sheet_id, 9, 77)
    assert (sends(district, ALBUM[1]).item, sends(district, ALBUM[2]).count) == (4, 3)


@pytest.mark.parametrize("captioned", [0, 1, 2])
def test_an_album_goes_where_its_caption_says_whichever_piece_has_it(either_district: District, captioned: int) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    either_district.act(overview.shown, CHAT.chat_id, sheet_id, 4, 77)
    for number, piece in enumerate(ALBUM):
        if number == captioned:
            attached = either_district.act(attaching.attach_named, zhou, sheet_id, 9, piece, NOON)
        else:
            attached = sends(either_district, piece)
    assert attached.view.evidence == {9: 3}
    assert attached.count == 3


def test_a_caption_on_a_single_photo_moves_nothing_else(district: District) -> None:
    sheet_id = district.hand_out()
    district.act(overview.shown, CHAT.chat_id, sheet_id, 4, 77)
    sends(district, PHOTO)
    single = replace(PHOTO, source_key="unique-9")
    attached = district.act(attaching.attach_named, district.zhou, sheet_id, 9, single, NOON)
    assert attached.view.evidence == {4: 1, 9: 1}


def test_the_album_of_somebody_else_is_another_album(district: District) -> None:
    sheet_id = district.hand_out("仙庾镇")
    theirs = district.hand_out("月塘街道", rater="luo")
    district.act(attaching.attach, district.luo, theirs, 5, ALBUM[0], NOON)
    district.act(overview.shown, CHAT.chat_id, sheet_id, 4, 77)
    assert sends(district, ALBUM[1]).item == 4


def test_an_album_that_holds_a_picture_twice_is_attached_all_the_same(either_district: District) -> None:
    sheet_id, zhou = either_district.hand_out(), either_district.zhou
    either_district.act(overview.shown, CHAT.chat_id, sheet_id, 4, 77)
    sends(either_district, ALBUM[0])
    sends(either_district, ALBUM[1])
    attached = either_district.act(attaching.attach_named, zhou, sheet_id, 9, ALBUM[0], NOON)
    assert (attached.item, attached.count) == (9, 2)
    assert attached.view.evidence == {4: 1, 9: 2}


def test_a_file_telegram_would_not_hand_over_is_refused_and_explained(district: District) -> None:
    sheet_id = district.hand_out()
    big = Piece("file", "unique-2", telegram_file_id="f", name="录像.mp4", size=attaching.LARGEST_FILE + 1)
    with pytest.raises(FileTooBig) as refused:
        district.act(attaching.attach, district.zhou, sheet_id, 4, big, NOON)
    assert refused.value == FileTooBig(name="录像.mp4", size=20 * 1024 * 1024 + 1, limit=20 * 1024 * 1024)
    largest = replace(big, size=attaching.LARGEST_FILE)
    assert district.act(attaching.attach, district.zhou, sheet_id, 4, largest, NOON).new


def test_evidence_needs_an_item_that_exists_and_a_sheet_that_is_open(district: District) -> None:
    sheet_id = district.hand_out()
    with pytest.raises(NoSuchItem):
        district.act(attaching.attach, district.zhou, sheet_id, 24, PHOTO, NOON)
    with pytest.raises(SheetSubmitted):
        district.act(attaching.attach, district.zhou, district.submitted("月塘街道"), 4, PHOTO, NOON)
    assert district.sees(sheet_id).evidence == {}
