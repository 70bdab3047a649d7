"""The policy's clock, written down a second time by hand, and what an outage leaves of it by the words of the policy.

Nothing here asks `core`: what it says is compared with what `core.scheduler` did. Times are Shanghai's, where no clock
was ever changed in these years; working days move nothing, because no schedule that ships is moved by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORTH = timedelta(hours=12)
"""A reminder is worth sending so long after its time."""
QUIET_FROM, QUIET_UNTIL = time(20), time(7, 30)

OPENS = {"monthly-open": time(8), "quarterly-open": time(8), "annual-open": time(8)}
RANKS = "monthly-ranking"
RANKINGS = {RANKS, "quarterly-ranking", "half-year-summary", "annual-ranking"}
NUDGES = "quarterly-nudge"


@dataclass(frozen=True, slots=True, order=True)
class Firing:
    """One firing by hand; the earliest come first."""

    at: datetime
    schedule: str
    key: str


def at(day: date, hour: time) -> datetime:
    """A moment of Shanghai's clock, in UTC."""
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)


def is_quiet(moment: datetime) -> bool:
    """Whether nobody may be written to."""
    hour = moment.astimezone(SHANGHAI).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def arrives(moment: datetime) -> datetime:
    """When somebody who is written to now reads it."""
    if not is_quiet(moment):
        return moment
    local = moment.astimezone(SHANGHAI)
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return at(day, QUIET_UNTIL)


def rankings_of(day: date) -> Iterator[Firing]:
    """What is due to be ranked on a day."""
    before = day - timedelta(days=1)
    if day.day == 1:
        yield Firing(at(day, time(9)), RANKS, f"{before:%Y-%m}")
    if day.day == 1 and day.month in {1, 4, 7, 10}:
        yield Firing(at(day, time(9)), "quarterly-ranking", f"{before.year}-Q{before.month // 3}")
    if (day.month, day.day) == (7, 1):
        yield Firing(at(day, time(10)), "half-year-summary", f"{day.year}-H1")
    if (day.month, day.day) == (1, 16):
        yield Firing(at(day, time(9)), "annual-ranking", f"{day.year - 1}")


def firings_of(day: date) -> Iterator[Firing]:
    """What fires on a day, for the whole district."""
    yield from rankings_of(day)
    named = day.isoformat()
    yield Firing(at(day, time(8, 30)), "digest", named)
    if day.day == 26:
        yield Firing(at(day, time(9)), "report-reminder", named)
        yield Firing(at(day, time(16)), "report-chase", named)
    if day.day in {8, 9}:
        yield Firing(at(day, time(8)), "workday-reminder", named)
        yield Firing(at(day, time(17)), "workday-chase", named)
    if day.isoweekday() == 5:
        yield Firing(at(day, time(15)), "briefing-chase", named)
    if day.day == 1:
        yield Firing(at(day, OPENS["monthly-open"]), "monthly-open", named)
    if day.day == 20 and day.month in {3, 6, 9, 12}:
        yield Firing(at(day, OPENS["quarterly-open"]), "quarterly-open", named)
    if (day.month, day.day) == (1, 5):
        yield Firing(at(day, OPENS["annual-open"]), "annual-open", named)
    if day.month in {11, 12} and day.day in {1, 15}:
        yield Firing(at(day, time(9)), "holiday-warning", named)


def firings_between(after: datetime, until: datetime) -> list[Firing]:
    """What fires in (after, until], the earliest first."""
    day, last = after.astimezone(SHANGHAI).date(), until.astimezone(SHANGHAI).date()
    days = [day + timedelta(days=number) for number in range((last - day).days + 1)]
    return sorted(each for day in days for each in firings_of(day) if after < each.at <= until)


def nudges_of(round_id: int, quarter: str) -> list[Firing]:
    """What reminds the raters of a quarter's round: three days and one before its last day."""
    year, number = int(quarter[:4]), int(quarter[-1])
    last = date(year + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)
    days = [last - timedelta(days=before) for before in (3, 1)]
    return [Firing(at(day, time(9)), NUDGES, f"{round_id}:{day.isoformat()}") for day in days]


def closes_at(quarter: str) -> datetime:
    """When the rounds of a quarter end."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return at(date(year + number // 4, number % 4 * 3 + 1, 1), time())


@dataclass
class Expected:
    """What must have come of the beats so far: every firing's outcome, and which ones the office heard were missed."""

    read: datetime | None = None
    outcomes: dict[tuple[str, str], str] = field(default_factory=dict)
    worth_until: dict[str, datetime] = field(default_factory=dict)
    """Until when what reminds is worth sending, by what its messages are marked with."""
    told: list[set[tuple[str, datetime]]] = field(default_factory=list)

    def beats(self, now: datetime, rounds: Mapping[int, str]) -> None:
        """A beat that was committed at this moment; `rounds` are those of quarters that are there after it."""
        if self.read is not None and self.read < now:
            self._read(firings_between(self.read, now), now)
            for round_id, quarter in rounds.items():
                if now < closes_at(quarter):
                    due = [each for each in nudges_of(round_id, quarter) if self.read < each.at <= now]
                    # The others are lost silently: a round's end is nothing to hear of when it is over.
                    self._set(due[-1:], now)
        self.read = now if self.read is None else max(self.read, now)

    def _read(self, due: list[Firing], now: datetime) -> None:
        missed: set[tuple[str, datetime]] = set()
        for schedule in {each.schedule for each in due}:
            mine = [each for each in due if each.schedule == schedule]
            if schedule in OPENS or schedule in RANKINGS:
                self.outcomes |= {(schedule, each.key): "done" for each in mine}
                continue
            done = self._set(mine[-1:], now)
            for each in mine:
                if each not in done:
                    self.outcomes[schedule, each.key] = "missed"
                    missed |= {(schedule, each.at)} if schedule != "digest" else set()
        if missed:
            self.told.append(missed)

    def _set(self, newest: list[Firing], now: datetime) -> list[Firing]:
        done = [each for each in newest if each.at >= arrives(now) - WORTH]
        self.outcomes |= {(each.schedule, each.key): "done" for each in done}
        self.worth_until |= {f"{each.schedule}:{each.key}": each.at + WORTH for each in done}
        return done
