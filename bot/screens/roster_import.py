"""A roster workbook that was sent: what it would do, table by table, what is wrong in it, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from bot.buttons import Button
from bot.buttons.invitations import ShowInvitations
from bot.buttons.uploads import ApplyUpload, DropUpload, MarkedCopy, ShowUpload, check_of
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.roster_words import place_text, problem_text, roster_labels
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.roster import Naming, Post, UnitCategory
from core.roster_plan import Deed, PlanLine, RosterPlan, RosterPreview
from core.roster_rows import COLUMNS, RosterProblem

_PARTS = tuple(COLUMNS)
"""Part 1 of the preview is the first of them; part 0 is the overview."""

_PARTS_PER_ROW, _SHOWN = 3, 8
_PAIRS = {"links", "assignments", "conflicts"}


def import_screen(
    phrases: Phrases, language: str, upload_id: int, preview: RosterPreview, part: int, number: int
) -> Screen:
    """The counts (part 0), or a page of the lines of one table."""
    if not 0 < part <= len(_PARTS):
        return _overview(phrases, language, upload_id, preview)
    table = _PARTS[part - 1]
    found = [line for line in preview.plan.lines if line.table == table]
    page = page_of(found, number)
    lines = [
        {"deed": line.deed.value, "words": PlanWords(phrases, language, preview).line(line)} for line in page.lines
    ]
    name = roster_labels(phrases, language).tables[table]
    text = phrases.say(
        language,
        "imports.lines",
        table=name,
        lines=lines,
        count=len(found),
        page=page.number + 1,
        pages=page.last + 1,
    )
    turns = page.turns(phrases, language, partial(ShowUpload, upload_id, part))
    return Screen(text, (*turns, (_key(phrases, language, "overview", ShowUpload(upload_id, 0, 0)),)))


def _overview(phrases: Phrases, language: str, upload_id: int, preview: RosterPreview) -> Screen:
    plan, labels = preview.plan, roster_labels(phrases, language)
    parts = [
        {"name": labels.tables[table], **{deed.value: len(plan.of(table, deed)) for deed in Deed}} for table in _PARTS
    ]
    text = phrases.say(language, "imports.overview", parts=parts, kept=plan.kept, nothing=not plan.lines)
    keys = []
    for place, table in enumerate(_PARTS, start=1):
        count = sum(line.table == table for line in plan.lines)
        if count:
            keys.append(Key(f"{labels.tables[table]} {count}", ShowUpload(upload_id, place, 0)))
    drop = _key(phrases, language, "drop", DropUpload(upload_id))
    if not plan.lines:
        return Screen(text, ((drop,),))
    apply = _key(phrases, language, "apply", ApplyUpload(upload_id, check_of(plan.digest)))
    return Screen(text, (*in_rows(keys, _PARTS_PER_ROW), (apply, drop)))


def problems_screen(phrases: Phrases, language: str, upload_id: int, problems: Sequence[RosterProblem]) -> Screen:
    """The first of what is wrong, each with its place and its remedy, and the way to the marked copy."""
    shown = [
        phrases.say_plain(
            language,
            "imports.problem",
            place=phrases.markup(place_text(phrases, language, each)),
            text=phrases.markup(problem_text(phrases, language, each)),
        )
        for each in problems[:_SHOWN]
    ]
    text = phrases.say(
        language, "imports.problems", problems=shown, count=len(problems), more=len(problems) - len(shown)
    )
    return Screen(text, ((_key(phrases, language, "marked", MarkedCopy(upload_id)),),))


def imported_screen(phrases: Phrases, language: str, plan: RosterPlan) -> Screen:
    """What was done."""
    counts = {deed.value: plan.count(deed) for deed in Deed}
    new_people = len(plan.of("people", Deed.ADD))
    text = phrases.say(language, "imports.applied", new_people=new_people, **counts)
    invitations = Key(phrases.say_plain(language, "keys.people.invitations"), ShowInvitations())
    return Screen(text, ((invitations,),) if new_people else ())


def _key(phrases: Phrases, language: str, name: str, deed: Button) -> Key:
    return Key(phrases.say_plain(language, f"keys.imports.{name}"), deed)


class PlanWords:
    """Says the lines of a plan."""

    def __init__(self, phrases: Phrases, language: str, preview: RosterPreview) -> None:
        self._phrases, self._language, self._preview = phrases, language, preview
        self._labels = roster_labels(phrases, language)
        self._entries = {unit.code: unit for unit in preview.roster.units or ()}

    def line(self, line: PlanLine) -> str:
        """One line: who or what, and what becomes of it."""
        return self._say("line", name=self._name(line), changes=self._changes(line))

    def _name(self, line: PlanLine) -> str:
        if line.table not in _PAIRS:
            return line.name
        names = self._preview.units if line.table == "links" else self._preview.people
        first = names.get(line.key, line.key)
        return self._say("pair", first=first, second=self._preview.units.get(line.name, line.name))

    def _changes(self, line: PlanLine) -> list[str]:
        if line.deed is Deed.CHANGE:
            told = ((name, self._value(name, was), self._value(name, now)) for name, was, now in line.details)
            return [self._say(f"change.{name}", was=was, now=now) for name, was, now in told]
        if line.deed is Deed.ADD and line.table == "people":
            return [self._value("posts", self._preview.plan.people[line.key].posts)]
        if line.deed is Deed.ADD and line.table == "units":
            return [self._labels.categories[self._entries[line.key].category]]
        return []

    def _value(self, name: str, value: Any) -> str:
        """A value of a roster, in words; empty for none."""
        if isinstance(value, tuple):
            return self._phrases.say_plain(self._language, "imports.joined", words=[self._part(each) for each in value])
        if isinstance(value, bool):
            return self._labels.answers[value]
        if isinstance(value, UnitCategory):
            return self._labels.categories[value]
        if isinstance(value, date):
            return value.isoformat()
        if name == "successor" and value is not None:
            return self._preview.units.get(value, str(value))
        return self._labels.languages[value] if name == "language" else str(value or "")

    def _part(self, value: Post | Naming) -> str:
        if isinstance(value, Naming):
            return self._say("naming", naming=value)
        unit = "" if value.unit is None else self._preview.units.get(value.unit, value.unit)
        return self._say("post", role=self._labels.roles[value.role], unit=unit)

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.say_plain(self._language, f"imports.{key}", **values)
