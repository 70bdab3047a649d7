"""Which of several processes on one PostgreSQL leads, how many there are, and whose turn it is.

All by advisory locks. They belong to a session, so that a process that dies lets go of them at once: the leader's
and the count's to a connection of their own, outside the pool; a turn's to the transaction. An SQLite file has one
process, which always leads.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from core.store.engine import Database, DatabaseError, Db

# Numbers of our own: the first names this program among all that lock in this database.
_HONGQI = 190_620_131
_LEADER, _PRESENT, _TURN = 1, 2, 3

_MINE = text(
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    " AND classid = :room AND objid = :seat)"
)
_COUNT = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :room AND objid = :seat"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
# A leader whose machine lost its network is known to be gone within half a minute, not after hours.
_ALIVE = ("SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 3")
_CONNECT_SECONDS = 10


class Leadership:
    """This process's seat among those on one database. Used by one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._engine = None if database.is_ours_alone else _own_engine(database)
        self._session: Connection | None = None

    def gain(self) -> bool:
        """Lead if nobody else does; True when this process leads, from now on or already."""
        return self._ask(_try_to_lead)

    def holds(self) -> bool:
        """Whether this process still leads. What the database does not confirm is lost."""
        return self._ask(lambda session: bool(session.scalar(_MINE, {"room": _HONGQI, "seat": _LEADER})))

    def present(self) -> int:
        """How many processes are there, this one included."""
        found = 1

        def count(session: Connection) -> bool:
            nonlocal found
            found = session.execute(_COUNT, {"room": _HONGQI, "seat": _PRESENT}).scalar_one()
            return True

        self._ask(count)
        return max(1, found)

    def resign(self) -> None:
        """Leave the seat and the count."""
        if self._session is not None:
            self._session.close()
            self._session = None
        if self._engine is not None:
            self._engine.dispose()

    def _ask(self, question: Callable[[Connection], bool]) -> bool:
        if self._engine is None:
            return True
        try:
            if self._session is None:
                self._session = _sat_down(self._engine)
            return question(self._session)
        except DatabaseError:
            # The session is gone, and with it whatever it held.
            self._session = None
            return False


def take_turn(db: Db) -> None:
    """Until this transaction ends no other process is at its beat: what one carried out the next finds done."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:room, :seat)"), {"room": _HONGQI, "seat": _TURN})


def _own_engine(database: Database) -> Engine:
    settings = {"connect_timeout": _CONNECT_SECONDS}
    return create_engine(database.engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=settings)


def _sat_down(engine: Engine) -> Connection:
    session = engine.connect()
    for setting in _ALIVE:
        session.exec_driver_sql(setting)
    session.execute(text("SELECT pg_advisory_lock_shared(:room, :seat)"), {"room": _HONGQI, "seat": _PRESENT})
    return session


def _try_to_lead(session: Connection) -> bool:
    where = {"room": _HONGQI, "seat": _LEADER}
    # Not again where it holds the seat: a session's lock counts how often it was taken.
    return bool(session.scalar(_MINE, where)) or bool(
        session.scalar(text("SELECT pg_try_advisory_lock(:room, :seat)"), where)
    )
