"""A district's plan as the office changed it: which firings are due, which were skipped, which come at another time.

A change whose day the schedule does not name any more is void. What was claimed is never due again, whatever the
calendar says of its day meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from core.actions.door import Moment
from core.actions.firing import Firing
from core.policy_schedules import Nudge, Schedule
from core.scheduler.fire_times import firing_on, firings_ahead, nudge_firings
from core.store import calendar_days, occurrences, reschedulings
from core.store.engine import Db
from core.store.reschedulings import Change
from core.store.rounds import RoundRecord
from core.workdays import Overrides


@dataclass(frozen=True, slots=True)
class Diary:
    """What the plan of a district is read by: its clock, its table of days, and the changes that wait (by schedule)."""

    district_id: int
    zone: tzinfo
    overrides: Overrides
    waiting: Mapping[str, Mapping[str, Change]]

    def due(self, db: Db, schedule: Schedule, at: Moment) -> list[Firing]:
        """The firings of a schedule that are to be carried out now, the earliest first; skipped ones are claimed."""
        since = occurrences.read_until(db, self.district_id, schedule.id)
        fired = [] if since is None else firings_ahead(schedule, self.zone, since, at.now, self.overrides)
        changed = self.waiting.get(schedule.id, {})
        return self._sorted_out(
            db, schedule.id, fired, changed, lambda it: firing_on(schedule, self.zone, it.day, self.overrides), at
        )

    def due_nudges(self, db: Db, nudge: Nudge, record: RoundRecord, at: Moment) -> list[Firing]:
        """The same of a reminder to the raters of an open round."""
        since = occurrences.read_until(db, self.district_id, nudge.id)
        planned = {each.key: each for each in nudge_firings(nudge, self.zone, record.id, record.closes_at)}
        fired = [each for each in planned.values() if since is not None and since < each.fire_at <= at.now]
        changed = {key: each for key, each in self.waiting.get(nudge.id, {}).items() if key in planned}
        return self._sorted_out(db, nudge.id, fired, changed, lambda it: planned[it.key], at)

    def set_read(self, db: Db, schedule: str, at: Moment) -> None:
        """Everything up to now is claimed. A schedule that was never read starts now: nothing is owed for the past."""
        since = occurrences.read_until(db, self.district_id, schedule)
        # A clock that went back forgets nothing.
        if since is None or since < at.now:
            occurrences.set_read_until(db, self.district_id, schedule, at.now)

    def _sorted_out(
        self,
        db: Db,
        schedule: str,
        fired: Iterable[Firing],
        changed: Mapping[str, Change],
        plan: Callable[[Change], Firing | None],
        at: Moment,
    ) -> list[Firing]:
        due = [each for each in fired if each.key not in changed]
        if due:
            claimed = occurrences.claimed(db, self.district_id, schedule, [each.key for each in due])
            due = [each for each in due if each.key not in claimed]
        for change in changed.values():
            own = plan(change)
            if own is None:
                continue
            if change.fire_at is None:
                if own.fire_at <= at.now:
                    occurrences.skip(db, self.district_id, schedule, own.key, own.fire_at, at.now)
            elif change.fire_at <= at.now:
                due.append(replace(own, fire_at=change.fire_at))
        return sorted(due, key=lambda each: each.fire_at)


def read_diary(db: Db, district_id: int, zone: tzinfo) -> Diary:
    """The diary of a district as it stands."""
    waiting: dict[str, dict[str, Change]] = {}
    for change in reschedulings.waiting(db, district_id):
        waiting.setdefault(change.schedule, {})[change.key] = change
    return Diary(district_id, zone, calendar_days.overrides(db, district_id), waiting)
