"""The picture of the red flag (流动红旗) that goes to the group with the month's ranking.

Answers for how it looks; never chooses a winner, a word or an order.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.export.typesetting import Language, compile_png, shorten

# What is longer is cut with an ellipsis: a picture has no second page. Names of units stay far below.
LONGEST_NAME = 40
LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class FlagPicture:
    """Everything that is written on the picture, in the reader's language.

    heading: the name of the flag (流动红旗); month: 2013年6月; winners: one unit or, tied, more;
    lines: (rank, unit, score) of the best as they are to be read; giver: who gives the flag;
    footer: the first characters of the audit root. Raises ValueError without a winner.
    """

    language: Language
    heading: str
    month: str
    winners: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]
    giver: str
    footer: str

    def __post_init__(self) -> None:
        if not self.winners:
            raise ValueError("a flag picture needs at least one winner")


def draw_flag(picture: FlagPicture) -> bytes:
    """A PNG of 1080 × 1350 pixels, below 1 MB. Raises TypesettingFailed where the words cannot be fitted in."""
    pages = compile_png(
        "flag",
        {
            "language": picture.language,
            "heading": shorten(picture.heading, LONGEST_WORDS),
            "month": shorten(picture.month, LONGEST_WORDS),
            "winners": [shorten(name, LONGEST_NAME) for name in picture.winners],
            "lines": [[shorten(word, LONGEST_NAME) for word in line] for line in picture.lines],
            "giver": shorten(picture.giver, LONGEST_WORDS),
            "footer": shorten(picture.footer, LONGEST_WORDS),
        },
    )
    return pages[0]
