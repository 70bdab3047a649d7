"""The benchmark's results as a table for people and as JSON for programs. Measures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from .district import Hongqi
from .measures import Numbers, Pair, Target, judged, medians
from .trial import Setting


@dataclass(frozen=True, slots=True)
class Result:
    """All repeats of one bot at one round trip."""

    bot: str
    setting: Setting
    repeats: tuple[Numbers, ...]

    @property
    def pair(self) -> Pair:
        """Under which the targets look it up."""
        return self.bot, self.setting.round_trip


def show(console: Console, results: Sequence[Result], requests_per_second: float, load: float) -> None:
    """Print medians, the server's part in them, and the targets."""
    console.print(_speeds(results))
    console.print(_shares(results))
    console.print(
        f"The server alone serves {requests_per_second:,.0f} edits/s to a client that parses nothing; "
        f"load of the machine at the end {load:.2f}."
    )
    console.print(
        "Fewer taps in a row: a bot that does one thing at a time is given a tenth where there is a round trip."
    )
    console.print(_targets(judged(_by_pair(results), Hongqi.name)))


def as_json(results: Sequence[Result], requests_per_second: float, load: float) -> dict[str, object]:
    """The same, with every repeat. Times in seconds, memory in bytes, round trips in milliseconds."""
    return {
        "server_requests_per_second": requests_per_second,
        "load_average": load,
        "results": [
            {
                "bot": r.bot,
                **asdict(r.setting),
                "median": asdict(medians(r.repeats)),
                "repeats": list(map(asdict, r.repeats)),
            }
            for r in results
        ],
        "targets": [
            {**asdict(target), "ratio": ratio, "reached": target.reached(ratio)}
            for target, ratio in judged(_by_pair(results), Hongqi.name)
        ],
    }


def _by_pair(results: Sequence[Result]) -> Mapping[Pair, Numbers]:
    return {result.pair: medians(result.repeats) for result in results}


def _speeds(results: Sequence[Result]) -> Table:
    table = _table("Medians", "taps", "taps/s", "answer p50", "p99", "screen p50", "p99", "CPU/tap", "memory")
    for result in results:
        n = medians(result.repeats)
        times = (n.answer_p50, n.answer_p99, n.screen_p50, n.screen_p99)
        table.add_row(
            *_name(result),
            f"{len(result.repeats)} x {result.setting.taps}",
            f"{n.taps_per_second:,.1f}",
            *(f"{seconds * 1000:,.0f} ms" for seconds in times),
            f"{n.cpu_per_tap * 1000:.2f} ms",
            f"{n.peak_memory / 2**20:.0f} MiB",
        )
    return table


def _shares(results: Sequence[Result]) -> Table:
    table = _table(
        "Who used the processors (1 = one core)", "bot", "server", "everybody else", "requests/tap", "requests/s"
    )
    for result in results:
        n = medians(result.repeats)
        shares = (n.bot_share, n.server_share, n.others_share, n.requests_per_tap)
        table.add_row(
            *_name(result), *(f"{share:.2f}" for share in shares), f"{n.requests_per_tap * n.taps_per_second:,.0f}"
        )
    return table


def _targets(found: Sequence[tuple[Target, float]]) -> Table | str:
    if not found:
        return "No target to judge: it takes ours and a bare bot in the same run."
    table = Table("target", "ratio", "to reach", "reached", title="Ours to theirs", title_justify="left")
    for target, ratio in found:
        bound = f"{'<=' if target.at_most else '>='} {target.bound:g}"
        what = f"{target.measure.replace('_', ' ')}, to {target.other} at {target.round_trip} ms"
        table.add_row(what, f"{ratio:.2f}", bound, "yes" if target.reached(ratio) else "NO")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table("bot", "round trip", title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _name(result: Result) -> tuple[str, str]:
    return result.bot, f"{result.setting.round_trip} ms"
