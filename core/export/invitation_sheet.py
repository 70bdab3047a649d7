"""Invitations to print and hand out: cards with a QR code each, ten on a sheet of A4, as a PDF.

Answers for how they look and for the codes that phones read. Never knows which link is good: what arrives is printed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import segno

from core.export.typesetting import Language, compile_pdf, shorten

# What is longer is cut with an ellipsis: a card has no second page.
LONGEST_NAME = 24
LONGEST_WORDS = 28


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """One person's card, in the reader's language; `link` is what the code says and what stands below it."""

    name: str
    role: str
    unit: str
    link: str
    expires: str


@dataclass(frozen=True, slots=True)
class InvitationSheet:
    """All cards. `hint` says on each what to do with it, `nobody` stands where there is no card at all.

    pages is a pattern with {page} and {pages}: 第 {page} 页 / 共 {pages} 页.
    """

    language: Language
    title: str
    hint: str
    nobody: str
    pages: str
    cards: tuple[InvitationCard, ...]


def set_invitation_sheet(sheet: InvitationSheet) -> bytes:
    """An A4 PDF, two cards side by side and five below each other. Raises TypesettingFailed."""
    return compile_pdf("invitation_sheet", {**asdict(sheet), "cards": [_card(card) for card in sheet.cards]})


def _card(card: InvitationCard) -> dict[str, str]:
    return {
        "name": shorten(card.name, LONGEST_NAME),
        "role": shorten(card.role, LONGEST_WORDS),
        "unit": shorten(card.unit, LONGEST_WORDS),
        "link": card.link,
        "expires": card.expires,
        "code": _qr_code(card.link),
    }


def _qr_code(link: str) -> str:
    """The code as SVG. A quarter of it may be hidden by a crease or a thumb and it is still read."""
    return segno.make(link, error="q", micro=False, boost_error=False).svg_inline(border=4, omitsize=True)
