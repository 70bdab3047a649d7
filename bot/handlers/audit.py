"""/audit: does the audit hold?"""

from __future__ import annotations

from bot.screens.audit import checking_screen
from bot.visit import Visit
from core.permissions import Right, require


async def verify(visit: Visit) -> None:
    """/audit: that it is being verified; what it came to follows as a paper, which is made beside the taps."""
    require(visit.actor, Right.VERIFY_AUDIT)
    visit.post(checking_screen(visit.phrases, visit.language))
    visit.paper("audit", visit.actor.district_id)
