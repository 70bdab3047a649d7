"""What was filed (月报表, 信息, 群众工作日) as its unit and the office see it. Values only; times are UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.calendar import Due, Duty
from core.duties import FilingState, LedgerEntry
from core.periods import Period, PeriodKind, period_on


class _OfDue:
    """What is about one due date can be asked for the parts of it."""

    __slots__ = ()
    due: Due

    @property
    def duty(self) -> Duty:
        """What is owed."""
        return self.due.duty

    @property
    def key(self) -> str:
        """The due date's name."""
        return self.due.key

    @property
    def ends_at(self) -> datetime:
        """Until when it is on time (UTC)."""
        return self.due.ends_at


@dataclass(frozen=True, slots=True)
class FiledFile:
    """A photo or file of a filing. `sha256` is None until it was fetched."""

    file_id: int
    prompt_id: int
    kind: Literal["photo", "file"]
    name: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class FilingView(_OfDue):
    """One filing, for a due date; `files` counts what came with it.

    `person` filed it, `decided_by` of the office decided on it with the words `decision`. `alike` is the title of
    another briefing that says much the same, `alike_percent` how much. `is_newest`: no later version took its place.
    """

    filing_id: int
    unit_id: int
    unit: str
    due: Due
    version: int
    state: FilingState
    filed_at: datetime
    person_id: int
    person: str
    title: str | None
    text: str | None
    link: str | None
    received: int | None
    heard: int | None
    solved: int | None
    files: int
    prompt_id: int | None
    decided_by: str | None
    decision: str | None
    withdrawn: bool
    alike: str | None
    alike_unit: str | None
    alike_percent: int | None
    is_newest: bool

    @property
    def is_late(self) -> bool:
        """Whether it came after its time; a briefing counts for the week it comes in."""
        return self.filed_at >= self.ends_at

    @property
    def can_be_returned(self) -> bool:
        """Whether the office may still give it back."""
        return self.state is FilingState.FILED and self.is_newest

    @property
    def can_be_accepted(self) -> bool:
        """Whether a briefing waits for a yes, or for another word than it got."""
        return self.state in {FilingState.PENDING, FilingState.REJECTED} and not self.withdrawn

    @property
    def can_be_rejected(self) -> bool:
        """Whether a briefing may be told no."""
        return self.state in {FilingState.PENDING, FilingState.ACCEPTED}


@dataclass(frozen=True, slots=True)
class AskedFiling(_OfDue):
    """The question that what is filed answers. `versions` counts what was filed for this before."""

    prompt_id: int
    unit: str
    due: Due
    versions: int


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """The question why a filing goes back or is not accepted."""

    prompt_id: int
    filing: FilingView


@dataclass(frozen=True, slots=True)
class Filed:
    """Something was filed, or a file was added to what was; `again`: nothing changed by it."""

    filing: FilingView
    added_file: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file came before the words that it goes with: it is kept and waits for them. `what` it goes with, by name."""

    what: str
    files: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The office's word on a filing was taken."""

    filing: FilingView


@dataclass(frozen=True, slots=True)
class AskedExcuse:
    """The question why a unit does not owe a due date."""

    prompt_id: int
    unit: str
    duty: Duty
    key: str


@dataclass(frozen=True, slots=True)
class Excused:
    """A unit does not owe a due date."""

    unit_id: int
    unit: str
    duty: Duty
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit that somebody may file for."""

    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class OwedDuty(_OfDue):
    """Something a unit has to file, and until when; `is_over`: it is late already."""

    unit_id: int
    unit: str
    due: Due
    is_over: bool


@dataclass(frozen=True, slots=True)
class OpenDue(_OfDue):
    """A 月报表 or 群众工作日 that a unit can file now; `is_filed`: it did, and what comes is the next version."""

    unit_id: int
    unit: str
    due: Due
    is_filed: bool

    @property
    def day(self) -> date:
        """The day by which the measures name it."""
        return self.due.named

    @property
    def month(self) -> Period:
        """The month that the measures name it in."""
        return period_on(PeriodKind.MONTH, self.due.named)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit's month in the ledger."""

    unit_id: int
    unit: str
    entries: Mapping[Duty, Sequence[LedgerEntry]]


@dataclass(frozen=True, slots=True)
class Board:
    """The ledger of a month, a line for each township. `pending` counts the briefings that wait for the office."""

    month: Period
    lines: tuple[BoardLine, ...]
    pending: int


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One unit's month: what was due, and every filing, newest first."""

    month: Period
    line: BoardLine
    filings: tuple[FilingView, ...]
