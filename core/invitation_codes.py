"""The codes of invitations: what stands in a link, and what is kept of it.

A code is derived from a nonce with the program's secret, so that a link can be shown again as long as it is good,
while the database holds only the code's hash and a nonce that tells nobody anything.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

LENGTH = 22
"""Characters of a code: 132 bits, and with its prefix within the 64 characters of a deep link."""


@dataclass(frozen=True, slots=True)
class InvitationCodes:
    """Makes codes. `secret` never leaves the program; with another one, older links cannot be shown again."""

    secret: bytes = field(repr=False)

    def code(self, nonce: str) -> str:
        """The code of a nonce, in the letters a deep link may have."""
        digest = hmac.digest(self.secret, f"invitation:{nonce}".encode(), sha256)
        return urlsafe_b64encode(digest).decode()[:LENGTH]


def hash_of(code: str) -> str:
    """What is kept of a code (64 hex digits)."""
    return sha256(code.encode()).hexdigest()
