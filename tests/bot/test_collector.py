"""What was loaded at the start is no longer looked through by the garbage collector."""

from __future__ import annotations

import gc

from bot.collector import leave_alone_what_is_loaded


def test_what_is_loaded_is_left_alone() -> None:
    try:
        leave_alone_what_is_loaded()
        assert gc.get_freeze_count() > 0
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
