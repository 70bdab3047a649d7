"""Who leads: one session among many, until it lets go or dies; alone on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from databases import Server, opened
from sqlalchemy import text

from core.store.engine import Database
from core.store.leadership import Leadership, take_turn


@pytest.fixture
def shared(postgresql: Server) -> Iterator[Database]:
    with opened(postgresql.empty()) as database:
        yield database


def dies(database: Database, leader: Leadership) -> None:
    """The database sees the end of the leader's session."""
    session = leader._session
    assert session is not None
    pid = session.scalar(text("SELECT pg_backend_pid()"))
    with database.transaction() as db:
        db.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_the_one_process_of_a_file_leads(sqlite: Database) -> None:
    alone = Leadership(sqlite)
    assert alone.gain()
    assert alone.holds()
    assert alone.present() == 1
    alone.resign()
    with sqlite.transaction() as db:
        take_turn(db)


def test_one_of_several_leads_until_it_resigns(shared: Database) -> None:
    first, second = Leadership(shared), Leadership(shared)
    assert first.gain()
    assert first.gain()
    assert not second.gain()
    assert (first.holds(), second.holds()) == (True, False)
    assert (first.present(), second.present()) == (2, 2)
    first.resign()
    assert second.gain()
    assert second.present() == 1
    second.resign()


def test_a_leader_whose_session_died_knows_it_and_another_takes_over(shared: Database) -> None:
    first, second = Leadership(shared), Leadership(shared)
    assert first.gain()
    dies(shared, first)
    assert not first.holds()
    assert second.gain()
    assert not first.gain()
    assert first.present() == 2
    for each in (first, second):
        each.resign()


def test_a_database_that_is_gone_gives_nobody_the_lead(shared: Database) -> None:
    leader = Leadership(shared)
    assert leader.gain()
    dies(shared, leader)
    assert leader.present() == 1
    leader.resign()


def test_turns_are_taken_one_after_the_other(shared: Database) -> None:
    order: list[str] = []

    def beat() -> None:
        with shared.transaction() as db:
            take_turn(db)
            order.append("second")

    with shared.transaction() as db:
        take_turn(db)
        waiting = Thread(target=beat)
        waiting.start()
        _waits(shared)
        order.append("first")
    waiting.join(20)
    assert order == ["first", "second"]


def _waits(database: Database) -> None:
    """Until somebody waits for an advisory lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _ in range(2000):
        with database.transaction() as db:
            if db.scalar(waiting):
                return
            db.execute(text("SELECT pg_sleep(0.01)"))
    raise AssertionError("nobody waits")
