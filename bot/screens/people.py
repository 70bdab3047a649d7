"""/people: the list with its filters, one person, ending them, and handing their sheets over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.buttons import Button
from bot.buttons.invitations import ShowInvitations, ShowInvitee
from bot.buttons.people import AskEndPerson, ChooseReceiver, EndPerson, HandOver, PrintRoster, ShowPeople, ShowPerson
from bot.buttons.sheets import ShowSheets
from bot.phrases import Phrases
from bot.screens.paging import page_of
from bot.screens.screen import Key, Screen
from bot.screens.sheets import in_rows
from core.people import Role
from core.snapshots import Handover, StaffCard, StaffLine


def _holds(role: Role) -> Callable[[StaffLine], bool]:
    return lambda line: any(post.role is role for post in line.posts)


FILTERS: tuple[tuple[str, Callable[[StaffLine], bool]], ...] = (
    ("all", lambda line: bool(line.posts)),
    *((role.value, _holds(role)) for role in Role),
    ("unbound", lambda line: bool(line.posts) and not line.bound),
    ("left", lambda line: not line.posts),
)
"""By which the list is narrowed; a button names one by its place."""

_FILTERS_PER_ROW = 4


def people_screen(
    phrases: Phrases, language: str, everybody: Sequence[StaffLine], chosen: int, number: int, name: str = ""
) -> Screen:
    """One page of the people whom a filter leaves; `name` narrows them further, among all who ever were here."""
    chosen = min(chosen, len(FILTERS) - 1)
    key, fits = FILTERS[chosen]
    found = [each for each in everybody if (name in each.name if name else fits(each))]
    # What was typed is on no button: of a search there is one page, and the number of all.
    page = page_of(found, 0 if name else number)
    text = phrases.say(
        language, "people.list", filter=key, name=name, count=len(found), page=page.number + 1, pages=page.last + 1
    )
    rows = [(_person_key(phrases, language, each),) for each in page.lines]
    turns = () if name else page.turns(phrases, language, partial(ShowPeople, chosen))
    filters = [_filter_key(phrases, language, place, chosen if not name else -1) for place in range(len(FILTERS))]
    invitations = Key(phrases.say_plain(language, "keys.people.invitations"), ShowInvitations())
    template = Key(phrases.say_plain(language, "keys.imports.template"), PrintRoster(0))
    export = Key(phrases.say_plain(language, "keys.imports.export"), PrintRoster(1))
    return Screen(text, (*rows, *turns, *in_rows(filters, _FILTERS_PER_ROW), (invitations, template, export)))


def person_screen(phrases: Phrases, language: str, card: StaffCard) -> Screen:
    """One person: roles, account, drafts, and what can be done."""
    person = card.person
    drafts = page_of(card.drafts, 0).lines
    more = len(card.drafts) - len(drafts)
    text = phrases.say(language, "people.person", person=person, drafts=drafts, more=more)
    rows: list[tuple[Key, ...]] = [
        (Key(phrases.say_plain(language, "keys.people.hand_over", draft=draft), ChooseReceiver(draft.sheet_id, 0)),)
        for draft in drafts
    ]
    if person.posts:
        end = _key(phrases, language, "end", AskEndPerson(person.person_id))
        invite = _key(phrases, language, "invite", ShowInvitee(person.person_id))
        rows.append((end,) if person.bound else (invite, end))
    return Screen(text, (*rows, (_key(phrases, language, "to_list", ShowPeople(0, 0)),)))


def end_person_screen(phrases: Phrases, language: str, card: StaffCard) -> Screen:
    """Asks whether the person's roles are to end now."""
    text = phrases.say(language, "people.end", person=card.person, drafts=len(card.drafts))
    number = card.person.person_id
    confirm = _key(phrases, language, "confirm_end", EndPerson(number))
    return Screen(text, ((confirm,), (_key(phrases, language, "to_person", ShowPerson(number)),)))


def receivers_screen(phrases: Phrases, language: str, sheet: Handover, number: int) -> Screen:
    """Who is to have the sheet?"""
    page = page_of(sheet.receivers, number)
    text = phrases.say(
        language, "people.receivers", sheet=sheet, page=page.number + 1, pages=page.last + 1, any=bool(sheet.receivers)
    )
    rows = [(Key(each.name, HandOver(sheet.sheet_id, each.person_id)),) for each in page.lines]
    turns = page.turns(phrases, language, partial(ChooseReceiver, sheet.sheet_id))
    return Screen(text, (*rows, *turns, (_key(phrases, language, "to_person", ShowPerson(sheet.rater_id)),)))


def handed_over_letter(phrases: Phrases, language: str, unit: str, period: str, rater: str) -> Screen:
    """To who got the sheet."""
    text = phrases.say(language, "people.handed_over", unit=unit, period=period, rater=rater)
    return Screen(text, ((Key(phrases.say_plain(language, "keys.sheets"), ShowSheets(0)),),))


def unreachable_letter(phrases: Phrases, language: str, person_id: int, name: str, since: datetime) -> Screen:
    """To the office: Telegram lets nothing through to somebody any more."""
    text = phrases.say(language, "people.unreachable", name=name, since=since)
    return Screen(text, ((Key(name, ShowPerson(person_id)),),))


def _person_key(phrases: Phrases, language: str, line: StaffLine) -> Key:
    label = phrases.say_plain(language, "keys.people.person", person=line, roles=_roles(phrases, language, line))
    return Key(label, ShowPerson(line.person_id))


def _roles(phrases: Phrases, language: str, line: StaffLine) -> list[str]:
    roles = dict.fromkeys(post.role.value for post in line.posts)
    return [phrases.say_plain(language, f"people.roles.{role}") for role in roles]


def _filter_key(phrases: Phrases, language: str, place: int, chosen: int) -> Key:
    label = phrases.say_plain(language, f"people.filters.{FILTERS[place][0]}")
    return Key(f"✓{label}" if place == chosen else label, ShowPeople(place, 0))


def _key(phrases: Phrases, language: str, name: str, deed: Button) -> Key:
    return Key(phrases.say_plain(language, f"keys.people.{name}"), deed)
