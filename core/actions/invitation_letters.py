"""Who hears of links that opened nothing: the admins, once an hour for each account, and not at night."""

from __future__ import annotations

from core.actions.door import Moment
from core.actions.telling import tell
from core.events import InvitationRefused
from core.store import people
from core.store.engine import Db
from core.store.people import Addressee


def tell_of_refusal(db: Db, event: InvitationRefused, at: Moment) -> None:
    """Owe every admin a letter; who goes on trying is told of again in the next hour of the clock only."""
    letter = {
        "name": "invitation_refused",
        "telegram_id": event.telegram_id,
        "cause": event.cause,
        "person": event.invited_person_id,
    }
    key = f"invitation_refused:{event.telegram_id}:{at.now:%Y-%m-%dT%H}"
    for admin in people.admins(db, event.district_id, at.today):
        to = Addressee(admin.person_id, admin.name, admin.telegram_id, admin.language)
        tell(db, event.district_id, to, key, letter, at)
