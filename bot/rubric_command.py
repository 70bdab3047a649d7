"""`hongqi rubric check [FILE…]`: are these rules sound, and what do they look like to people?

Answers for the command line only: core finds the problems, `rubric_pages` lays them out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.rubric_pages import Language, policy_page, problem_line, rubric_page, rules_words
from bot.terminal import PIPED_WIDTH
from core.rubric_files import SHIPPED, is_policy, load_directory, load_files, rules_in
from core.rules_problem import RulesInvalid

app = typer.Typer(no_args_is_help=True)


@app.callback()
def rubric() -> None:
    """Rubrics (考核细则) and the policy, as data."""


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", show_default=False)] = None,
    language: Annotated[Language, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Check these files, or the rules shipped with the program, and print them; exit 1 on any problem."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PIPED_WIDTH)
    words = rules_words(language)
    try:
        book = load_directory(SHIPPED) if not files else load_files(_with_rubrics_beside(files))
    except RulesInvalid as invalid:
        for problem in invalid.problems:
            console.print(problem_line(problem, words), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    for one in book.rubrics.values():
        console.print(*rubric_page(one, words), "", sep="\n")
    for policy in book.policies.values():
        console.print(*policy_page(policy, words), "", sep="\n")
    console.print(words["table"]["sound"])


def _with_rubrics_beside(files: list[Path]) -> list[Path]:
    """The files and, for each policy, the rubrics in its folder, to which it may refer; each file once."""
    found = {file.resolve(): file for file in files}
    for folder in {file.parent for file in files if is_policy(file) and file.exists()}:
        for path in rules_in(folder):
            if not is_policy(path):
                found.setdefault(path.resolve(), path)
    return list(found.values())
