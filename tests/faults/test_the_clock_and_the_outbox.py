"""Whatever happens to the bot, its clock and its network: what the clock owes comes as often as was promised.

The real scheduler, senders and words on a real file, with a fake Telegram and no time but a hand's. Every occurrence is
materialised once; a bulletin is posted at most once, and is there or asked about; a reminder comes at least once where
the chat allows, and at most twice. That is looked at after every step, and once more when all trouble is over.

The two outages that everybody asks about (down until the 26th at 11:00, down until the 27th) are told through the front
door in `tests/front/test_reminders.py`.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from district import GROUP, SHANGHAI, District, found_district, moment
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from inviting_office import ready
from roster_rows import assign
from sqlalchemy import event

from bot.clock import moment as moment_of
from bot.pace import Pace
from bot.parcels import Parcels
from bot.phrases import load_phrases
from bot.posting import Wrapped
from bot.wrapping import Wrapping
from core.actions import announcing, filing
from core.actions import district as deeds
from core.actions.door import Moment
from core.actions.rounds import rule_set
from core.calendar import Duty
from core.rubric_files import SHIPPED
from core.scheduler import carry_out_due
from core.snapshots import Question, RankingView
from core.store import people
from core.store.engine import open_database
from core.store.migrate import upgrade
from core.store.outbox import Parcel
from faults.fake_telegram import MARK, Call, FakeTelegram, Fate, HandTime, Killed, Life, MortalTransactions, Point
from faults.fire_times_by_hand import RANKS, Expected, at, firings_between, is_quiet

TANG, ZHOU, LUO, LIU, CHEN, DENG = 880001, 880002, 880003, 880005, 880006, 880008
CHATS = (GROUP, TANG, ZHOU, LUO, LIU, CHEN, DENG)
SHUTTING = (GROUP, ZHOU, LUO, LIU, CHEN, DENG)
"""Whose chats may be shut. Not the office's: nobody else could be told."""

START = moment("2013-06-19 15:00")
RULES = rule_set(SHIPPED)
PHRASES = load_phrases(SHANGHAI)
RESTART_SECONDS = 5.0
GAPS = {True: 3.0, False: 1.0}
"""Seconds between two messages to a group, and to a person."""


End = tuple[Point, int] | None
"""The beat that comes now is killed at this passing of a point, or not at all."""

ENDS: st.SearchStrategy[End] = st.one_of(st.none(), st.tuples(st.sampled_from(Point), st.integers(1, 5)))


class Unpainted(Wrapping):
    """Words what is sent, and draws nothing: pictures have tests of their own."""

    async def _flag(self, language: str, ranking: RankingView) -> bytes | None:
        del language, ranking
        return None


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


