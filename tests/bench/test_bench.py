"""The harness itself: its arithmetic on known numbers, its matching of screens, and one small run over real HTTP."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.buttons import unpack
from bot.buttons.sheets import SetMark

from .contenders import Bare
from .district import Hongqi
from .load import Load, answer_times, screen_times
from .measures import Numbers, Target, judged, medians, percentile, ratio
from .plan import ITEMS, Deed, OpenSheet, callback, deed, discrepancies, message_id, progress, query_id
from .reminders import most_within
from .server import parameters
from .trial import FIRST_PERSON, Setting, TrialFailed, trial

BARE = Bare("bare")
SHEETS = [OpenSheet(person, person * 10, (600,) * ITEMS) for person in (1, 2, 3)]
NUMBERS = Numbers(100.0, 0.1, 0.2, 0.3, 0.4, 0.002, 50, 2.0, 0.1, 0.9, 0.0)


class Hand:
    """A clock moved by hand, and a queue that only counts."""

    def __init__(self) -> None:
        self.time = 0.0
        self.pushed: list[str] = []

    def now(self) -> float:
        return self.time

    def push(self, _kind: str, body: str) -> None:
        self.pushed.append(body)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = [float(n) for n in range(100, 0, -1)]
    assert [percentile(hundred, p) for p in (0, 1, 50, 99, 100)] == [1, 1, 50, 99, 100]
    assert percentile([7.0], 99) == 7
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_medians_are_taken_field_by_field() -> None:
    slow = replace(NUMBERS, taps_per_second=10.0, peak_memory=90)
    fast = replace(NUMBERS, taps_per_second=300.0, peak_memory=60)
    assert medians([fast, slow, NUMBERS]) == replace(NUMBERS, peak_memory=60)


def test_targets_are_judged_at_their_round_trip_and_only_with_both_sides() -> None:
    speed = Target("taps_per_second", "bare", 0, 1.5)
    thrift = Target("cpu_per_tap", "bare", 0, 1.0, at_most=True)
    far = Target("taps_per_second", "bare", 50, 40)
    ours = replace(NUMBERS, taps_per_second=160.0, cpu_per_tap=0.003)
    found = judged({("hongqi", 0): ours, ("bare", 0): NUMBERS, ("hongqi", 50): ours}, "hongqi", [speed, thrift, far])
    assert found == [(speed, 1.6), (thrift, 1.5)]
    assert [target.reached(value) for target, value in found] == [True, False]
    assert not speed.reached(1.49)
    assert thrift.reached(1.0)
    assert ratio(NUMBERS, NUMBERS, "answer_p99") == 1


def test_taps_need_no_reason_and_differ() -> None:
    deeds = [deed(SHEETS[0], item) for item in range(1, ITEMS + 1)]
    assert {tap.points for tap in deeds} == {550, 600}
    assert all(tap.points * 5 >= 600 * 4 for tap in deeds)
    assert deed(OpenSheet(1, 1, (200, 200)), 2).points == 200


def test_a_screen_tells_how_many_taps_it_shows() -> None:
    assert progress("<b>仙庾镇</b> 14/23 ▓▓") == 14
    assert progress("14/230") is None
    assert progress("第14条 已保存") is None
    assert progress(callback(SHEETS[0], 5, BARE.pack).encode().decode("unicode_escape")) == 4


async def test_a_place_is_free_once_a_tap_is_answered_and_nobody_has_two() -> None:
    hand = Hand()
    load = Load(SHEETS, BARE.pack, hand.push, hand.now)
    running = _begin(load, 4, in_flight=2)
    assert len(hand.pushed) == 2
    assert load.answered(query_id(1, 1))
    assert len(hand.pushed) == 3
    assert not load.answered(query_id(1, 1)), "an answer counts once"
    assert not load.answered("nobody's")
    assert [tap.deed.person for tap in load.all_taps()] == [1, 2, 3]
    running()


async def test_the_newest_edit_covers_the_taps_before_it_and_none_after() -> None:
    hand = Hand()
    load = Load(SHEETS[:1], BARE.pack, hand.push, hand.now)
    running = _begin(load, 3, in_flight=1)
    for item in (1, 2, 3):
        hand.time = float(item)
        load.answered(query_id(1, item))
    hand.time = 10.0
    load.shown(1, message_id(1) + 1, "3/23")
    load.shown(1, message_id(1), "第3条 已保存")
    load.shown(4, message_id(1), "3/23")
    assert screen_times(load.all_taps()) == [], "another message, no item screen, a stranger's chat"
    load.shown(1, message_id(1), "2/23")
    hand.time = 12.0
    load.shown(1, message_id(1), "1/23")
    load.shown(1, message_id(1), "3/23")
    assert answer_times(load.all_taps()) == [1, 1, 1]
    assert screen_times(load.all_taps()) == [10, 9, 10]
    running()


def test_honesty_is_every_answered_mark_and_no_other() -> None:
    answered = [Deed(1, 10, 1, 600), Deed(1, 10, 1, 550), Deed(1, 10, 2, 600), Deed(1, 10, 3, 600)]
    assert discrepancies(answered, {(10, 1): 550, (10, 2): 600, (10, 3): 600}) == []
    found = discrepancies(answered, {(10, 1): 600, (10, 2): 600, (11, 1): 0})
    assert [line.partition(":")[0] for line in found] == ["sheet 10 item 3", "sheet 10 item 1", "sheet 11 item 1"]


def test_forms_and_json_are_read_alike() -> None:
    assert parameters(b"text=%E7%AC%AC+1&limit=100") == {"text": "第 1", "limit": "100"}
    assert parameters('{"text": "第 1", "limit": 100}'.encode()) == {"text": "第 1", "limit": "100"}
    assert parameters(b"") == {}


@pytest.mark.parametrize("concurrent_updates", [None, 256])
async def test_thirty_taps_over_http(concurrent_updates: int | None) -> None:
    numbers = await trial(Bare("bare", concurrent_updates), Setting(round_trip=4, taps=30, people=10, in_flight=5))
    assert numbers.taps_per_second > 0
    assert 0.004 <= numbers.answer_p50 <= numbers.answer_p99
    assert 0.006 <= numbers.screen_p50 <= numbers.screen_p99, "a screen of this bot needs three halves of a round trip"
    assert numbers.cpu_per_tap > 0
    assert numbers.peak_memory > 10 * 2**20
    assert 2 <= numbers.requests_per_tap < 5


@dataclass(frozen=True, slots=True)
class Forgetful(Bare):
    """Says that it stored every mark but the first person's first."""

    def stored(self, folder: Path) -> dict[tuple[int, int], int]:
        del folder
        taps = [deed(OpenSheet(0, sheet, (600,) * ITEMS), item) for sheet in range(1, 11) for item in (1, 2, 3)]
        return {(tap.sheet, tap.item): tap.points for tap in taps if (tap.sheet, tap.item) != (1, 1)}


