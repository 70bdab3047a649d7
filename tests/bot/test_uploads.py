"""Workbooks are fetched, read and applied in spite of trouble, and told of once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import LUO, TANG, ZHOU, demo_rows
from snapshot_samples import PHRASES
from telegram.error import BadRequest, NetworkError
from upload_office import BODY, Files, Office, workbook

from bot.buttons.uploads import DropUpload, ShowUpload
from bot.letters import LETTERS
from bot.screens.screen import Key, Screen
from bot.wording import WORDED, worded
from core.actions import uploading
from core.errors import FileTooBig, NoSuchUpload, PreviewChanged, UploadOver
from core.permissions import Right


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with demo_rows(tmp_path) as rows:
        yield Office(rows, tmp_path)


def test_a_workbook_is_read_shown_and_applied_once(office: Office) -> None:
    office.sends(TANG)
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    assert office.letters() == ["唐文静: what it says 0 0"]
    office.confirms(TANG)
    with pytest.raises(UploadOver):
        office.confirms(TANG)
    files = Files(b"")
    office.works(files, "applied")
    assert office.reader.applied == [BODY]
    assert office.letters()[1:] == ["done: what it says"]
    assert [call["text"] for call in files.made("editMessageText")] == ["正在导入…25%", "正在导入…50%", "正在导入…75%"]
    assert office.rows.all("SELECT count(*) FROM upload") == [(1,)]
    assert office.reported.is_set()


def test_progress_that_cannot_be_shown_holds_nothing_up(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    office.confirms(TANG)
    office.works(Files(b"", BadRequest("message to edit not found")), "applied")
    assert office.reader.applied == [BODY]


def test_what_changed_since_the_preview_is_shown_anew(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    for time in (1, 2):
        office.reader.refuses = [PreviewChanged()]
        office.confirms(TANG)
        office.works(Files(b""), "read")
        assert len(office.letters()) == 1 + time
    assert "请看新的预览" in office.letters()[-1]
    assert office.letters()[-1].endswith("唐文静: what it says 0 0")
    assert office.reader.applied == []


def test_a_preview_that_is_refused_by_now_ends_it(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    office.reader.refuses, office.reader.refuses_preview = [PreviewChanged()], UploadOver("名册.xlsx", "refused")
    office.confirms(TANG)
    office.works(Files(b""), "refused")
    assert "没有收下" in office.letters()[-1]


def test_problems_are_told_and_nothing_waits(office: Office) -> None:
    office.reader.problems = Screen("12 problems")
    office.sends(TANG)
    office.works(Files(workbook("roster")), "refused")
    assert office.letters() == ["12 problems"]
    assert office.rows.all("SELECT kind, body FROM upload") == [("roster", BODY)]


def test_who_may_not_is_refused_before_it_is_read_and_when_it_is_applied(office: Office) -> None:
    office.sends(LUO)
    office.rows.change("DELETE FROM screen")
    office.works(Files(workbook("roster")), "refused")
    assert office.letters()[0].startswith("您的身份不能办理")
    office.sends(TANG, 2)
    office.works(Files(workbook("roster")), "read")
    office.confirms(TANG, 2)
    office.readers = {"roster": office.reader.entry(Right.SCORE)}
    office.works(Files(b""), "refused")
    assert office.reader.applied == []


def test_a_connection_that_fails_is_tried_again_later(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster"), NetworkError("gone")))
    assert office.rows.all("SELECT state, attempts FROM upload") == [("owed", 1)]
    office.clock.passes(seconds=5)
    office.works(Files(workbook("roster")), "read")


def test_a_file_that_is_gone_or_trips_its_reader_is_said_to_be_so(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(b"", BadRequest("file is too old")), "refused")
    office.sends(TANG, 2)
    office.works(Files(b"no workbook"), "refused")
    office.sends(TANG, 3)
    office.reader.trips = True
    office.works(Files(workbook("roster")), "refused")
    gone, damaged, tripped = office.letters()
    assert "取不到" in gone
    assert "不是能读的 .xlsx" in damaged
    assert tripped == damaged


def test_a_workbook_of_somebody_elses_making_is_evidence_or_refused(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook()), "refused")
    assert "不是本机器人发出的" in office.letters()[0]
    office.rows.change(
        "INSERT OR REPLACE INTO screen SELECT telegram_id, min(sheet.id), 4, 5, 0 FROM sheet"
        " JOIN person ON person.id = rater_person_id WHERE state = 'open' AND telegram_id = ?",
        ZHOU,
    )
    for message, content in ((2, workbook("roster of another program")), (3, b"an old .xls")):
        office.sends(ZHOU, message)
        office.works(Files(content), "applied")
    assert office.rows.all("SELECT kind FROM upload WHERE state = 'applied'") == [("evidence",)] * 2
    assert "第4条：已收到2件" in office.letters()[2]


def test_who_holds_no_role_any_more_is_told_nothing(office: Office) -> None:
    office.sends(TANG)
    office.rows.change("UPDATE appointment SET ends_on = '2013-06-24'")
    office.works(Files(workbook("roster")), "dropped")
    assert office.letters() == []


def test_a_file_that_is_too_large_is_refused_at_once(office: Office) -> None:
    with pytest.raises(FileTooBig):
        office.sends(TANG, size=21 * 1024 * 1024)


def test_a_workbook_is_its_senders_and_can_be_put_aside(office: Office) -> None:
    office.sends(TANG)
    office.works(Files(workbook("roster")), "read")
    for upload, telegram_id in ((1, ZHOU), (99, TANG)):
        with pytest.raises(NoSuchUpload):
            office.confirms(telegram_id, upload)
    office.rows.act(uploading.put_aside, office.actor(TANG), 1)
    assert office.state() == "dropped"
    with pytest.raises(UploadOver):
        office.rows.act(uploading.put_aside, office.actor(TANG), 1)


def test_a_worded_letter_keeps_its_buttons_and_leaves_out_those_of_an_older_version() -> None:
    screen = Screen("<b>甲</b>", ((Key("放弃", DropUpload(3)), Key("单位", ShowUpload(3, 1, 0))),))
    view = json.loads(worded(screen))
    assert LETTERS[WORDED].screen(PHRASES, "zh", view, None) == screen
    view["rows"][0][0][1] = "zz:1"
    assert LETTERS[WORDED].screen(PHRASES, "zh", view, None).rows == (screen.rows[0][1:],)
