"""One call of a Bot API method: its parameters, as strings or JSON values, and its uploads.

It answers for reading them strictly. Telegram coerces most types and ignores the rest; here a wrong type is a 400
whose text is the sandbox's own, because a bot that sends one has a mistake to find. Which parameters were read is
remembered, so that the ledger can name the ones nobody looked at.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request

INTEGER = re.compile(r"-?\d{1,18}")
FLAGS = {"true": True, "false": False, "1": True, "0": False, True: True, False: False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of the request."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters and uploads of one request. Absent and null are the same."""

    method: str
    parameters: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)

    def given(self, name: str) -> Any:
        """The parameter as it came, or None."""
        self.looked_at.add(name)
        return self.parameters.get(name)

    def text(self, name: str) -> str:
        """A String; empty when absent."""
        value = self.given(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise _wrong(name, "a String")
        return value

    def integer(self, name: str) -> int | None:
        """An Integer, also written as a string; None when absent or empty."""
        value = self.given(name)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and INTEGER.fullmatch(value):
            return int(value)
        raise _wrong(name, "an Integer")

    def number(self, name: str) -> float | None:
        """A Float, also written as a string; None when absent or empty."""
        value = self.given(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise _wrong(name, "a Float")
        try:
            return float(value)
        except ValueError:
            raise _wrong(name, "a Float") from None

    def flag(self, name: str) -> bool:
        """A Boolean, also written as `true`, `false`, `1`, `0`; False when absent."""
        value = self.given(name)
        if value is None:
            return False
        known = FLAGS.get(value.lower() if isinstance(value, str) else value) if _hashable(value) else None
        if known is None:
            raise _wrong(name, "a Boolean")
        return known

    def structure(self, name: str, called: str = "") -> Any:
        """An object or array, as JSON value or as a string of JSON; None when absent. `called` names it in the 400."""
        value = self.given(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {called or name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The uploaded file with this part name, if any."""
        self.looked_at.add(name)
        return self.uploads.get(name)

    def ignored(self) -> tuple[str, ...]:
        """The parameters and uploads that nobody looked at."""
        return tuple(name for name in (*self.parameters, *self.uploads) if name not in self.looked_at)

    def described(self) -> dict[str, Any]:
        """The arguments for the ledger; uploads as name and size."""
        files = {name: {"file": one.name, "size": len(one.content)} for name, one in self.uploads.items()}
        return dict(self.parameters) | files


def _hashable(value: Any) -> bool:
    return isinstance(value, str | bool | int)


def _wrong(name: str, kind: str) -> Exception:
    return bad_request(f'parameter "{name}" must be {kind}')
