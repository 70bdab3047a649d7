"""Whatever happens to the bot, its clock and its network: what the clock owes comes as often as was promised.

The real scheduler, senders and words on a real file, with a fake Telegram and no time but a hand's. Every occurrence is
materialised once; a bulletin is posted at most once, and is there or asked about; a reminder comes at least once where
the chat allows, and at most twice. That is looked at after every step, and once more when all trouble is over.

The two outages that everybody asks about (down until the 26th at 11:00, down until the 27th) are told through the front
door in `tests/front/test_reminders.py`.
"""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from district import GROUP, SHANGHAI
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from faults import office_people
from faults.fake_telegram import Call, Fate, Point
from faults.fire_times_by_hand import RANKS, at, firings_between, is_quiet
from faults.harried_bot import CHATS, CHEN, DENG, LIU, LUO, TANG, ZHOU, End, HarriedBot

SHUTTING = (GROUP, ZHOU, LUO, LIU, CHEN, DENG)
"""Whose chats may be shut. Not the office's: nobody else could be told."""

GAPS = {True: 3.0, False: 1.0}
"""Seconds between two messages to a group, and to a person."""

REPORTS = ("report-reminder", "report-chase")
TROUBLES = (Fate.DROPPED, Fate.CUT, Fate.NOT_SENT, Fate.HELD)

ENDS: st.SearchStrategy[End] = st.one_of(st.none(), st.tuples(st.sampled_from(Point), st.integers(1, 5)))


