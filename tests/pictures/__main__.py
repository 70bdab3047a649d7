"""`python -m tests.pictures [FOLDER]`: draw the pictures of the README anew, by default into docs/pictures.

Ends with 1 when a picture came out too large for a page that people read over a slow line.
"""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser
from pathlib import Path

from .story import play

_FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_LARGEST = 400_000
"""In bytes."""


def main() -> int:
    """The exit code."""
    parser = ArgumentParser(prog="python -m tests.pictures", description="Draw the pictures of the README anew.")
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    pictures = asyncio.run(play(folder))
    for picture in pictures:
        sys.stdout.write(f"{picture.name} {picture.stat().st_size // 1000} kB\n")
    return int(any(picture.stat().st_size > _LARGEST for picture in pictures))


if __name__ == "__main__":
    sys.exit(main())
