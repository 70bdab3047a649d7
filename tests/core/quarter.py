"""A quarter of townships that was assessed and ranked: what objections, corrections and explanations are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from district import LONG_AGO, SHANGHAI, District, moment, shipped_rules
from inviting_office import ready
from sqlalchemy import select

from core.actions import publishing, rounds
from core.actions.door import Moment
from core.actions.ranking_inputs import of_period
from core.people import Actor, Role
from core.periods import Period
from core.snapshots import Question
from core.store import audit_log, people, rankings, units
from core.store.engine import Db
from core.store.rankings import RankingRecord
from core.store.tables import Outbox, table_of

FIRST, SECOND, THIRD = (Period.parse(f"2013-Q{number}") for number in (1, 2, 3))
COMPUTED = moment("2013-04-01 09:00")
"""When the first quarter is ranked: a Monday; 清明 lies between it and the end of its 公示."""
DURING, AFTER = moment("2013-04-02 10:00"), moment("2013-04-12 09:00")
"""While objections can be raised, and when the time for them is over."""
LOST = {"仙庾镇": {4: 0, 5: 0}, "月塘街道": {4: 100}, "明照乡": {}, "金山街道": {5: 100}}
"""What each township loses if nothing else is said: 仙庾镇 is last."""


@dataclass(frozen=True)
class Quarter:
    """A round of a quarter with a sheet of 周建国's for every township."""

    district: District
    period: Period
    round_id: int
    sheets: Mapping[str, int]

    def publish(self, at: Moment) -> RankingRecord:
        """Rank it, and publish that."""

        def act(db: Db) -> RankingRecord:
            found = units.district(db, self.district.id)
            inputs = of_period(db, self.district.id, self.period, "township", at)
            return publishing.publish(db, found, inputs, at)

        return self.district.act(act)

    def newest(self) -> RankingRecord:
        """The newest version of its ranking."""
        found = self.district.act(rankings.newest, self.district.id, str(self.period), "township")
        assert found is not None
        return found

    def finalises(self, at: Moment) -> str:
        """What a beat of the clock makes of its ranking: the state of the newest version."""

        def act(db: Db) -> None:
            found = units.district(db, self.district.id)
            publishing.finalise_due(db, found, shipped_rules().policy, at)

        self.district.act(act)
        return self.newest().state

    def acts(self) -> list[str]:
        """The names of the acts on its round."""
        links = self.district.act(audit_log.links, f"round:{self.round_id}")
        return [str(link.entry["act"]) for link in links]


def four_townships(district: District) -> District:
    """The district with a policy in force and a fourth township, so that somebody can be last."""
    fourth = district.act(units.add_unit, district.id, "金山街道", "township", "金山街道", "金山", LONG_AGO)
    ready(district)
    return replace(district, units={**district.units, "金山街道": fourth})


def assessed(district: District, period: Period, lost: Mapping[str, Mapping[int, int]] = LOST) -> Quarter:
    """A quarter whose round is over, its sheets handed in on its last but one day."""
    begin, end = moment(f"{period.last_day.replace(day=20)} 08:00"), period.ends_at(SHANGHAI)
    round_id = district.act(rounds.open_round, district.id, period, "township", shipped_rules(), begin.now, end)
    there = replace(district, round_id=round_id)
    at = moment(f"{period.last_day.replace(day=29)} 10:00")
    return Quarter(district, period, there.round_id, {unit: there.submitted(unit, lost[unit], at=at) for unit in lost})


def appointed(district: District, name: str, telegram_id: int, role: Role, unit: str | None) -> Actor:
    """Somebody more, in office since ever."""
    person = district.act(people.add_person, district.id, name, telegram_id, "zh")
    district.act(people.appoint, person, role, None if unit is None else district.units[unit], LONG_AGO)
    return district.act(people.actors, [telegram_id], DURING.today)[telegram_id]


def question(prompt_id: int, kind: str, about: str) -> Question:
    """A question of the bot, as it comes back from its prompt."""
    return Question(prompt_id, kind, about)


def letters(district: District, name: str) -> list[int]:
    """The chats that are owed a letter of this name, in the order in which it was written."""
    table = table_of(Outbox)
    rows = district.act(lambda db: db.execute(select(table).order_by(table.c.id)).all())
    return [row.chat_id for row in rows if f'"name": "{name}"' in row.view]
