"""The ranks of a year as a picture: rank 1 on top, a line for each unit, its name at the line's end.

Answers for how it looks. A period without a rank is a gap, never a point. Lines differ by colour, by dash and by the
mark at each point, so that nobody has to tell colours apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.export.typesetting import Language, compile_png, shorten

MOST_LINES = 12
"""Lines that can be followed by the eye."""

_LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A rank. `open`: drawn hollow, because the period stands open to objections."""

    rank: int
    label: str
    open: bool


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One unit; None where it has no rank."""

    name: str
    points: tuple[ChartPoint | None, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Everything on the picture, in the reader's language.

    periods: short names along the axis; axis: what the numbers are; lowest: the lowest rank of the axis;
    notes: what the gaps and hollow marks mean. Raises ValueError for no line, or for more than can be followed.
    """

    language: Language
    title: str
    subtitle: str
    axis: str
    periods: tuple[str, ...]
    lowest: int
    lines: tuple[ChartLine, ...]
    notes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_LINES:
            raise ValueError(f"{len(self.lines)} lines cannot be drawn")


def draw_trend(chart: TrendChart) -> bytes:
    """A PNG of 1440 × 1080 pixels. Raises TypesettingFailed."""
    data = asdict(chart)
    for line in data["lines"]:
        line["name"] = shorten(line["name"], _LONGEST_NAME)
    return compile_png("trend", data)[0]
