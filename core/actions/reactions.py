"""Events and who is told of them. Every event has its line; `nobody` is a decision, not an omission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core import events
from core.actions import (
    filing_letters,
    handing_out,
    invitation_letters,
    objection_letters,
    return_letters,
    round_letters,
    staff_letters,
)
from core.actions.door import Moment
from core.events import Event
from core.store.engine import Db

Reaction = Callable[[Db, Any, Moment], None]


def happened(db: Db, event: Event, at: Moment) -> None:
    """Raise an event, in the transaction of what it tells of."""
    REACTIONS[type(event)](db, event, at)


def nobody(_db: Db, _event: Event, _at: Moment) -> None:
    """Those whom it concerns did it themselves, or see it where they look."""


def _supplied(db: Db, event: events.RosterImported, at: Moment) -> None:
    """Rounds that are open get the sheets that the new roster asks for."""
    for handed in handing_out.supply_open_rounds(db, event.district_id, event.person_id, at):
        happened(db, handed, at)


REACTIONS: Mapping[type[Event], Reaction] = {
    events.SheetSubmitted: return_letters.sheet_resubmitted,
    events.SheetReturned: return_letters.sheet_returned,
    events.SheetSkipped: nobody,
    events.SheetResumed: nobody,
    events.SheetHandedOver: staff_letters.sheet_handed_over,
    events.RoundOpened: round_letters.round_opened,
    events.RoundRescheduled: round_letters.round_rescheduled,
    events.FocusChosen: nobody,
    events.SheetsHandedOut: round_letters.sheets_handed_out,
    events.PersonBound: nobody,
    events.PersonLeft: nobody,
    events.InvitationRefused: invitation_letters.tell_of_refusal,
    events.RosterImported: _supplied,
    events.FilingMade: filing_letters.filing_made,
    events.FilingDecided: filing_letters.filing_decided,
    events.DutyExcused: filing_letters.duty_excused,
    events.HolidaysEntered: nobody,
    events.FiringChanged: nobody,
    events.SheetCorrected: objection_letters.sheet_corrected,
    events.ObjectionRaised: objection_letters.objection_raised,
    events.ObjectionDecided: objection_letters.objection_decided,
    events.ExplanationFiled: objection_letters.explanation_filed,
    events.GateOpened: nobody,
}
