"""The district itself: its group, its admins, the language a person reads."""

from __future__ import annotations

from collections.abc import Iterable

from core.actions.door import Moment
from core.errors import NotAGroup
from core.people import Actor, Role
from core.permissions import Right, require
from core.store import outbox, people, units
from core.store.audit_log import Act
from core.store.engine import Db
from core.store.units import DistrictView


def first_district(db: Db, name: str, timezone: str, language: str) -> DistrictView:
    """The district everything belongs to until there are several; made when there is none."""
    known = units.districts(db)
    return known[0] if known else units.district(db, units.add_district(db, name, timezone, language))


def the_district(db: Db) -> DistrictView | None:
    """The same, where there is one; nothing is made."""
    return next(iter(units.districts(db)), None)


def ensure_admins(db: Db, district_id: int, telegram_ids: Iterable[int], language: str, at: Moment) -> None:
    """Make these accounts admins, as the settings say, unless they are already."""
    wanted = frozenset(telegram_ids)
    known = people.actors(db, wanted, at.today)
    made = []
    for telegram_id in sorted(wanted):
        actor = known.get(telegram_id)
        if actor is not None and Role.ADMIN in actor.roles:
            continue
        person_id = people.person_of(db, telegram_id)
        if person_id is None:
            person_id = people.add_person(db, district_id, str(telegram_id), telegram_id, language)
        people.appoint(db, person_id, Role.ADMIN, None, at.today)
        made.append(person_id)
    if made:
        told: dict[str, str | int | None] = {"people": ",".join(map(str, made))}
        units.append_act(db, district_id, Act(at.now, None, "ensure_admins", told))


def take_stock(db: Db, district_id: int, at: Moment) -> None:
    """Let the roster's chain tell what the roster says, where no act has told it yet; once, not at every start.

    What was changed beside the bot must not be told as right by starting it.
    """
    if not units.has_stock(db, district_id):
        units.append_act(db, district_id, Act(at.now, None, "take_stock", {}))


def bind_group(db: Db, actor: Actor, chat_id: int, thread_id: int | None, *, is_group: bool) -> DistrictView:
    """Make this chat the place of announcements. Raises NotAllowed or NotAGroup."""
    require(actor, Right.ANNOUNCE)
    if not is_group:
        raise NotAGroup
    units.bind_group(db, actor.district_id, chat_id, thread_id)
    return units.district(db, actor.district_id)


def district_of(db: Db, chat_id: int) -> DistrictView | None:
    """The district whose announcements go to this chat."""
    return units.group_district(db, chat_id)


def follow_group(db: Db, old_chat_id: int, new_chat_id: int) -> None:
    """A group became a supergroup: its id changes everywhere. Doing so twice is harmless."""
    units.move_group(db, old_chat_id, new_chat_id)
    outbox.move_chat(db, old_chat_id, new_chat_id)


def choose_language(db: Db, actor: Actor, language: str) -> None:
    """Remember the language a person reads."""
    people.set_language(db, actor.person_id, language)
