"""Two officers of one township at one sheet at the same moment: the last mark of each item stands, none is lost.

On PostgreSQL they tap from two processes, as two bots would; on SQLite, which one process owns, from two threads.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from threading import Barrier

from databases import Server, opened
from district import LONG_AGO, NOON, District, found_district, shipped_rules
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from townships import departments

from core.actions import marking
from core.people import Actor, Role
from core.store import people
from core.store.engine import Database, Db

INTERLEAVINGS = 500
Tap = tuple[int, int]
"""Item and points (hundredths)."""

RUBRIC = shipped_rules("department").rubric


def second_officer(district: District) -> Actor:
    """Another officer of 仙庾镇."""

    def add(db: Db) -> Actor:
        person = people.add_person(db, district.id, "刘二", 889123, "zh")
        people.appoint(db, person, Role.OFFICER, district.units["仙庾镇"], LONG_AGO)
        return people.actors(db, [889123], NOON.today)[889123]

    return district.act(add)


def tap_all(database: Database, actor: Actor, sheet_id: int, taps: Sequence[Tap]) -> None:
    """Tap after tap, each a transaction of its own."""
    for item, points in taps:
        with database.transaction() as db:
            marking.set_mark_with_reason(db, actor, sheet_id, item, points, f"{actor.name}{points}", NOON)


@st.composite
def _tap(draw: st.DrawFn) -> Tap:
    item = draw(st.integers(1, 3))
    return item, 50 * draw(st.integers(0, RUBRIC.item(item).max_points // 50 - 1))


TAPS = st.lists(_tap(), min_size=3, max_size=3)
"""A few taps on few items, so that they meet."""


def interleaved(play: Callable[[list[list[Tap]]], object]) -> None:
    """Let two officers tap together, again and again."""
    played = 0

    @settings(max_examples=INTERLEAVINGS, deadline=None, database=None, phases=[Phase.generate])
    @given(st.tuples(TAPS, TAPS))
    def together(told: tuple[list[Tap], list[Tap]]) -> None:
        nonlocal played
        played += 1
        play(list(told))

    together()
    assert played == INTERLEAVINGS


def officer(url: str, actor: Actor, sheet_id: int, orders: Connection) -> None:
    """A process of its own: taps what it is told, and says when it is done."""
    with opened(url) as database:
        while taps := orders.recv():
            tap_all(database, actor, sheet_id, taps)
            orders.send(len(taps))


def check_marks(district: District, sheet_id: int, told: list[list[Tap]]) -> None:
    """Of each item that was tapped, the mark that stands is the last one of one of the two."""
    marks = district.sees(sheet_id, rater="liu").sheet.marks
    ends = [dict(taps) for taps in told]
    for item in {item for taps in ends for item in taps}:
        assert marks[item].points in {taps[item] for taps in ends if item in taps}


def check_chain(district: District, sheet_id: int) -> None:
    """The chain is whole, holds every tap that changed something, and ends with the marks that stand."""
    chain = [json.loads(entry["body"]) for entry in district.chain(sheet_id) if entry["act"] == "mark"]
    last = {entry["item"]: (entry["new"], entry["new_reason"]) for entry in chain}
    marks = district.sees(sheet_id, rater="liu").sheet.marks
    assert {item: (mark.points, mark.reason) for item, mark in marks.items()} == last
    before: dict[int, int] = {}
    for entry in chain:
        # Each act saw the mark that the act before it had set: nobody wrote over what they had not seen.
        assert entry["old"] == before.get(entry["item"])
        before[entry["item"]] = entry["new"]


def test_two_processes_on_postgresql_lose_nothing(postgresql: Server) -> None:
    url = postgresql.migrated()
    with opened(url) as database:
        district = found_district(database)
        sheet_id = departments(district, "甲局")[0]
        actors = [district.liu, second_officer(district)]
        context = multiprocessing.get_context("spawn")
        pipes = [context.Pipe() for _ in actors]
        processes = [
            context.Process(target=officer, args=(url, actor, sheet_id, end), daemon=True)
            for actor, (_, end) in zip(actors, pipes, strict=True)
        ]
        for process in processes:
            process.start()

        def play(told: list[list[Tap]]) -> None:
            for (ours, _), taps in zip(pipes, told, strict=True):
                ours.send(taps)
            assert [ours.recv() for ours, _ in pipes] == [3, 3]
            check_marks(district, sheet_id, told)

        try:
            interleaved(play)
            check_chain(district, sheet_id)
        finally:
            for ours, _ in pipes:
                ours.send(None)
            for process in processes:
                process.join(20)
        assert [process.exitcode for process in processes] == [0, 0]


def test_two_threads_on_sqlite_lose_nothing(district: District) -> None:
    sheet_id = departments(district, "甲局")[0]
    actors = [district.liu, second_officer(district)]
    begin = Barrier(len(actors))

    def together(actor: Actor, taps: list[Tap]) -> None:
        begin.wait()
        tap_all(district.database, actor, sheet_id, taps)

    with ThreadPoolExecutor(len(actors)) as pool:

        def play(told: list[list[Tap]]) -> None:
            list(pool.map(together, actors, told))
            check_marks(district, sheet_id, told)

        interleaved(play)
    check_chain(district, sheet_id)