async def test_a_bot_that_answers_what_it_did_not_store_is_found_out() -> None:
    with pytest.raises(TrialFailed, match="1 marks:\nsheet 1 item 1: answered, and not stored"):
        await trial(Forgetful("forgetful"), Setting(round_trip=0, taps=28, people=10, in_flight=5))


@dataclass(frozen=True, slots=True)
class Stillborn(Bare):
    """Ends before its first poll."""

    def command(self, folder: Path, base_url: str) -> tuple[list[str], dict[str, str]]:
        del folder, base_url
        return ["/bin/sh", "-c", "echo no token; exit 3"], {}


async def test_a_bot_that_does_not_start_is_reported_with_its_own_words() -> None:
    with pytest.raises(TrialFailed, match=r"stillborn: it ended with code 3 before its first poll\nno token"):
        await trial(Stillborn("stillborn"), Setting(round_trip=0, taps=30, people=10, in_flight=5))


def test_our_sheets_open_empty_and_their_marks_are_read_back(tmp_path: Path) -> None:
    ours = Hongqi()
    sheets = ours.prepare(tmp_path, [FIRST_PERSON, FIRST_PERSON + 1])
    assert [sheet.person for sheet in sheets] == [FIRST_PERSON, FIRST_PERSON + 1]
    assert [(len(sheet.maxima), sum(sheet.maxima)) for sheet in sheets] == [(ITEMS, 10_000)] * 2
    assert ours.stored(tmp_path) == {}
    with closing(sqlite3.connect(tmp_path / "bench.db")) as db, db:
        sheet, person = db.execute("SELECT id, rater_person_id FROM sheet ORDER BY id").fetchone()
        values = (sheet, 4, 150, 0, 0, person, "2013-03-20 00:00:00")
        columns = "sheet_id, item, points, not_applicable, bulk, person_id, marked_at"
        db.execute(f"INSERT INTO mark ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - a constant
    assert ours.stored(tmp_path) == {(sheets[0].key, 4): 150}


def test_our_taps_are_the_bots_own_buttons() -> None:
    assert unpack(Hongqi().pack(Deed(1, 10, 2, 550))) == SetMark(10, 2, 550)


def _begin(load: Load, count: int, in_flight: int) -> Callable[[], None]:
    """Start a phase without waiting for its end; call what is returned to let it go."""
    running = load.run(count, in_flight)
    running.send(None)
    return running.close


def test_the_busiest_second_is_found_wherever_it_begins() -> None:
    assert list(most_within([0.0, 0.5, 0.9, 1.0, 1.4, 5.0], 1.0)) == [3, 4, 3, 2, 1, 1]
