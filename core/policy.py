"""The policy: every number and choice of the measures that is not in a rubric. Values only, no files.

Answers for the types that scoring, ranking, awards and contact with people read; the schedules are in
`policy_schedules`. Times are on the district's clock, money is in fen, shares are whole percents. Each value's
clause stands beside it in `rubrics/*-policy.yaml`; `policy_checks` says what must fit together.
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from core.policy_schedules import DutyKind, Nudge, Rhythm, Schedule, Shift
from core.rubric import UnitKind
from core.rules_types import (
    Clock,
    Count,
    Days,
    Distinct,
    Fen,
    Hours,
    Identifier,
    Listed,
    MonthDay,
    Percent,
    RulesModel,
    Text,
    Whole,
)

Incomplete = Literal["publish", "hold"]
"""When sheets are missing at computing time: publish with 未考核 rows, or hold and ask the admins."""


class RubricIds(RulesModel):
    """Which rubric each kind of unit is assessed by."""

    township: Identifier
    department: Identifier


class RoundScoring(RulesModel):
    """How one unit's sheets become its round score.

    `trim` highest and `trim` lowest totals are dropped when there are at least `trim_from` sheets; with
    fewer than `min_raters` sheets the unit is not ranked.
    """

    trim: Whole
    trim_from: Count
    min_raters: Count


class Scoring(RulesModel):
    """Marks and sheets. A mark below `reason_below_percent` of its item needs a reason."""

    reason_below_percent: Percent
    evidence: Literal["points_lost", "always", "never"]
    unlinked_department: Literal["all_townships", "nobody"]
    township: RoundScoring
    department: RoundScoring

    def of(self, kind: UnitKind) -> RoundScoring:
        """The rules for this kind of unit."""
        return self.township if kind == "township" else self.department


AssessedKinds = Annotated[tuple[UnitKind, ...], Listed, Distinct]


class AssessedRounds(RulesModel):
    """Which kinds of unit each rhythm's rounds assess. Policies older than this choice meant what stands here."""

    monthly: AssessedKinds = ("township",)
    quarterly: AssessedKinds = ("township", "department")
    annual: AssessedKinds = ("township", "department")

    def of(self, rhythm: Rhythm) -> tuple[UnitKind, ...]:
        """The kinds of unit that a rhythm's rounds assess; the half-year only sums up and has none."""
        kinds: tuple[UnitKind, ...] = getattr(self, rhythm, ())
        return kinds


class MonthlyReportDuty(RulesModel):
    """月报表: filed by 24:00 of `due_day` is on time."""

    due_day: MonthDay
    returned_report_counts: Literal["first_filing", "last_filing"]


class BriefingDuty(RulesModel):
    """信息上报: so many accepted briefings make an ISO week complete."""

    per_week: Count


class WorkdayDuty(RulesModel):
    """群众工作日: the days of every month that are to be logged."""

    days: Annotated[tuple[MonthDay, ...], Listed, Distinct]


class SuggestedItem(RulesModel):
    """An item of the townships' rubric whose mark the ledger suggests."""

    item: Count


class MonthlyReportSuggestion(SuggestedItem):
    """What one month's report is worth, in percent of the item's maximum; the suggestion is the mean."""

    on_time_percent: Percent
    late_percent: Percent
    missing_percent: Percent


class Suggestions(RulesModel):
    """Marks computed from the ledger: by reports, by days logged, by weeks with a briefing."""

    monthly_report: MonthlyReportSuggestion
    workdays: SuggestedItem
    briefings: SuggestedItem


class Duties(RulesModel):
    """What units owe all year round."""

    monthly_report: MonthlyReportDuty
    briefings: BriefingDuty
    workdays: WorkdayDuty
    suggestions: Suggestions


class Publication(RulesModel):
    """The life of a ranking: its gate, and how many working days it stands open to objections."""

    incomplete: Incomplete
    objection_days: Days


class MonthlyWeights(RulesModel):
    """Percent per component of the monthly ranking; together 100."""

    supervision: Percent
    monthly_report: Percent
    briefings: Percent
    workdays: Percent


class MonthlyRanking(Publication):
    """The monthly composite of supervision and duties."""

    weights: MonthlyWeights


class AnnualWeights(RulesModel):
    """Percent of the quarters' mean and of the January round; together 100."""

    quarters: Percent
    january: Percent


class AnnualRanking(Publication):
    """The annual composite."""

    weights: AnnualWeights


class Precedence(RulesModel):
    """Names of all categories, in the order in which their subtotals break a tie."""

    township: Annotated[tuple[Text, ...], Listed, Distinct]
    department: Annotated[tuple[Text, ...], Listed, Distinct]

    def of(self, kind: UnitKind) -> tuple[str, ...]:
        """The order for this kind of unit."""
        return self.township if kind == "township" else self.department


class Rankings(RulesModel):
    """Each rhythm's rules, and how ties are broken in all of them."""

    monthly: MonthlyRanking
    quarterly: Publication
    half_year: Publication
    annual: AnnualRanking
    precedence: Precedence


class RedFlagRule(RulesModel):
    """流动红旗: several first units share the flag, or it stays. `talk`: its holder is asked for 经验介绍."""

    tie: Literal["share", "stay"]
    talk: bool


class RewardRule(RulesModel):
    """Quarterly prizes of townships in fen, for ranks 1, 2, 3 …; a tie splits the pooled prizes or duplicates them."""

    prizes: Annotated[tuple[Fen, ...], Listed]
    tie: Literal["split", "duplicate"]


class LastPlaceRule(RulesModel):
    """What follows so many quarterly last places in a row; townships only. `explain_within_days` are working days."""

    min_ranked: Count
    warn_after: Count
    explain_after: Count
    explain_within_days: Days
    disqualify_after: Count
    carry_over: bool


class Awards(RulesModel):
    """What a ranking entitles a unit to, or threatens it with."""

    red_flag: RedFlagRule
    rewards: RewardRule
    last_place: LastPlaceRule


class Contact(RulesModel):
    """How people are left in peace. Between `quiet_from` and `quiet_until` only what a person triggers is sent.

    `active_hours`: who did something on a sheet so lately counts as at work. Policies older than this value meant 2.
    """

    quiet_from: Clock
    quiet_until: Clock
    reminder_spacing_hours: Hours
    invitation_days: Days
    wrong_codes_per_hour: Count
    active_hours: Hours = 2

    def is_quiet(self, moment: time) -> bool:
        """Whether this time of day, on the district's clock, is in the quiet hours (which may span midnight)."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until


class PolicyBody(RulesModel):
    """A policy as its file says it. `version` counts up with every change that people feel."""

    id: Identifier
    version: Count
    title: Text
    source: Text
    rubrics: RubricIds
    scoring: Scoring
    rounds: AssessedRounds = AssessedRounds()
    duties: Duties
    rankings: Rankings
    awards: Awards
    contact: Contact
    schedules: Annotated[tuple[Schedule, ...], Listed]
    nudges: Annotated[tuple[Nudge, ...], Listed]

    def shift_of(self, reminder: DutyKind) -> Shift:
        """Where the due date of the duty goes that this kind of schedule reminds of: along with the reminder."""
        return next((each.shift for each in self.schedules if each.kind == reminder), "none")


class Policy(PolicyBody):
    """A policy ready for use. `hash` is the SHA-256 (hex) of the file's values; a ranking stores it."""

    hash: str
