"""`python -m bot` is `hongqi`."""

from bot.cli import main

main()
