"""Logging: one line an event, as text or JSON, and never the token."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal


class _Redacted(logging.Formatter):
    """Hides the token wherever a library prints an address."""

    def __init__(self, token: str, layout: str) -> None:
        super().__init__(layout)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._token, "<token>") if self._token else super().format(record)


class _Json(_Redacted):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(event, ensure_ascii=False)


def set_up_logging(layout: Literal["text", "json"], token: str) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler()
    if layout == "json":
        handler.setFormatter(_Json(token, "%(message)s"))
    else:
        handler.setFormatter(_Redacted(token, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # These speak for every job and request.
    for chatty in ("apscheduler", "httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
