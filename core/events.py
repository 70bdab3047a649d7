"""What happened: every change of state as a value, in the past tense.

An action raises its event in its own transaction (`core.actions.reactions.happened`), which says who is told.
Ids are those of the database; `person_id` is who did it, None for the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SheetSubmitted:
    """A sheet was handed in, for the `version`th time."""

    sheet_id: int
    version: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetReturned:
    """退回: an item of a submitted sheet went back to its rater."""

    sheet_id: int
    version: int
    item: int
    reason: str
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetSkipped:
    """不了解: a township does not know this department well enough to score it."""

    sheet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetResumed:
    """A skipped sheet is scored after all."""

    sheet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetHandedOver:
    """An open sheet got another rater."""

    sheet_id: int
    from_person_id: int
    to_person_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round began; its sheets are handed out. `occurrence` names the firing of the clock that opened it."""

    round_id: int
    person_id: int | None
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class RoundRescheduled:
    """A round was extended, closed early or reopened: it ends at another time than before."""

    round_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class FocusChosen:
    """督查重点: other items count than before."""

    round_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetsHandedOut:
    """Sheets were added to a round that is open already."""

    round_id: int
    sheet_ids: tuple[int, ...]
    person_id: int | None


@dataclass(frozen=True, slots=True)
class PersonBound:
    """A Telegram account became a person of the roster."""

    bound_person_id: int
    telegram_id: int


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """停用: a person holds no role any more."""

    left_person_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class InvitationRefused:
    """A link was tried that opened nothing. `cause` names the refusal; `invited_person_id` whose link it was."""

    district_id: int
    telegram_id: int
    cause: str
    invited_person_id: int | None


@dataclass(frozen=True, slots=True)
class RosterImported:
    """A roster workbook took effect."""

    district_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class FilingMade:
    """A unit filed a report, a briefing or a workday, or its next version."""

    filing_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class FilingDecided:
    """The office returned a report or a workday, or accepted or rejected a briefing."""

    filing_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class HolidaysEntered:
    """The office entered a notice of holidays."""

    district_id: int
    year: int
    person_id: int


@dataclass(frozen=True, slots=True)
class DutyExcused:
    """免报: a unit does not owe this due date."""

    unit_id: int
    duty: str
    key: str
    reason: str
    person_id: int


@dataclass(frozen=True, slots=True)
class FiringChanged:
    """The office skipped, moved or fired what the clock plans, or took that back."""

    district_id: int
    schedule: str
    key: str
    person_id: int


@dataclass(frozen=True, slots=True)
class SheetCorrected:
    """更正: the office set marks of a sealed sheet anew; `objection_id` 0: in answer to none."""

    sheet_id: int
    version: int
    items: tuple[int, ...]
    objection_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """异议: a unit objects to a ranking."""

    objection_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ObjectionDecided:
    """The office upheld or rejected an objection."""

    objection_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ExplanationFiled:
    """说明情况: a unit explained its last places, for the `version`th time."""

    unit_id: int
    period: str
    version: int
    person_id: int


@dataclass(frozen=True, slots=True)
class GateOpened:
    """照常公布: an admin let a ranking be published although something is missing."""

    district_id: int
    period: str
    unit_kind: str
    person_id: int


Event: TypeAlias = (
    SheetSubmitted
    | SheetReturned
    | SheetSkipped
    | SheetResumed
    | SheetHandedOver
    | RoundOpened
    | RoundRescheduled
    | FocusChosen
    | SheetsHandedOut
    | PersonBound
    | PersonLeft
    | InvitationRefused
    | RosterImported
    | FilingMade
    | FilingDecided
    | DutyExcused
    | HolidaysEntered
    | FiringChanged
    | SheetCorrected
    | ObjectionRaised
    | ObjectionDecided
    | ExplanationFiled
    | GateOpened
)
