"""Faults on request: what a test asks the practice Telegram to do wrong, how often, and to whom.

It answers for choosing the fault of a call. How a fault looks on the wire is `server.py`'s.
"""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

FaultKind = Literal[
    "drop_response_after_apply",
    "reset",
    "delay",
    "429",
    "500",
    "502_html",
    "200_html",
    "404_html",
    "401",
    "409",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule. `method` is a pattern such as `send*`; `chat_id` None means every chat.

    `times` is how often it still strikes (0: until cleared). `amount` is milliseconds for `delay` and seconds for
    `429`. `applied`: the call takes effect before a `500`, `502_html` or `200_html` is answered.
    `drop_response_after_apply` always takes effect first; the other kinds never do.
    """

    kind: FaultKind
    method: str = "*"
    chat_id: int | None = None
    times: int = 1
    amount: int = 1
    applied: bool = False


class Faults:
    """The rules in force, the delay of every call, and whether Telegram's pacing limits are on."""

    def __init__(self) -> None:
        """Nothing goes wrong at first."""
        self.rules: list[Fault] = []
        self.latency_ms = 0
        self.limits = False

    def add(self, fault: Fault) -> None:
        """Put a rule behind the others; the first that fits a call strikes."""
        self.rules.append(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more: rules, latency and limits are gone."""
        self.rules.clear()
        self.latency_ms = 0
        self.limits = False

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, if any; it is used up by one."""
        for place, rule in enumerate(self.rules):
            if not fnmatchcase(method.lower(), rule.method.lower()) or rule.chat_id not in {None, chat_id}:
                continue
            if rule.times == 1:
                del self.rules[place]
            elif rule.times > 1:
                self.rules[place] = replace(rule, times=rule.times - 1)
            return rule
        return None
