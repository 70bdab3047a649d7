"""The papers name only what exists, and no file tells where it was written."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from repository import ROOT, text, tracked

PAPERS = tracked("*.md")
QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# What looks like a path: a room of the project, or a file at its top.
PATH = re.compile(
    r"(bot|core|rubrics|tests|docs|\.ci)(/[\w.*<>{},-]+)+/?|[\w.-]+\.(md|toml|yaml|lock|example)|Makefile"
)
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
# Made by the person or the program, not tracked.
MADE = {"data/", ".env", ".venv", "out/"}


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_paths_in_the_papers_exist(paper: Path) -> None:
    named = [each.split()[0] for each in QUOTED.findall(text(paper)) if PATH.fullmatch(each.split()[0])]
    missing = [path for path in named if not _exists(paper, path)]
    assert not missing
    assert not [path for path in LINKED.findall(text(paper)) if not (ROOT / paper.parent / path).exists()]


def _exists(paper: Path, path: str) -> bool:
    if path in MADE or "<" in path or "{" in path:
        return True
    if "*" in path:
        return any(fnmatch(str(each), path) for each in tracked())
    # A bare name may also be the end of one: `policy.yaml` for what ends in it.
    known = "/" not in path and any(each.name.endswith(path) for each in tracked())
    return known or (ROOT / path).exists() or (ROOT / paper.parent / path).exists()


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_make_targets_in_the_papers_exist(paper: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.MULTILINE))
    quoted = [*QUOTED.findall(text(paper)), *re.findall(r"^ *\$? ?(make .*)$", text(paper), re.MULTILINE)]
    assert {target for each in quoted for target in TARGET.findall(each)} <= targets


def test_every_target_people_are_told_of_is_phony_and_explained() -> None:
    makefile = text(Path("Makefile"))
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert explained <= set(phony.split())
    assert {"setup", "demo", "run", "test", "check", "bench", "pictures", "lock", "help"} <= explained


def test_decisions_are_numbered_without_gaps_or_twins() -> None:
    numbers = sorted(int(path.name[:4]) for path in tracked("docs/decisions/*.md") if path.name[:4].isdigit())
    assert numbers == list(range(1, len(numbers) + 1))


# Written in parts, so that this file does not name them either.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "proxy.golang" + ".org", "registry." + "npmjs" + ".org"]
MACHINE = [rf"(?<![\w.<>-])/{folder}/[\w.-]+" for folder in ("wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p")]


def test_no_file_names_a_registry_or_the_machine_it_was_written_on() -> None:
    told = re.compile("|".join([*map(re.escape, HOSTS), *MACHINE]))
    named = []
    for path in tracked():
        if path.suffix in {".png", ".otf", ".woff2", ".pdf", ".jpg"}:
            continue
        named += [f"{path}: {each.group()}" for each in told.finditer(text(path))]
    assert not named
