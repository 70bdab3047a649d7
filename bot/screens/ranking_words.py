"""The sentences of a bulletin, plain: shared by the posts, the pictures, the papers and /rank.

Answers for what is said of a ranking and of what follows from it; never for how long a message may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.phrases import Phrases
from core.awards import EligibilityChanged, FlagChanged, LastPlace, PrizeChanged, SharedPlace
from core.bulletin_views import AwardTold, BulletinView, Placing, RowChanged, ToldLastPlace
from core.periods import Period, PeriodKind
from core.scoring import display
from core.snapshots import RankingRow

MOST_UNITS = 6
"""Units named in one list; a table names them all."""

LONGEST_NAME = 24


def short(unit: str) -> str:
    """A name as a line has room for it."""
    return unit if len(unit) <= LONGEST_NAME else unit[: LONGEST_NAME - 1] + "…"


class RankingWords:
    """What is said of one bulletin in one language. Everything it gives is plain text."""

    def __init__(self, phrases: Phrases, language: str, view: BulletinView) -> None:
        self._phrases = phrases
        self._language = language
        self._view = view
        self._ranking = view.ranking
        self._kind = Period.parse(view.ranking.period).kind
        self._orders = {each.standing.unit_id: each.order for each in view.eligibility}

    @property
    def title(self) -> str:
        """What it is: a bulletin, or a correction, and then whether that is open to objections or counts."""
        ranking = self._ranking
        kind = self._say(f"kinds.{ranking.unit_kind}")
        if self._view.correction is None:
            return self._say("bulletins.title", period=ranking.period, kind=kind)
        state = "" if ranking.state == "superseded" else self._say(f"states.{ranking.state}")
        return self._say("bulletins.title_correction", period=ranking.period, kind=kind, state=state)

    def state(self, *, late: bool = False) -> str:
        """公示, 定稿 or 定稿（更正）, which version, and since when it is final; before that, when it was computed."""
        ranking = self._ranking
        key = "corrected" if ranking.state == "final" and ranking.version > 1 else ranking.state
        since = ranking.final_at or ranking.computed_at
        said = self._say(f"states.{key}")
        return self._say("bulletins.state", state=said, version=ranking.version, since=since, late=late)

    @property
    def clause(self) -> str:
        """The clause of the measures that it follows."""
        return self._say(
            f"bulletins.clause.{self._kind.name if self._ranking.unit_kind == 'township' else 'department'}"
        )

    def row(self, row: RankingRow) -> str:
        """One unit in a line."""
        if row.rank is None:
            return self._say("bulletins.unranked", unit=short(row.unit), why=self.unranked(row))
        quarters = row.quarters if row.quarters is not None and row.quarters[0] < row.quarters[1] else None
        return self._say(
            "bulletins.row",
            rank=row.rank,
            tied=row.tied,
            unit=short(row.unit),
            score=row.score,
            prize=self._view.prizes.get(row.unit_id, 0),
            disqualified=row.unit_id in self._view.disqualified,
            order=self._orders.get(row.unit_id),
            dropped=[display(each) for each in row.dropped],
            quarters=quarters,
        )

    def unranked(self, row: RankingRow) -> str:
        """Why a unit is not ranked: nobody scored it, or too few did; how many did only the office hears."""
        ranking = self._ranking
        if not ranking.is_short(row):
            return self._say("bulletins.not_assessed")
        return self._say("bulletins.too_few", kind=ranking.unit_kind, least=ranking.least)

    def notes(self) -> list[str]:
        """What the rows do not say: until when it is open, what was not counted, and what follows from it."""
        return [*self.life(), *self.findings()]

    def life(self) -> list[str]:
        """Until when it is open to objections, and that nothing follows from it before; nothing once that is over."""
        return [each for each in self._life() if each]

    def findings(self) -> list[str]:
        """What was not counted, and what follows from the ranking."""
        return [*self._counting(), *self._flag(), *self._flags(), *self._prizes(), *self._last_places()]

    def changes(self) -> list[str]:
        """What a correction changed, old and new, a line each; nothing where it is none."""
        correction = self._view.correction
        if correction is None:
            return []
        lines = [*map(self._row_changed, correction.rows), *map(self._award_changed, correction.awards)]
        head = "bulletins.changes.head" if lines else "bulletins.changes.none"
        return [self._say(head, version=correction.replaced), *lines]

    def units(self, unit_ids: Sequence[int]) -> str:
        """The names of units, the first few of many; 无 where there are none."""
        if not unit_ids:
            return self._say("bulletins.nobody")
        names = [short(self._view.names[each]) for each in unit_ids[:MOST_UNITS]]
        more = len(unit_ids) > MOST_UNITS
        return self._say("bulletins.and_more", names=names, more=more, total=len(unit_ids))

    def eligibility_of(self, row: RankingRow) -> int | None:
        """A unit's place among those that are eligible for honours."""
        return self._orders.get(row.unit_id)

    def _life(self) -> Iterator[str]:
        if self._ranking.state != "provisional":
            return
        until = self._ranking.objections_until
        yield self._say("bulletins.until_unknown") if until is None else self._say("bulletins.until", until=until)
        if self._view.awaits:
            yield self._say(f"bulletins.awaits.{self._kind.name}")

    def _counting(self) -> Iterator[str]:
        if self._ranking.absent:
            absent = [self._say(f"components.{key}") for key in self._ranking.absent]
            yield self._say("bulletins.absent", absent=absent)
        if any(row.dropped for row in self._ranking.rows):
            yield self._say("bulletins.trimmed")

    def _flag(self) -> Iterator[str]:
        flag = self._view.flag
        if flag is None:
            return
        holders, before = self.units(flag.holders), self.units(flag.before)
        if not flag.given_to:
            ranked = any(row.rank is not None for row in self._ranking.rows)
            key = "bulletins.flag.tied" if ranked else "bulletins.flag.nobody"
            yield self._say(key, held=before if flag.before else "")
        elif not flag.before:
            yield self._say("bulletins.flag.first", holders=holders)
        elif flag.before == flag.holders:
            yield self._say("bulletins.flag.kept", holders=holders)
        else:
            yield self._say("bulletins.flag.passes", before=before, holders=holders)

    def _flags(self) -> Iterator[str]:
        """The flags of a half-year, a month each."""
        for month, flag in self._view.flags.items():
            given = flag is not None and bool(flag.given_to)
            holders = self.units(flag.holders) if flag is not None and flag.holders else ""
            told = {"is_final": flag is not None, "given": given, "holders": holders}
            yield self._say("bulletins.flag.of_month", period=str(month), **told)

    def _prizes(self) -> Iterator[str]:
        rewards = self._view.rewards
        if rewards is None:
            return
        yield from (self._shared(place) for place in rewards.places if len(place.unit_ids) > 1)
        if rewards.unclaimed:
            yield self._say("bulletins.unclaimed", unclaimed=rewards.unclaimed)

    def _shared(self, place: SharedPlace) -> str:
        return self._say(
            "bulletins.shared",
            rank=place.rank,
            units=self.units(place.unit_ids),
            budget=place.budget,
            share=place.share,
            remainder=place.remainder,
            excess=place.excess,
        )

    def _last_places(self) -> Iterable[str]:
        if self._view.rewards is None:
            return ()
        if not self._view.last_places:
            return (self._say("bulletins.last.nobody"),)
        return (self._last_place(each) for each in self._view.last_places[:MOST_UNITS])

    def _last_place(self, place: LastPlace) -> str:
        follows = []
        if place.step is not None:
            due = None if place.due is None else place.due.isoformat()
            follows.append(self._say(f"bulletins.last.{place.step}", due=due))
        if place.next_step is not None and place.next_step != place.step:
            follows.append(self._say(f"bulletins.next.{place.next_step}"))
        unit = short(self._view.names[place.unit_id])
        return self._say("bulletins.last.place", unit=unit, count=place.count, follows=follows).rstrip()

    def _row_changed(self, change: RowChanged) -> str:
        unit = short(self._view.names[change.unit_id])
        before, after = self._placing(change.before), self._placing(change.after)
        return self._say("bulletins.changes.row", unit=unit, before=before, after=after)

    def _placing(self, placing: Placing | None) -> str:
        if placing is None:
            return self._say("bulletins.changes.not_listed")
        if placing.rank is None:
            return self._say("bulletins.changes.unranked")
        return self._say("bulletins.changes.placing", rank=placing.rank, score=placing.score)

    def _award_changed(self, change: AwardTold) -> str:
        if isinstance(change, FlagChanged):
            before, after = self.units(change.before or ()), self.units(change.after or ())
            return self._say("bulletins.changes.flag", period=str(change.month), before=before, after=after)
        unit = short(self._view.names[change.unit_id])
        if isinstance(change, EligibilityChanged):
            return self._say("bulletins.changes.eligibility", year=change.year, unit=unit, lost=change.disqualified)
        quarter = str(change.quarter)
        if isinstance(change, PrizeChanged):
            money = {"before": change.before, "after": change.after}
            return self._say("bulletins.changes.prize", period=quarter, unit=unit, **money)
        places = {"before": self._place(change.before), "after": self._place(change.after)}
        return self._say("bulletins.changes.last_place", period=quarter, unit=unit, **places)

    def _place(self, place: ToldLastPlace | None) -> str:
        if place is None:
            return self._say("bulletins.changes.place_none")
        return self._say("bulletins.changes.place", count=place.count, step=place.step)

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, key, **values)


def is_month(view: BulletinView) -> bool:
    """Whether a month is told of: its flag is a picture."""
    return Period.parse(view.ranking.period).kind is PeriodKind.MONTH
