"""A large roster: 500 units and 3,000 people brought in at the machine, each step timed, with its peak of memory.

    python -m tests.bench.roster_scale

Prints seconds and MB of each command as a process of its own, and their shares of the limits (20 s, 300 MB).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.phrases import load_phrases
from bot.screens.roster_papers import roster_paper
from bot.settings import child_environment
from core.export.roster_workbook import write_roster
from core.people import Role
from core.roster import Naming, PersonEntry, Post, Roster, UnitCategory, UnitEntry

ROOT = Path(__file__).parents[2]
UNITS, TOWNSHIPS, PEOPLE, ASSESSORS = 500, 60, 3_000, 200
SECONDS, MEGABYTES = 20.0, 300.0
_SINCE = date(2013, 1, 1)


def large_roster() -> Roster:
    """60 townships, 440 departments linked with three each, 3,000 people."""
    units = []
    for number in range(UNITS):
        category = UnitCategory.TOWN if number < TOWNSHIPS else UnitCategory.DEPARTMENT
        units.append(UnitEntry(f"u{number:03}", category, (Naming(_SINCE, f"单位{number:03}", f"单{number:03}"),)))
    people = []
    for number in range(PEOPLE):
        role = Role.ASSESSOR if number < ASSESSORS else Role.OFFICER if number % 2 else Role.LIAISON
        home = {Role.ASSESSOR: None, Role.OFFICER: f"u{number % TOWNSHIPS:03}"}.get(
            role, f"u{TOWNSHIPS + number % (UNITS - TOWNSHIPS):03}"
        )
        people.append(PersonEntry(f"人员{number:04}", None, None, "zh", (Post(role, home),)))
    links = [
        (unit.code, f"u{(place + turn) % TOWNSHIPS:03}")
        for place, unit in enumerate(units[TOWNSHIPS:])
        for turn in range(3)
    ]
    assignments = [(f"人员{number:04}", f"u{number % TOWNSHIPS:03}") for number in range(ASSESSORS)]
    return Roster(tuple(units), tuple(people), tuple(sorted(links)), tuple(sorted(assignments)), ())


def run(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and MB (of 1024 × 1024) of one command with all its children."""
    script = (
        "import resource, runpy, sys, atexit\n"
        "def told():\n"
        "    most = [resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "    open('peak', 'w').write(str(max(most)))\n"
        "atexit.register(told)\n"
        "sys.argv = ['hongqi', *sys.argv[1:]]\n"
        "runpy.run_module('bot', run_name='__main__')\n"
    )
    began = perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=child_environment({"PYTHONPATH": str(ROOT)}),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    seconds = perf_counter() - began
    if ended.returncode:
        raise SystemExit(f"hongqi {' '.join(arguments)} ended with {ended.returncode}")
    return seconds, int((folder / "peak").read_text()) / 1024


def main() -> None:
    """Import it into nothing, import it again, export it."""
    paper = roster_paper(load_phrases(ZoneInfo("Asia/Shanghai")), "zh", large_roster())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "roster.xlsx").write_bytes(write_roster(paper))
        for arguments in (("import", "roster.xlsx", "--yes"), ("import", "roster.xlsx"), ("export", "again.xlsx")):
            seconds, megabytes = run(folder, *arguments)
            shares = f"{seconds / SECONDS:.2f} of {SECONDS:.0f} s, {megabytes / MEGABYTES:.2f} of {MEGABYTES:.0f} MB"
            print(f"hongqi {' '.join(arguments)}: {seconds:.1f} s, {megabytes:.0f} MB ({shares})")  # noqa: T201


if __name__ == "__main__":
    if not hasattr(resource, "getrusage") or os.name != "posix":
        raise SystemExit("needs a machine that tells a process's memory")
    main()
