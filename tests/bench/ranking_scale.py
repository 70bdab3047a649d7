"""A year of a thousand townships: ranked by the program and by two programs in pandas, and /why asked about it.

    python -m tests.bench.ranking_scale

1,000 townships × 10 raters × 23 items × 12 months (2.76 million marks), and four quarters and a January round of two
raters each. Everybody reads the same database in a process of its own, in turn and repeatedly: whole processes are
timed, start and imports included. Prints medians and ratios; measures, never passes or fails. pandas is installed by
`make bench` alone (`requirements-bench.lock`).
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bot.phrases import load_phrases
from bot.screens.why import GLANCE, why_screen
from core.actions import explaining
from core.actions.door import Moment
from core.frozen_text import ranks_of
from core.people import Actor, Role
from core.periods import Period
from core.store import rankings
from core.store.engine import open_database

from .large_district import Size, build
from .year import ZONE

MOST = 0.3
"""Of pandas' time and memory."""
WHY_MS = 50
OURS = ("tests.bench.ranking_by_hongqi",)
THEIRS = {
    "pandas": ("tests.bench.ranking_by_pandas",),
    "pandas, five columns": ("tests.bench.ranking_by_pandas", "--lean"),
}
_LATER = Moment(datetime(2014, 3, 1, tzinfo=UTC), date(2014, 3, 1))


@dataclass(frozen=True, slots=True)
class Run:
    """One process from its start to its end: seconds by the clock, seconds of processor, and MB at its peak."""

    seconds: float
    cpu: float
    megabytes: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, let everybody rank, ask why, and tell."""
    parser = ArgumentParser(prog="python -m tests.bench.ranking_scale", description="Rank a year of a large district.")
    parser.add_argument("--units", type=int, default=Size().units, help="townships (1000)")
    parser.add_argument("--repeat", type=int, default=3, help="times that everybody ranks (3)")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = perf_counter()
        marks = build(folder / "year.db", Size(units=asked.units))
        _say(f"{marks:,} marks written in {perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
        runs: dict[str, list[Run]] = {name: [] for name in ("hongqi", *THEIRS)}
        for _ in range(asked.repeat):
            # A year can be ranked once: each time in a copy, which is not part of what is timed.
            ranked = Path(shutil.copy(folder / "year.db", folder / "ranked.db"))
            runs["hongqi"].append(_run(folder, *OURS, str(ranked)))
            for theirs, module in THEIRS.items():
                runs[theirs].append(_run(folder, *module, str(folder / "year.db")))
        _tell(runs)
        _tell_why(folder / "ranked.db")


def _run(folder: Path, module: str, *arguments: str) -> Run:
    """A module as a process; its memory is told by itself at its end."""
    script = (
        "import atexit, resource, runpy, sys\n"
        "def told():\n"
        "    used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    open(peak, 'w').write(f'{used.ru_utime + used.ru_stime} {used.ru_maxrss}')\n"
        "atexit.register(told)\n"
        "peak, module = sys.argv.pop(1), sys.argv.pop(1)\n"
        "runpy.run_module(module, run_name='__main__')\n"
    )
    peak = folder / "peak"
    began = perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", script, str(peak), module, *arguments], capture_output=True, text=True, check=False
    )
    seconds = perf_counter() - began
    if ended.returncode:
        raise SystemExit(f"{module} ended with {ended.returncode}\n{ended.stderr}")
    cpu, kilobytes = peak.read_text().split()
    return Run(seconds, float(cpu), int(kilobytes) / 1024)


def _tell(runs: dict[str, list[Run]]) -> None:
    middle = {
        name: Run(
            median(run.seconds for run in each),
            median(run.cpu for run in each),
            median(run.megabytes for run in each),
        )
        for name, each in runs.items()
    }
    for name, run in middle.items():
        _say(f"{name:22} {run.seconds:6.1f} s  {run.cpu:6.1f} s of processor  {run.megabytes:6.0f} MB")
    ours = middle["hongqi"]
    for name in THEIRS:
        other = middle[name]
        for what, ratio in (
            ("time", ours.seconds / other.seconds),
            ("processor", ours.cpu / other.cpu),
            ("memory", ours.megabytes / other.megabytes),
        ):
            _say(f"{what:10} to {name:22} {ratio:.2f} (to reach: {MOST}) {'yes' if ratio <= MOST else 'NO'}")


def _tell_why(path: Path) -> None:
    """The answer to /why: looked up and put into words, for the first, one in the middle, and the last."""
    database, phrases = open_database(f"sqlite:///{path}"), load_phrases(ZONE)
    actor = Actor(1, 1, 1, "office", "zh", frozenset({Role.ADMIN}), frozenset())
    with database.transaction() as db:
        known = rankings.newest_ids(db, 1, "township")
        orders = {key: ranks_of(rankings.known(db, known[Period.parse(key)]).body) for key in _ASKED}
    for key, order in orders.items():
        for unit_id in (order[0].unit_id, order[len(order) // 2].unit_id, order[-1].unit_id):
            times = []
            for _ in range(15):
                began, used = perf_counter(), process_time()
                with database.transaction() as db:
                    found = explaining.why(db, actor, unit_id, _LATER, known[Period.parse(key)])
                why_screen(phrases, "zh", found, GLANCE, 0, of_office=True)
                times.append(((perf_counter() - began) * 1000, (process_time() - used) * 1000))
            clock, cpu = (median(column) for column in zip(*times, strict=True))
            verdict = "yes" if clock < WHY_MS else "NO"
            _say(f"/why {key} rank {found.row.rank}: {clock:.0f} ms, {cpu:.0f} of processor ({WHY_MS}: {verdict})")
    database.close()


_ASKED = ("2013-06", "2013-Q4", "2013-H2", "2013")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    if not hasattr(resource, "getrusage") or os.name != "posix":
        raise SystemExit("needs a machine that tells a process's memory")
    main()
