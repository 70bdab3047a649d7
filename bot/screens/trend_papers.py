"""The words of the picture of a year's ranks (走势)."""

from __future__ import annotations

from typing import cast

from bot.phrases import Phrases
from core.export.trend_chart import MOST_LINES, ChartLine, ChartPoint, TrendChart
from core.export.typesetting import Language
from core.periods import Period, PeriodKind
from core.trends import Trend, TrendLine


def trend_chart(phrases: Phrases, language: str, found: Trend) -> TrendChart:
    """The chart of one unit against all that were ranked, or of those that ranked best of late."""

    def say(key: str, **values: object) -> str:
        return phrases.say_plain(language, f"papers.trend.{key}", **values)

    year, shown = found.periods[0].year, found.lines[:MOST_LINES]
    single = len(found.lines) == 1
    notes = [say("gaps")]
    if any(point is not None and not point.is_final for line in shown for point in line.points):
        notes.append(say("open"))
    if len(shown) < len(found.lines):
        notes.append(say("shown", total=len(found.lines), shown=len(shown)))
    ranks = [point.rank for line in shown for point in line.points if point is not None]
    kind = phrases.say_plain(language, f"kinds.{found.unit_kind}")
    return TrendChart(
        language=cast("Language", language),
        title=say("title_of", unit=shown[0].unit, year=year) if single else say("title", year=year),
        subtitle=say("subtitle", kind=kind, months=found.periods[0].kind.value),
        axis=say("axis"),
        periods=tuple(_period(phrases, language, period) for period in found.periods),
        # One unit is seen against all others: its ranks alone would make a climb of every step.
        lowest=max([1, *ranks, *(count or 1 for count in found.ranked if single)]),
        lines=tuple(_line(line) for line in shown),
        notes=tuple(notes),
    )


def trend_file(phrases: Phrases, language: str, found: Trend) -> str:
    """What the picture is called."""
    return phrases.say_plain(language, "papers.trend.file", year=found.periods[0].year)


def _period(phrases: Phrases, language: str, period: Period) -> str:
    key = "papers.trend.month" if period.kind is PeriodKind.MONTH else "papers.trend.quarter"
    return phrases.say_plain(language, key, number=period.number)


def _line(line: TrendLine) -> ChartLine:
    return ChartLine(
        line.unit,
        tuple(
            None if point is None else ChartPoint(point.rank, str(point.rank), not point.is_final)
            for point in line.points
        ),
    )
