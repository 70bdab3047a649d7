"""`python -m tests.bench`: run every bot at every round trip, in turn and repeatedly, and print what it measured.

Bots take turns within each repeat, so that a machine that grows slower does so for all.
Ends with 1 when a trial failed: a bot that stopped answering, or stored other marks than it answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from .ceiling import ceiling
from .contenders import Bare, Contender
from .district import Hongqi
from .measures import Numbers
from .plan import ITEMS
from .report import Result, as_json, show
from .trial import Setting, TrialFailed, trial

_WIDTH = 130
CONTENDERS: tuple[Contender, ...] = (Hongqi(), Bare("bare"), Bare("bare-256", 256))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    asked = _arguments(arguments)
    # Written to a file a console is 80 columns wide, which would cut the numbers off.
    console = Console(width=max(Console().width, _WIDTH))
    try:
        results = [result for ms in asked.round_trip for result in _at_round_trip(ms, asked, console)]
    except TrialFailed as failure:
        console.print(f"[bold]FAILED[/bold] {failure}", highlight=False)
        return 1
    alone, load = asyncio.run(ceiling()), os.getloadavg()[0]
    show(console, results, alone, load)
    if asked.json is not None:
        asked.json.write_text(json.dumps(as_json(results, alone, load), indent=2), encoding="utf-8")
    return 0


def _at_round_trip(ms: int, asked: Namespace, console: Console) -> list[Result]:
    bots = [bot for bot in CONTENDERS if bot.name in asked.only]
    settings = {bot: Setting(ms, asked.taps, asked.people, asked.in_flight).fitted(bot) for bot in bots}
    runs: dict[str, list[Numbers]] = {bot.name: [] for bot in bots}
    for repeat in range(asked.repeat):
        for bot, setting in settings.items():
            console.print(f"{bot.name}, {ms} ms, {repeat + 1} of {asked.repeat}: {setting.taps} taps ...", end=" ")
            runs[bot.name].append(asyncio.run(trial(bot, setting)))
            console.print(f"{runs[bot.name][-1].taps_per_second:,.1f} taps/s")
    return [Result(bot.name, setting, tuple(runs[bot.name])) for bot, setting in settings.items()]


def _arguments(given: Sequence[str] | None) -> Namespace:
    names = [bot.name for bot in CONTENDERS]
    parser = ArgumentParser(prog="python -m tests.bench", description="Measure taps against bare bots.")
    parser.add_argument("--taps", type=int, default=3000, help="taps that count; a tenth more warm up (3000)")
    parser.add_argument("--people", type=int, default=200, help="people who tap, each on a sheet of their own (200)")
    parser.add_argument("--in-flight", type=int, default=50, help="unanswered taps at any time (50)")
    parser.add_argument("--round-trip", type=int, nargs="+", default=[0, 50], help="milliseconds, one or more (0 50)")
    parser.add_argument("--repeat", type=int, default=3, help="times that everything is run (3)")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="the bots to run (all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers here too")
    asked = parser.parse_args(given)
    if min(asked.taps // 100, asked.people, asked.in_flight, asked.repeat) < 1 or min(asked.round_trip) < 0:
        parser.error("at least 100 taps, 1 person, 1 in flight and 1 repeat; no negative round trip")
    if asked.taps + asked.taps // 10 > asked.people * ITEMS:
        parser.error(f"{asked.people} sheets have {asked.people * ITEMS} items: fewer --taps or more --people")
    if asked.in_flight > asked.people:
        parser.error("nobody has two taps in flight: fewer --in-flight or more --people")
    return asked


if __name__ == "__main__":
    sys.exit(main())
