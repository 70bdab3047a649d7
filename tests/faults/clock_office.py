"""The office in which clock and outbox are modelled: a district on a file of its own, words without pictures."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from district import GROUP, District, found_district, moment
from inviting_office import ready
from roster_rows import assign
from sqlalchemy import event

from bot.bulletin_posts import POSTS
from bot.posting import Wrapped
from bot.screens.bulletins import bulletin_screen
from bot.wrapping import Wrapping
from core.actions import district as deeds
from core.actions.bulletins import bulletin_of
from core.store.engine import open_database
from core.store.migrate import upgrade
from core.store.outbox import Parcel

START = moment("2013-06-19 15:00")


class Unpainted(Wrapping):
    """Words what is sent, and draws nothing: pictures have tests of their own."""

    async def wrap(self, parcel: Parcel) -> Wrapped:
        """The words of every post, also of what would be a picture or a paper."""
        view = json.loads(parcel.view)
        if view["name"] not in POSTS:
            return await super().wrap(parcel)
        bulletin = await self._transactions.read(bulletin_of, parcel.district_id, view["ranking"], view)
        return Wrapped(bulletin_screen(self._phrases, parcel.language, bulletin, parcel.id, late=view["late"]))


@cache
def office_file() -> tuple[bytes, District]:
    """A district with a bound group, whose round of June is open and partly handed in. Making it takes long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hongqi.db"
        database = open_database(f"sqlite:///{path}")
        upgrade(database)
        office = ready(found_district(database))
        office.act(deeds.bind_group, office.tang, GROUP, None, is_group=True)
        for rater, unit in (("zhou", "仙庾镇"), ("luo", "月塘街道")):
            assign(office, rater, unit)
            office.submitted(unit, {4: 150} if rater == "luo" else None, rater=rater, at=START)
        database.close()
        return path.read_bytes(), office


def office_in(folder: Path) -> District:
    """The office on a file of one's own. Kills are of a process, not of power: nothing needs to reach the disk."""
    content, office = office_file()
    path = folder / "hongqi.db"
    path.write_bytes(content)
    database = open_database(f"sqlite:///{path}")
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return replace(office, database=database)
