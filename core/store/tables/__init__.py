"""The tables. Values are validated before they come here; CHECKs hold the last line.

Units: points in hundredths, times in UTC, dates are the district's calendar dates,
Telegram ids are 64 bit. Rows never leave `core/store`; its functions return frozen
values. Enums are strings with a CHECK, because a native enum cannot be altered.
"""

from core.store.tables.duties import Excuse, FilingFile, FilingRow, UnitLedger
from core.store.tables.naming import METADATA, table_of
from core.store.tables.people import (
    Appointment,
    Assignment,
    Conflict,
    District,
    Invitation,
    Link,
    Person,
    Unit,
    UnitName,
    WrongCode,
)
from core.store.tables.ranking import Explanation, Gate, Objection, Ranking
from core.store.tables.running import (
    Audit,
    DeadLetter,
    Outbox,
    ProcessedUpdate,
    Prompt,
    ScreenRow,
    Upload,
)
from core.store.tables.schedules import CalendarDay, Occurrence, Rescheduling, ScheduleProgress
from core.store.tables.scoring import Evidence, MarkRow, ReturnedItem, Round, RuleText, SheetRow, Submission

__all__ = [
    "METADATA",
    "Appointment",
    "Assignment",
    "Audit",
    "CalendarDay",
    "Conflict",
    "DeadLetter",
    "District",
    "Evidence",
    "Excuse",
    "Explanation",
    "FilingFile",
    "FilingRow",
    "Gate",
    "Invitation",
    "Link",
    "MarkRow",
    "Objection",
    "Occurrence",
    "Outbox",
    "Person",
    "ProcessedUpdate",
    "Prompt",
    "Ranking",
    "Rescheduling",
    "ReturnedItem",
    "Round",
    "RuleText",
    "ScheduleProgress",
    "ScreenRow",
    "SheetRow",
    "Submission",
    "Unit",
    "UnitLedger",
    "UnitName",
    "Upload",
    "WrongCode",
    "table_of",
]