class ClockAndOutbox(RuleBasedStateMachine):
    """The bot's clock and its senders, what may happen to them, and what must be true all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.bot = HarriedBot(Path(self._folder.name))

    # What happens.

    @initialize()
    def is_installed(self) -> None:
        """From here on the clock is read."""
        self.bot.lives(self.bot.beat())

    @rule(minutes=st.sampled_from([1, 20, 90, 300]), end=ENDS)
    def time_passes(self, minutes: int, end: End) -> None:
        """A while without a beat: the machine slept, or was busy."""
        self.bot.time.passes(minutes * 60)
        self.bot.goes_on(end)

    @rule(count=st.integers(1, 12), seconds=st.sampled_from([0, 0, 30, 7200]), end=ENDS)
    def comes_to_a_firing(self, count: int, seconds: int, end: End) -> None:
        """So many fire times later; mostly at once, as beats are frequent."""
        coming = firings_between(self.bot.time.now, self.bot.time.now + timedelta(days=60))
        self.bot.time.now = coming[count - 1].at + timedelta(seconds=seconds)
        self.bot.goes_on(end)

    @rule(days=st.integers(1, 45), hour=st.sampled_from([0, 8, 9, 12, 16, 21]), end=ENDS)
    def jumps_ahead(self, days: int, hour: int, end: End) -> None:
        """Down for days; the same as a clock that was wrong."""
        day = self.bot.time.now.astimezone(SHANGHAI).date() + timedelta(days=days)
        self.bot.time.now = at(day, time(hour, 5))
        self.bot.goes_on(end)

    @rule(end=ENDS)
    def is_put_back(self, end: End) -> None:
        """The machine's clock goes back by an hour."""
        self.bot.time.now -= timedelta(hours=1)
        self.bot.goes_on(end)

    @rule(first_beat=st.booleans())
    def is_restarted(self, first_beat: bool) -> None:
        """A start: the senders and the heartbeat begin at once, in either order."""
        self.bot.starts()
        self.bot.lives(self.bot.beat() if first_beat else self.bot.sends())

    @rule(
        chat=st.sampled_from(CHATS),
        fates=st.lists(st.sampled_from(TROUBLES), min_size=1, max_size=4),
        seconds=st.sampled_from([1, 40, 4000]),
    )
    def network_troubles(self, chat: int, fates: list[Fate], seconds: int) -> None:
        """The next calls for a chat go wrong."""
        for fate in fates:
            self.bot.telegram.will(chat, fate, seconds)

    @rule(chat=st.sampled_from(SHUTTING))
    def is_shut_out(self, chat: int) -> None:
        """Somebody blocks the bot; the group throws it out."""
        self.bot.telegram.shut.add(chat)

    @precondition(lambda self: self.bot.telegram.shut)
    @rule(data=st.data())
    def is_let_in(self, data: st.DataObject) -> None:
        """Somebody unblocks the bot, and writes to it."""
        chat = data.draw(st.sampled_from(sorted(self.bot.telegram.shut)))
        self.bot.telegram.shut.discard(chat)
        if chat != GROUP:
            office_people.writes_again(self.bot, chat)

    @rule(officer=st.sampled_from(["liu", "chen", "deng"]), duty=st.sampled_from(["report", "workday"]))
    def files(self, officer: str, duty: str) -> None:
        """An officer files what the bot would ask for first, if there is anything."""
        office_people.files(self.bot, officer, duty)

    @rule(officer=st.sampled_from(["liu", "chen"]), schedule=st.sampled_from(REPORTS), fate=st.sampled_from(TROUBLES))
    def files_before_the_reminder_arrives(self, officer: str, schedule: str, fate: Fate) -> None:
        """On the 26th the network holds the reminder up until its reader has filed, and is not well even then."""
        coming = firings_between(self.bot.time.now, self.bot.time.now + timedelta(days=40))
        self.bot.time.now = next(each.at for each in coming if each.schedule == schedule)
        self.bot.telegram.will(self.bot.office.people[officer].telegram_id, Fate.HELD, 4000)
        self.bot.goes_on(None)
        self.files(officer, "report")
        self.bot.telegram.will(self.bot.office.people[officer].telegram_id, fate, 60)
        self.bot.time.passes(4001)
        self.bot.goes_on(None)

    @rule()
    def admin_decides(self) -> None:
        """The admin looks into the group, and answers truthfully whatever they were asked."""
        office_people.admin_decides(self.bot)

    @precondition(lambda self: self.digests())
    @rule(data=st.data())
    def another_looked_too(self, data: st.DataObject) -> None:
        """A process that looked before the claim was committed carries the same firing out, too late."""
        office_people.another_looked_too(self.bot, date.fromisoformat(data.draw(st.sampled_from(self.digests()))))

    # What must be true after every step.

    @invariant()
    def so_far_all_is_well(self) -> None:
        """Looked at whenever the bot did something."""
        if self.bot.has_moved:
            self.bot.has_moved = False
            self.nothing_was_wrong_amid_a_call()
            self.every_occurrence_is_there_once()
            self.the_office_heard_of_what_was_missed()
            self.every_month_that_was_due_is_posted_or_explained()
            self.nothing_comes_too_often()
            self.nothing_comes_too_late()
            self.nobody_is_woken()
            self.chats_are_paced()

    def nothing_was_wrong_amid_a_call(self) -> None:
        """Words and order, as they were seen by the fake."""
        assert self.bot.wrong == []

    def every_occurrence_is_there_once(self) -> None:
        """What fell due by hand, and nothing else; the table's own key holds that it is there once."""
        found = self.bot.rows("SELECT schedule, key, outcome FROM occurrence")
        assert {(schedule, key): outcome for schedule, key, outcome in found} == self.bot.expected.outcomes

    def the_office_heard_of_what_was_missed(self) -> None:
        """Once for each outage."""
        views = self.bot.rows("SELECT view FROM outbox WHERE dedup_key LIKE 'missed:%' ORDER BY id")
        told = [{datetime.fromisoformat(each) for _, each in json.loads(view)["missed"]} for (view,) in views]
        assert told == [{each for _, each in missed} for missed in self.bot.expected.told]

    def every_month_that_was_due_is_posted_or_explained(self) -> None:
        """One bulletin a month, or a letter that there was no round."""
        months = {key for schedule, key in self.bot.expected.outcomes if schedule == RANKS}
        owed = self.bot.rows(
            "SELECT substr(dedup_key, instr(dedup_key, '20'), 7) FROM outbox"
            " WHERE dedup_key LIKE 'bulletin:%' OR dedup_key LIKE 'unranked:%'"
        )
        # Quarters and years are held, waited for, or had no round: their letters are not the months'.
        assert sorted(key for (key,) in owed if re.fullmatch("[0-9]{4}-[0-9]{2}", key)) == sorted(months)

    def nothing_comes_too_often(self) -> None:
        """A bulletin once, a letter twice at most."""
        for parcel, chat in {(call.parcel, call.chat_id) for call in self.bot.telegram.ledger}:
            assert self.bot.telegram.shown(parcel) <= (1 if chat == GROUP else 2), self.bot.story(parcel)

    def nothing_comes_too_late(self) -> None:
        """A reminder of yesterday reminds of nothing. (That next year's holidays are unknown stays true.)"""
        marked = dict(self.bot.rows("SELECT id, occurrence FROM outbox WHERE occurrence NOT LIKE 'holiday%'"))
        for call in self.bot.telegram.ledger:
            until = self.bot.expected.worth_until.get(marked.get(call.parcel, ""))
            assert until is None or call.now <= until, self.bot.story(call.parcel)

    def nobody_is_woken(self) -> None:
        """In the quiet hours nobody but the office hears anything."""
        woken = [call for call in self.bot.telegram.ledger if call.chat_id not in {GROUP, TANG} and is_quiet(call.now)]
        assert woken == []

    def chats_are_paced(self) -> None:
        """No message sooner after the one before than its chat's gap, by the measure on which more has passed."""
        before: dict[int, Call] = {}
        for call in self.bot.telegram.ledger:
            if (last := before.get(call.chat_id)) is not None:
                gone = max((call.now - last.now).total_seconds(), call.ticks - last.ticks)
                assert gone >= GAPS[call.chat_id < 0] - 0.01, (last, call)
            before[call.chat_id] = call

    def teardown(self) -> None:
        """All trouble is over, the admin answers, and a day goes by: what was promised has been kept."""
        try:
            self._settles()
            self.so_far_all_is_well()
            for row in self.bot.rows("SELECT id, chat_id, state, attempt, error, not_after FROM outbox"):
                self._is_kept(*row)
        finally:
            self.bot.close()
            self._folder.cleanup()

    def digests(self) -> list[str]:
        """The days whose digest is claimed."""
        return [key for schedule, key in self.bot.expected.outcomes if schedule == "digest"]

    def _settles(self) -> None:
        self.bot.telegram.is_well()
        self.bot.telegram.life.goes_on()
        self.bot.time.now = max(self.bot.time.now, self.bot.latest)
        self.bot.goes_on(None)
        self.admin_decides()
        day = self.bot.time.now.astimezone(SHANGHAI).date() + timedelta(days=1)
        self.bot.time.now = at(day, time(12))
        self.bot.goes_on(None)

    def _is_kept(
        self, parcel: int, chat: int, state: str, attempt: int, error: str | None, not_after: str | None
    ) -> None:
        """What became of a message in the end is true, and as good as it could be."""
        story = self.bot.story(parcel)
        shown = self.bot.telegram.shown(parcel)
        fates = [call.fate for call in self.bot.telegram.ledger if call.parcel == parcel]
        doubts = sum(fate.is_in_doubt for fate in fates) + self.bot.interrupted.count(parcel)
        if state == "sent":
            assert shown, story
        elif state == "failed" and error == "too late":
            assert not_after is not None, story
            assert datetime.fromisoformat(not_after) < self.bot.latest.replace(tzinfo=None), story
            # Something was in its way for so long, and the office heard of it.
            troubles = [call for call in self.bot.telegram.ledger if call.chat_id == chat and call.fate != Fate.APPLIED]
            assert troubles or self.bot.kills, story
            assert self.bot.rows("SELECT id FROM outbox WHERE dedup_key LIKE 'late:%'"), story
        elif state == "failed":
            # Only Telegram may say so; a message that could not be worded would stand here too.
            assert Fate.SHUT_OUT in fates, story
            self._is_reported(f"failed:{parcel}:%" if chat == GROUP else "unreachable:%")
        elif chat == GROUP:
            assert state == "unknown", story
            assert doubts, story
            self._is_reported(f"unknown:{parcel}:{attempt}:%")
        else:
            assert state == "unknown", story
            # At most twice: after two that may be there, a third must not go.
            assert doubts >= 2, story

    def _is_reported(self, key: str) -> None:
        assert self.bot.rows("SELECT id FROM outbox WHERE chat_id = ? AND dedup_key LIKE ?", TANG, key)


TestTheClockAndTheOutbox = ClockAndOutbox.TestCase
# Making a failing story shorter takes minutes: add `Phase.shrink` while looking for its cause.
TestTheClockAndTheOutbox.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