class ClockAndOutbox(RuleBasedStateMachine):
    """The bot's clock and its senders, what may happen to them, and what must be true all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.office = office_in(Path(self._folder.name))
        self.time = HandTime(START.now)
        self.telegram = FakeTelegram(self.time, self.is_called)
        self.runner = asyncio.Runner()
        self.expected = Expected()
        self.latest = START.now
        self.filed: set[tuple[int, str, str]] = set()
        # What nobody could know the fate of, as far as kills go: outbox rows.
        self.interrupted: list[int] = []
        # Found amid a call, where raising would be one more trouble of the network.
        self.wrong: list[str] = []
        self.has_moved = True
        self.starts()

    # What happens.

    @initialize()
    def is_installed(self) -> None:
        """From here on the clock is read."""
        self.lives(self._beat())

    @rule(minutes=st.sampled_from([1, 20, 90, 300]), end=ENDS)
    def time_passes(self, minutes: int, end: End) -> None:
        """A while without a beat: the machine slept, or was busy."""
        self.time.passes(minutes * 60)
        self.goes_on(end)

    @rule(count=st.integers(1, 12), seconds=st.sampled_from([0, 0, 30, 7200]), end=ENDS)
    def comes_to_a_firing(self, count: int, seconds: int, end: End) -> None:
        """So many fire times later; mostly at once, as beats are frequent."""
        coming = firings_between(self.time.now, self.time.now + timedelta(days=60))
        self.time.now = coming[count - 1].at + timedelta(seconds=seconds)
        self.goes_on(end)

    @rule(days=st.integers(1, 45), hour=st.sampled_from([0, 8, 9, 12, 16, 21]), end=ENDS)
    def jumps_ahead(self, days: int, hour: int, end: End) -> None:
        """Down for days; the same as a clock that was wrong."""
        day = self.time.now.astimezone(SHANGHAI).date() + timedelta(days=days)
        self.time.now = at(day, time(hour, 5))
        self.goes_on(end)

    @rule(end=ENDS)
    def is_put_back(self, end: End) -> None:
        """The machine's clock goes back by an hour."""
        self.time.now -= timedelta(hours=1)
        self.goes_on(end)

    @rule(first_beat=st.booleans())
    def is_restarted(self, first_beat: bool) -> None:
        """A start: the senders and the heartbeat begin at once, in either order."""
        self.starts()
        self.lives(self._beat() if first_beat else self._sends())

    @rule(
        chat=st.sampled_from(CHATS),
        fates=st.lists(st.sampled_from([Fate.DROPPED, Fate.CUT, Fate.NOT_SENT, Fate.HELD]), min_size=1, max_size=4),
        seconds=st.sampled_from([1, 40, 4000]),
    )
    def network_troubles(self, chat: int, fates: list[Fate], seconds: int) -> None:
        """The next calls for a chat go wrong."""
        for fate in fates:
            self.telegram.will(chat, fate, seconds)

    @rule(chat=st.sampled_from(SHUTTING))
    def is_shut_out(self, chat: int) -> None:
        """Somebody blocks the bot; the group throws it out."""
        self.telegram.shut.add(chat)

    @precondition(lambda self: self.telegram.shut)
    @rule(data=st.data())
    def is_let_in(self, data: st.DataObject) -> None:
        """Somebody unblocks the bot, and writes to it."""
        chat = data.draw(st.sampled_from(sorted(self.telegram.shut)))
        self.telegram.shut.discard(chat)
        if chat != GROUP:
            self.office.act(lambda db: people.set_reachable(db, [people.person_of(db, chat) or 0]))

    @rule(officer=st.sampled_from(["liu", "chen", "deng"]), duty=st.sampled_from(["report", "workday"]))
    def files(self, officer: str, duty: str) -> None:
        """An officer files what the bot would ask for first, if there is anything."""
        actor, now = self.office.people[officer], self.now
        (unit,) = actor.unit_ids
        assert unit is not None
        if duty == "report" and officer != "deng":
            asked = self.office.act(filing.ask_report, actor, unit, None, now)
            self.filed.add((unit, Duty.MONTHLY_REPORT, asked.key))
            self._answers(officer, asked, duty, unit, "小结")
        elif duty == "workday" and (days := self.office.act(filing.open_workdays, actor, now)):
            asked = self.office.act(filing.ask_workday, actor, unit, days[0].due.day, now)
            self.filed.add((unit, Duty.WORKDAY, asked.key))
            self._answers(officer, asked, duty, unit, "12 8 5")

    @rule()
    def admin_decides(self) -> None:
        """The admin looks into the group, and answers truthfully whatever they were asked."""
        for parcel, attempt in self.rows("SELECT id, attempt FROM outbox WHERE state = 'unknown' AND chat_id < 0"):
            if self._is_asked(parcel, attempt):
                resend = self.telegram.shown(parcel) == 0
                assert self.office.act(announcing.decide, self.office.tang, parcel, self.now, resend=resend)

    # What must be true after every step.

    @invariant()
    def so_far_all_is_well(self) -> None:
        """Looked at whenever the bot did something."""
        if self.has_moved:
            self.has_moved = False
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
        assert self.wrong == []

    def every_occurrence_is_there_once(self) -> None:
        """What fell due by hand, and nothing else; the table's own key holds that it is there once."""
        found = self.rows("SELECT schedule, key, outcome FROM occurrence")
        assert {(schedule, key): outcome for schedule, key, outcome in found} == self.expected.outcomes

    def the_office_heard_of_what_was_missed(self) -> None:
        """Once for each outage."""
        views = self.rows("SELECT view FROM outbox WHERE dedup_key LIKE 'missed:%' ORDER BY id")
        told = [{datetime.fromisoformat(each) for _, each in json.loads(view)["missed"]} for (view,) in views]
        assert told == [{each for _, each in missed} for missed in self.expected.told]

    def every_month_that_was_due_is_posted_or_explained(self) -> None:
        """One bulletin a month, or a letter that there was no round."""
        months = {key for schedule, key in self.expected.outcomes if schedule == RANKS}
        owed = self.rows(
            "SELECT substr(dedup_key, instr(dedup_key, '20'), 7) FROM outbox"
            " WHERE dedup_key LIKE 'bulletin:%' OR dedup_key LIKE 'unranked:%'"
        )
        assert sorted(month for (month,) in owed) == sorted(months)

    def nothing_comes_too_often(self) -> None:
        """A bulletin once, a letter twice at most."""
        for parcel, chat in {(call.parcel, call.chat_id) for call in self.telegram.ledger}:
            assert self.telegram.shown(parcel) <= (1 if chat == GROUP else 2), self._story(parcel)

    def nothing_comes_too_late(self) -> None:
        """A reminder of yesterday reminds of nothing. (That next year's holidays are unknown stays true.)"""
        marked = dict(self.rows("SELECT id, occurrence FROM outbox WHERE occurrence NOT LIKE 'holiday%'"))
        for call in self.telegram.ledger:
            until = self.expected.worth_until.get(marked.get(call.parcel, ""))
            assert until is None or call.now <= until, self._story(call.parcel)

    def nobody_is_woken(self) -> None:
        """In the quiet hours nobody but the office hears anything."""
        woken = [call for call in self.telegram.ledger if call.chat_id not in {GROUP, TANG} and is_quiet(call.now)]
        assert woken == []

    def chats_are_paced(self) -> None:
        """No message sooner after the one before than its chat's gap, by the measure on which more has passed."""
        before: dict[int, Call] = {}
        for call in self.telegram.ledger:
            if (last := before.get(call.chat_id)) is not None:
                gone = max((call.now - last.now).total_seconds(), call.ticks - last.ticks)
                assert gone >= GAPS[call.chat_id < 0] - 0.01, (last, call)
            before[call.chat_id] = call

    def teardown(self) -> None:
        """All trouble is over, the admin answers, and a day goes by: what was promised has been kept."""
        try:
            self._settles()
            self.so_far_all_is_well()
            for row in self.rows("SELECT id, chat_id, state, attempt, error, not_after FROM outbox"):
                self._is_kept(*row)
        finally:
            self.runner.close()
            self.office.database.close()
            self._folder.cleanup()

    # How it is done.

    @property
    def now(self) -> Moment:
        return moment_of(self.time, SHANGHAI)

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        return self.office.act(lambda db: [tuple(row) for row in db.exec_driver_sql(query, values)])

    def goes_on(self, end: End) -> None:
        """The heartbeat, and then the senders until nothing is due; or until whoever looks after it starts it again."""
        if end is not None:
            self.telegram.life.is_to_end(*end)
        self.lives(self._beat())
        self.telegram.life.goes_on()

    def starts(self) -> None:
        """A new process on the same file; what the one before had in its memory is gone."""
        self.time.passes(RESTART_SECONDS)
        life = self.telegram.life = Life()
        self.transactions = MortalTransactions(self.office.database, life)
        wrapping = Unpainted(self.telegram.api, self.transactions, PHRASES, self.time)

        async def wrap(parcel: Parcel) -> Wrapped:
            wrapped = await wrapping.wrap(parcel)
            self.is_worded(parcel, wrapped.screen.text)
            return replace(wrapped, screen=replace(wrapped.screen, text=f"{wrapped.screen.text}{MARK}{parcel.id}"))

        pace = Pace(self.time, lambda: self.time.ticks)
        self.parcels = Parcels(
            self.telegram.api,
            self.transactions,
            self.time,
            SHANGHAI,
            wrap,
            life.checkpoint,
            pace,
            sleep=self.time.sleep,
        )

    def lives(self, story: Any) -> None:
        """Let the process do something; should it be killed at it, another one is started."""
        self.has_moved = True
        try:
            self.runner.run(story)
        except Killed:
            self.interrupted += [parcel for (parcel,) in self.rows("SELECT id FROM outbox WHERE state = 'sending'")]
            self.starts()

    async def _beat(self) -> None:
        beat = self.now
        try:
            await self._to_its_end(self.transactions.once(carry_out_due, RULES, SHANGHAI, beat))
        except Killed:
            if self.telegram.life.ended_at is Point.AFTER_COMMIT:
                self._was_read(beat.now)
            raise
        self._was_read(beat.now)
        await self._sends()

    async def _sends(self) -> None:
        async def story() -> None:
            await self.parcels.recover()
            await self.parcels.send_due()

        await self._to_its_end(story())

    async def _to_its_end(self, story: Any) -> None:
        try:
            await story
        finally:
            # Of a killed process nothing is left that could do anything.
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    def _was_read(self, now: datetime) -> None:
        quarters = dict(self.rows("SELECT id, period FROM round WHERE period LIKE '%Q%'"))
        self.expected.beats(now, quarters)
        self.latest = max(self.latest, now)

    def is_worded(self, parcel: Parcel, text: str) -> None:
        """Nobody is reminded of what they filed as if they had not, nor told that they did when they did not."""
        view = json.loads(parcel.view)
        if view["name"] == "reminder":
            is_filed = (view["unit"], view["duty"], view["key"]) in self.filed
            if ("已经报送" in text) != is_filed:
                self.wrong.append(f"{text} although filed: {is_filed}")

    def is_called(self, parcel: int, chat_id: int) -> None:
        """A chat's messages come one by one, in the order in which they are due."""
        others = self.rows(
            "SELECT other.dedup_key, other.state FROM outbox this JOIN outbox other ON other.chat_id = this.chat_id"
            " WHERE this.id = ? AND other.id <> this.id AND (other.state = 'sending' OR (other.state = 'pending'"
            " AND other.not_before <= this.not_before"
            " AND (other.not_before < this.not_before OR other.id < this.id)"
            " AND (other.not_after IS NULL OR other.not_after >= this.started_at)))",
            parcel,
        )
        if others:
            self.wrong.append(f"{parcel} goes to {chat_id} before {others}")

    def _answers(self, officer: str, asked: Any, duty: str, unit: int, text: str) -> None:
        question = filing_question(asked.prompt_id, duty, unit, asked.key)
        self.office.act(filing.take_words, self.office.people[officer], question, text, self.time.now, self.now)

    def _is_asked(self, parcel: int, attempt: int) -> bool:
        key = f"unknown:{parcel}:{attempt}:{TANG}"
        return any(
            self.telegram.shown(letter) for (letter,) in self.rows("SELECT id FROM outbox WHERE dedup_key = ?", key)
        )

    def _settles(self) -> None:
        self.telegram.is_well()
        self.telegram.life.goes_on()
        self.time.now = max(self.time.now, self.latest)
        self.goes_on(None)
        self.admin_decides()
        day = self.time.now.astimezone(SHANGHAI).date() + timedelta(days=1)
        self.time.now = at(day, time(12))
        self.goes_on(None)

    def _is_kept(
        self, parcel: int, chat: int, state: str, attempt: int, error: str | None, not_after: str | None
    ) -> None:
        """What became of a message in the end is true, and as good as it could be."""
        story = self._story(parcel)
        shown = self.telegram.shown(parcel)
        fates = [call.fate for call in self.telegram.ledger if call.parcel == parcel]
        doubts = sum(fate.is_in_doubt for fate in fates) + self.interrupted.count(parcel)
        if state == "sent":
            assert shown, story
        elif state == "failed" and error == "too late":
            assert not_after is not None, story
            assert datetime.fromisoformat(not_after) < self.latest.replace(tzinfo=None), story
            assert self.rows("SELECT id FROM outbox WHERE dedup_key LIKE 'late:%'"), story
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
        assert self.rows("SELECT id FROM outbox WHERE chat_id = ? AND dedup_key LIKE ?", TANG, key)

    def _story(self, parcel: int) -> str:
        row = self.rows("SELECT * FROM outbox WHERE id = ?", parcel)
        calls = [(str(call.fate), str(call.now)) for call in self.telegram.ledger if call.parcel == parcel]
        return f"{row} {calls} {self.interrupted.count(parcel)} times interrupted"


def filing_question(prompt: int, duty: str, unit: int, key: str) -> Question:
    """The question that an officer answers."""
    return Question(prompt, duty, f"{unit}:{key}")


TestTheClockAndTheOutbox = ClockAndOutbox.TestCase
# Making a failing story shorter takes minutes: add `Phase.shrink` while looking for its cause.
TestTheClockAndTheOutbox.settings = settings(
    max_examples=16,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
