"""What was loaded at the start stays to the end, so the garbage collector need not look through it.

A full collection stops every tap for as long as it takes: without this a tenth of a second, again and again.
"""

from __future__ import annotations

import gc


def leave_alone_what_is_loaded() -> None:
    """Take everything that there is now out of later collections. To be called once, when all is loaded."""
    gc.collect()
    gc.freeze()
