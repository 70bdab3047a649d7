"""Databases and districts for the tests of core's rooms that write."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bulletin_office
import pytest
from clock_hand import ticks
from databases import Server, migrated_file, newest_postgresql, opened, running_postgresql
from district import LONG_AGO, NOON, District, found_district
from hypothesis import HealthCheck, settings
from inviting_office import ready
from kept_district import tell

from core.store import units
from core.store.engine import Database

# No example fails because the machine is busy.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows; copy it."""
    return migrated_file(tmp_path_factory.mktemp("migrated") / "hongqi.db")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A private PostgreSQL server."""
    pytest.importorskip("psycopg", reason="the extra [postgresql] is not installed")
    programs = newest_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here")
    with running_postgresql(programs) as server:
        yield server


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty SQLite database."""
    path = shutil.copy(migrated_sqlite, tmp_path / "hongqi.db")
    with opened(f"sqlite:///{path}") as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database of each kind: for what the databases might do differently."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    server: Server = request.getfixturevalue("postgresql")
    with opened(server.migrated()) as database:
        yield database


@pytest.fixture
def district(sqlite: Database) -> District:
    """The district of `district.py` on SQLite."""
    return found_district(sqlite)


@pytest.fixture
def either_district(either: Database) -> District:
    """The same district on each kind of database."""
    return found_district(either)


@pytest.fixture
def office(district: District) -> District:
    """A district with a policy in force."""
    return ready(district)


@pytest.fixture
def either_office(either_district: District) -> District:
    """The same on both databases."""
    return ready(either_district)


@pytest.fixture
def running(office: District) -> District:
    """An office whose clock was read at noon of 24 June."""
    ticks(office, NOON)
    return office


@pytest.fixture
def either_running(either_office: District) -> District:
    """The same on both databases."""
    ticks(either_office, NOON)
    return either_office


@pytest.fixture
def five(district: District) -> District:
    """The office of bulletins, with five townships."""
    return bulletin_office.office(district)


@pytest.fixture
def either_five(either_district: District) -> District:
    """The same on both databases."""
    return bulletin_office.office(either_district)


@pytest.fixture(scope="session")
def told(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story of `kept_district` on an SQLite file; copy it."""
    path = tmp_path_factory.mktemp("told") / "hongqi.db"
    shutil.copy(migrated_sqlite, path)
    with opened(f"sqlite:///{path}") as database:
        tell(ready(found_district(database)))
    return path


@pytest.fixture
def kept(told: Path, tmp_path: Path) -> Iterator[Database]:
    """The same, to tamper with."""
    path = shutil.copy(told, tmp_path / "kept.db")
    with opened(f"sqlite:///{path}") as database:
        yield database


@pytest.fixture
def four(office: District) -> District:
    """An office with a fourth township."""
    name = "桂花街道"
    added = office.act(units.add_unit, office.id, name, "township", name, name, LONG_AGO)
    return replace(office, units={**office.units, name: added})
