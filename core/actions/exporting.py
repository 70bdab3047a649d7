"""/export: rankings, rounds and the ledger as files, for admins and viewers.

What a township gave a department, and who scored, is the office's alone: of the departments' rounds a viewer is
offered nothing, and of the townships' the marks without the raters.
"""

from __future__ import annotations

from core import audit, scoring
from core.actions import browsing
from core.actions.bulletins import bulletin_of
from core.actions.door import Moment
from core.actions.duty_calendar import duty_calendar
from core.actions.filing_desk import rules_of
from core.actions.ledger import kept
from core.bulletin_views import BulletinView
from core.errors import BadPeriod, NoSuchRound, NotAllowed
from core.export_views import LedgerTable, LedgerUnit, RankingLine, RoundLine, RoundSheets, SheetRow
from core.focus import read_focus
from core.people import Actor, Role
from core.periods import Period, PeriodKind
from core.permissions import Right, require
from core.rubric import Rubric, UnitKind
from core.sheet import SheetState
from core.store import filings, rankings, rounds, sheets, units
from core.store.engine import Db
from core.store.rounds import RoundRecord
from core.store.rules import rubric_of
from core.store.sheets import SheetRecord
from core.trends import Trend

_OF_THE_LEDGER = (PeriodKind.MONTH, PeriodKind.QUARTER)


def rankings_to_export(db: Db, actor: Actor) -> tuple[RankingLine, ...]:
    """The newest version of every ranking, the latest period first."""
    require(actor, Right.EXPORT)
    known = [
        record
        for kind in browsing.KINDS
        for period in rankings.periods(db, actor.district_id, kind)
        if (record := rankings.newest(db, actor.district_id, period, kind)) is not None
    ]
    known.sort(key=lambda each: Period.parse(each.period), reverse=True)
    return tuple(RankingLine(each.id, each.period, each.unit_kind, each.version, each.state) for each in known)


def rounds_to_export(db: Db, actor: Actor) -> tuple[RoundLine, ...]:
    """The rounds whose sheets a person may have, the newest first."""
    require(actor, Right.EXPORT)
    return tuple(
        RoundLine(record.id, record.period, record.unit_kind, count.sheets, count.submitted)
        for record, count in rounds.counted(db, actor.district_id)
        if _may_see_sheets(actor, record.unit_kind)
    )


def ledgers_to_export(db: Db, actor: Actor) -> tuple[Period, ...]:
    """The months and quarters that were assessed, the latest first: of each there is a ledger."""
    require(actor, Right.EXPORT)
    held = {Period.parse(record.period) for record, _ in rounds.counted(db, actor.district_id)}
    return tuple(sorted((each for each in held if each.kind in _OF_THE_LEDGER), reverse=True))


def ranking(db: Db, actor: Actor, ranking_id: int, _at: Moment) -> BulletinView:
    """A ranking to be printed. Raises NotAllowed or NoSuchRanking."""
    require(actor, Right.EXPORT)
    return bulletin_of(db, actor.district_id, ranking_id)


def trend(db: Db, actor: Actor, kind: UnitKind, unit_id: int, year: int, length: PeriodKind) -> Trend:
    """The ranks of a year to be drawn. Raises NotAllowed, NoSuchRanking or NoSuchUnit."""
    require(actor, Right.READ_RANKINGS)
    return browsing.trend_of(db, actor.district_id, kind, year, length, unit_id)


def round_to_export(db: Db, actor: Actor, round_id: int) -> RoundRecord:
    """A round whose sheets the person may have. Raises NotAllowed or NoSuchRound."""
    require(actor, Right.EXPORT)
    record = rounds.by_id(db, round_id)
    if record is None or record.district_id != actor.district_id:
        raise NoSuchRound(round_id=round_id)
    if not _may_see_sheets(actor, record.unit_kind):
        raise NotAllowed(deed=Right.EXPORT)
    return record


def round_sheets(db: Db, actor: Actor, round_id: int, at: Moment) -> RoundSheets:
    """The sheets of a round. Raises NotAllowed or NoSuchRound."""
    record = round_to_export(db, actor, round_id)
    found = sheets.of_round(db, actor.district_id, round_id, at.today)
    found.sort(key=lambda each: (each.unit_id, each.id))
    rubric, names = rubric_of(db, record.rubric_hash), actor.is_any(Role.ADMIN)
    return RoundSheets(
        district=units.district(db, actor.district_id).name,
        period=record.period,
        unit_kind=record.unit_kind,
        rubric=rubric,
        focus=read_focus(record.focus),
        rows=tuple(_sheet(db, each, rubric, record, names=names) for each in found),
        root=audit.root([(f"sheet:{each.id}", each.head.hash) for each in found]),
    )


def ledger_to_export(_db: Db, actor: Actor, period: Period) -> None:
    """Whether there is a ledger of a period, and whether the person may have it. Raises NotAllowed or BadPeriod."""
    require(actor, Right.EXPORT)
    if period.kind not in _OF_THE_LEDGER:
        raise BadPeriod(text=str(period))


def ledger_table(db: Db, actor: Actor, period: Period, at: Moment) -> LedgerTable:
    """What came of every township's due dates in a month or quarter. Raises NotAllowed or BadPeriod."""
    ledger_to_export(db, actor, period)
    district_id = actor.district_id
    calendar = duty_calendar(db, district_id, rules_of(db, district_id))
    began = filings.began(db, district_id)
    names = units.unit_names(db, district_id, "township", period.last_day)
    heads = filings.heads(db, names)
    return LedgerTable(
        district=units.district(db, district_id).name,
        period=period,
        units=tuple(
            LedgerUnit(name, kept(db, unit_id, period, calendar, began, at.now)) for unit_id, name in names.items()
        ),
        root=audit.root([(f"ledger:{unit_id}", head.hash) for unit_id, head in heads.items()]),
    )


def _may_see_sheets(actor: Actor, kind: UnitKind) -> bool:
    return kind == "township" or actor.is_any(Role.ADMIN)


def _sheet(db: Db, record: SheetRecord, rubric: Rubric, held: RoundRecord, *, names: bool) -> SheetRow:
    handed_in = record.state == SheetState.SUBMITTED
    marks = sheets.marks(db, record.id) if handed_in else {}
    score = scoring.sheet_score(rubric, marks, read_focus(held.focus)) if handed_in else None
    return SheetRow(
        unit=record.unit,
        rater=record.rater if names else None,
        state=record.state,
        submitted_at=record.submitted_at if handed_in else None,
        marks=marks,
        total=None if score is None else score.total,
    )
