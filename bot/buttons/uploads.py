"""Buttons of a workbook that somebody sent: what it would do, and whether it shall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ShowUpload:
    """A part of a workbook's preview (0: the counts) and its page, from 0."""

    VERB: ClassVar[str] = "uv"
    upload: int
    part: int
    page: int


@dataclass(frozen=True, slots=True)
class ApplyUpload:
    """Do what the preview showed; `check` is the head of its digest."""

    VERB: ClassVar[str] = "ua"
    upload: int
    check: int


@dataclass(frozen=True, slots=True)
class DropUpload:
    """Put the workbook aside."""

    VERB: ClassVar[str] = "ud"
    upload: int


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """The workbook that could not be taken, with its problems marked."""

    VERB: ClassVar[str] = "um"
    upload: int


UploadButton: TypeAlias = ShowUpload | ApplyUpload | DropUpload | MarkedCopy


def check_of(digest: str) -> int:
    """The head of a hexadecimal digest, as a button can carry it."""
    return int(digest[:10], 16)
