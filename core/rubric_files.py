"""Rubrics and policies from files and from a directory of them.

Answers for finding and decoding files and for the rules between them. A file whose name ends in
`policy.yaml` is a policy, any other `.yaml` or `.yml` a rubric. Nothing is cached and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.policy import Policy, PolicyBody
from core.policy_checks import check_policy
from core.rubric import Rubric
from core.rubric_text import examine_rubric, parse_rubric, rubric_to_yaml
from core.rules_problem import Problem, RulesInvalid
from core.rules_shape import shaped
from core.rules_yaml import Tree, read_yaml

__all__ = [
    "SHIPPED",
    "RuleBook",
    "is_policy",
    "load_directory",
    "load_files",
    "load_policy",
    "load_rubric",
    "parse_policy",
    "parse_rubric",
    "recall_policy",
    "rubric_to_yaml",
]

SHIPPED = Path(__file__).resolve().parent.parent / "rubrics"
"""The directory that comes with the program."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything a directory holds, by id, in the order of the ids."""

    rubrics: Mapping[str, Rubric]
    policies: Mapping[str, Policy]


@dataclass(frozen=True, slots=True)
class KeptText:
    """What a text that was kept says of itself: its hash, id and version, and the rubric if it is a sound one."""

    hash: str
    key: object
    version: object
    rubric: Rubric | None


def is_policy(path: Path) -> bool:
    """Whether the file's name says that it holds a policy."""
    return path.name.endswith(("policy.yaml", "policy.yml"))


def load_rubric(path: Path) -> Rubric:
    """The rubric in this file. Raises RulesInvalid with all problems."""
    tree = _read(path)
    rubric, problems = examine_rubric(tree)
    if rubric is None or problems:
        raise RulesInvalid(tuple(problems))
    return rubric


def load_policy(path: Path, rubrics: Mapping[str, Rubric]) -> Policy:
    """The policy in this file, which may refer to these rubrics (by id). Raises RulesInvalid with all problems."""
    return _policy(_read(path), rubrics)


def parse_policy(text: str, name: str, rubrics: Mapping[str, Rubric]) -> Policy:
    """The policy in this text; `name` stands for the file in problems. Raises RulesInvalid with all problems."""
    return _policy(read_yaml(text, name), rubrics)


def recall_policy(text: str, name: str) -> Policy:
    """A policy that took effect once; its references were checked then. Raises RulesInvalid when damaged."""
    tree = read_yaml(text, name)
    body, problems = shaped(PolicyBody, tree)
    if body is None or tree.problems or problems:
        raise RulesInvalid((*tree.problems, *problems))
    return Policy.model_construct(**dict(body), hash=tree.hash)


def examine_text(text: str) -> KeptText:
    """What a text says that was kept when it took effect, even where it was damaged since."""
    tree = read_yaml(text, "")
    value = tree.value if isinstance(tree.value, Mapping) else {}
    rubric, problems = examine_rubric(tree)
    return KeptText(tree.hash, value.get("id"), value.get("version"), None if problems else rubric)


def load_directory(directory: Path) -> RuleBook:
    """All rules of a directory. Raises RulesInvalid with the problems of all its files."""
    if not directory.is_dir():
        raise RulesInvalid((Problem("no_directory", str(directory)),))
    paths = rules_in(directory)
    if not paths:
        raise RulesInvalid((Problem("no_rules", str(directory)),))
    return load_files(paths)


def rules_in(directory: Path) -> list[Path]:
    """The rules files of a directory, not looking into folders below it."""
    return sorted(path for path in directory.iterdir() if path.suffix in {".yaml", ".yml"})


def load_files(paths: Iterable[Path]) -> RuleBook:
    """The rules of these files; policies may refer to the rubrics among them.

    Raises RulesInvalid with the problems of all files. While a rubric is broken, a policy's references to it are
    not reported as missing: one slip, one line.
    """
    trees = {path: _read(path) for path in sorted(paths)}
    problems: list[Problem] = []
    rubrics: dict[str, Rubric] = {}
    policies: dict[str, Policy] = {}
    any_broken = False
    for tree in (trees[path] for path in trees if not is_policy(path)):
        rubric, found = examine_rubric(tree)
        problems.extend(found)
        if rubric is None:
            any_broken = True
        else:
            problems.extend(_twice(tree, rubric.id, rubrics))
            rubrics[rubric.id] = rubric
    for tree in (trees[path] for path in trees if is_policy(path)):
        policy, found = _examine_policy(tree, rubrics)
        problems.extend(problem for problem in found if not (any_broken and problem.code == "no_such_rubric"))
        if policy is not None:
            problems.extend(_twice(tree, policy.id, policies))
            policies[policy.id] = policy
    if problems:
        raise RulesInvalid(tuple(problems))
    return RuleBook(dict(sorted(rubrics.items())), dict(sorted(policies.items())))


def _policy(tree: Tree, rubrics: Mapping[str, Rubric]) -> Policy:
    policy, problems = _examine_policy(tree, rubrics)
    if policy is None or problems:
        raise RulesInvalid(tuple(problems))
    return policy


def _examine_policy(tree: Tree, rubrics: Mapping[str, Rubric]) -> tuple[Policy | None, list[Problem]]:
    if not tree.readable:
        return None, tree.problems
    body, problems = shaped(PolicyBody, tree)
    problems = [*tree.problems, *problems]
    if body is None:
        return None, problems
    problems.extend(check_policy(tree, body, rubrics))
    # The body is validated; constructing skips doing it again, and `hash` is not a key of the file.
    return Policy.model_construct(**dict(body), hash=tree.hash), problems


def _twice(tree: Tree, identifier: str, known: Mapping[str, object]) -> list[Problem]:
    return [tree.problem("id_twice", ("id",), id=identifier)] if identifier in known else []


def _read(path: Path) -> Tree:
    """The file's tree; a file that cannot be read as UTF-8 is an unreadable tree with that problem."""
    name = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Tree.unreadable(Problem("file_missing", name))
    except OSError as error:
        return Tree.unreadable(Problem("file_unreadable", name, params={"detail": error.strerror or str(error)}))
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return Tree.unreadable(Problem("byte_order_mark", name, 1))
    try:
        return read_yaml(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Tree.unreadable(Problem("not_utf8", name, line))
