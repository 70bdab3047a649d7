"""Buttons that belong to the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Choose a language: 0 is zh, 1 is en."""

    VERB: ClassVar[str] = "L"
    choice: int


@dataclass(frozen=True, slots=True)
class SetDigests:
    """每日提要: wanted (1) or not (0)."""

    VERB: ClassVar[str] = "hd"
    wanted: int


HomeButton: TypeAlias = SetLanguage | SetDigests
