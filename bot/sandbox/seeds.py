"""Numbers that look like chance and are the same in every run of the same seed."""

import hashlib


def number_from(seed: str, name: str, below: int) -> int:
    """A number from 1 to `below` - 1 that belongs to this seed and name."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % (below - 1)
