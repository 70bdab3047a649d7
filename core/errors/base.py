"""The root of all refusals."""

from __future__ import annotations


class Refusal(Exception):
    """Something the rules do not allow. It changes nothing and is told to the person."""
