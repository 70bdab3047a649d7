"""What a process and the whole machine have used, from Linux's own accounts.

CPU is user and system time in seconds, of all threads, to the nanosecond where the
kernel counts so; memory is in bytes.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """CPU used by this process since it began. Raises OSError when it is gone."""
    # The kernel's number for "the CPU clock of that process": finer than the hundredths in /proc/PID/stat.
    return time.clock_gettime((~pid << 3) | 2)


def peak_memory(pid: int) -> int:
    """The most physical memory that this process has held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise ProcessLookupError(f"process {pid} has no memory any more")
    return int(found[1]) * 1024


def machine_seconds() -> float:
    """CPU used by everybody on this machine since it began."""
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    )
    # The last two fields (guests) are counted in the first two already.
    return (user + nice + system + sum(interrupts[:3])) / os.sysconf("SC_CLK_TCK")
