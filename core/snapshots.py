"""What the actions hand back: frozen pictures of the data, ready to be shown.

Points are hundredths of a point, times are UTC. A snapshot knows no database and no
language; it stays true to the moment of its transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from core.duties import Tally
from core.people import Role
from core.rubric import Rubric, UnitKind
from core.scoring import has_too_few
from core.sheet import Sheet, SheetState


@dataclass(frozen=True, slots=True)
class Author:
    """Who set the present mark of an item, and when."""

    name: str
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet as its rater sees it. `evidence` counts the pieces per item.

    `by_others`: on a sheet that a township's officers share, the items whose mark another than the viewer set.
    `returned`: why items went back (退回), while the sheet is open again.
    """

    sheet: Sheet
    unit: str
    unit_kind: UnitKind
    period: str
    rater: str
    opens_at: datetime
    closes_at: datetime
    submitted_at: datetime | None
    evidence: Mapping[int, int]
    audit_head: str
    by_others: Mapping[int, Author] = field(default_factory=dict)
    returned: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a person's list of sheets."""

    sheet_id: int
    unit: str
    unit_kind: UnitKind
    period: str
    state: SheetState
    marked: int
    items: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark led to. `owes_reason`: the mark needs a reason that is not there yet.

    `shows` is the item to show now: this one while its reason is asked for, else the next one without a mark;
    0 is the contents, when every item has a mark.
    """

    view: SheetView
    item: int
    owes_reason: bool
    prompt_id: int | None
    shows: int


@dataclass(frozen=True, slots=True)
class Attached:
    """What a piece of evidence led to: the item's count; `new` is False for one that was there already."""

    view: SheetView
    item: int
    count: int
    new: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for free text, or files, and is about no sheet; `about` names what it is about."""

    prompt_id: int
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """A question about an item of a sheet, which waits for free text."""

    prompt_id: int
    kind: str
    sheet_id: int
    item: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet stands: the chat, and the message if it is there already."""

    chat_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The sheet that stands in a chat; item 0 is its contents. `in_column`: the item goes across all departments."""

    sheet_id: int
    item: int
    message_id: int | None
    in_column: bool = False


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round as the office sees it. `submitted` of its `sheets` are in.

    `focus` are the items that count, None all; `focus_fixed`: a sheet was handed in, so that it can no longer change.
    `is_final`: its ranking is final. `closings` are the times that it may be extended or reopened to.
    `unassessed` are the units that nobody has a sheet for; a list of rounds does not look them up.
    """

    round_id: int
    period: str
    unit_kind: UnitKind
    opens_at: datetime
    closes_at: datetime
    is_open: bool
    sheets: int
    submitted: int
    rubric: Rubric
    focus: frozenset[int] | None
    focus_fixed: bool
    is_final: bool
    closings: tuple[datetime, ...]
    unassessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One unit in a ranking; `rank` and `score` are None for one that has none. `scoring.display` prints scores.

    `components` are those that the score is composed of, each in hundredths of a point like the score. `dropped` are
    the totals of the sheets that trimming left out; `quarters`: ranked in how many of how many, where that counts.
    `ledger` counts the unit's duties by the components that they make.
    """

    unit_id: int
    unit: str
    rank: int | None
    tied: bool
    score: Fraction | None
    categories: tuple[Fraction, ...]
    tie_line: str | None
    sheets: int
    components: Mapping[str, Fraction] = field(default_factory=dict)
    dropped: tuple[Fraction, ...] = ()
    quarters: tuple[int, int] | None = None
    ledger: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankingView:
    """A frozen ranking. `components` are the keys counted, `absent` those nobody had; weights in percent.

    `flag` names the units that hold the red flag; empty when nobody was ranked, and the flag then stays with
    `held_before`, which names the holders until now. `categories` are the tie lines, most important first.
    """

    ranking_id: int
    district: str
    period: str
    unit_kind: UnitKind
    version: int
    state: str
    computed_at: datetime
    components: tuple[str, ...]
    absent: tuple[str, ...]
    rows: tuple[RankingRow, ...]
    categories: tuple[str, ...]
    flag: tuple[str, ...]
    held_before: tuple[str, ...]
    audit_root: str
    inputs_hash: str
    rubric: str
    policy: str
    objections_until: datetime | None = None
    final_at: datetime | None = None
    least: int = 1
    """From how many sheets on a unit is ranked."""

    def is_short(self, row: RankingRow) -> bool:
        """Whether a unit is not ranked for too few sheets; one without any is 未考核."""
        return row.rank is None and has_too_few(row.sheets, self.least)


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody holds, at a unit or at none, since a day."""

    role: Role
    unit: str | None
    since: date


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person of the roster; without posts they have left. `bound`: a Telegram account is theirs.

    `unreachable_since`: since when Telegram lets nothing of ours through to it.
    """

    person_id: int
    name: str
    code: str | None
    bound: bool
    language: str
    posts: tuple[Post, ...]
    unreachable_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet that is not handed in yet."""

    sheet_id: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A person with what they have begun."""

    person: StaffLine
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """An open sheet and who may take it over."""

    sheet_id: int
    unit: str
    period: str
    rater: str
    rater_id: int
    receivers: tuple[StaffLine, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit; `ends_on` is the first day on which it is none any more, `successor` what it was merged into."""

    unit_id: int
    code: str
    kind: UnitKind
    name: str
    ends_on: date | None
    successor: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """The name a unit bears from a day on."""

    since: date
    name: str


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with its names, its people, and who scores it; `linked`: a department's townships, or the reverse."""

    unit: UnitLine
    namings: tuple[Naming, ...]
    people: tuple[StaffLine, ...]
    assessors: tuple[str, ...]
    linked: tuple[str, ...]
