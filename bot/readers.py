"""The ONE table of workbooks that the program knows when they come back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.form_readers import FORM
from bot.roster_reader import ROSTER
from bot.upload_readers import UploadReader
from core.export.roster_workbook import KIND as ROSTER_KIND

READERS: Mapping[str, UploadReader] = {"form": FORM, "matrix": FORM, ROSTER_KIND: ROSTER}
"""By the kind that the marker of a workbook names."""
