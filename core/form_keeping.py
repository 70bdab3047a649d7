"""What a form says, as text to be kept until whoever sent it has looked at the preview.

Answers for giving back exactly what was read. Never knows what the form is for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.form_reading import FormEntry, SheetEntries


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was read without problems, and the hash of the rubric that it was printed from."""

    rubric_hash: str
    sheets: tuple[SheetEntries, ...]


def kept(rubric_hash: str, sheets: Sequence[SheetEntries]) -> str:
    """The text of what was read."""
    told = [
        [
            sheet.sheet_id,
            sheet.skipped,
            [
                [entry.item, entry.points, entry.not_applicable, entry.reason, entry.table, entry.cell]
                for entry in sheet.entries
            ],
        ]
        for sheet in sheets
    ]
    return json.dumps({"rubric": rubric_hash, "sheets": told}, ensure_ascii=False, separators=(",", ":"))


def recalled(text: str) -> KeptForm:
    """What `kept` wrote."""
    told = json.loads(text)
    sheets = (
        SheetEntries(sheet_id, tuple(FormEntry(*entry) for entry in entries), skipped)
        for sheet_id, skipped, entries in told["sheets"]
    )
    return KeptForm(str(told["rubric"]), tuple(sheets))
