"""A small, strict YAML: text in; mappings, lists, numbers, flags and text with their lines out.

Answers for reading without surprises: numbers become Decimal from the digits as written, `20:00` and
`no` stay text, a key that appears twice is a problem and not a silent loss. Never reads
files, never knows what a rubric is. Aliases, anchors and tags are refused: rules have no use for them, and
they are how a small file becomes a huge one.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from core.rules_problem import Path, Problem, field_name

Value: TypeAlias = "str | Decimal | bool | list[Value] | dict[str, Value] | None"

LONGEST_FILE = 256 * 1024
"""Characters. The shipped files have less than ten thousand."""
DEEPEST = 12
"""Levels of lists and mappings. The shipped files have five."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")
"""No leading zero: `08` is a text, as it is to every writer of YAML."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Tree:
    """What a file says: the values, the line of each (from 1), and what was wrong with the YAML itself."""

    file: str
    value: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)
    readable: bool = True

    @classmethod
    def unreadable(cls, problem: Problem) -> Tree:
        """The tree of a file that could not even be read as YAML."""
        return cls(problem.file, problems=[problem], refused={()}, readable=False)

    def line(self, path: Path) -> int:
        """The line of the value at this path, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def problem(self, code: str, path: Path, line: int | None = None, **params: str | int) -> Problem:
        """A problem of this file at this path."""
        return Problem(code, self.file, self.line(path) if line is None else line, field_name(path), params)

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the values; comments, order of keys and layout do not count."""
        return hashlib.sha256(_canonical(self.value).encode()).hexdigest()


class _Unreadable(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def read_yaml(text: str, file: str) -> Tree:
    """The one document in this text. Problems are collected in the tree, nothing is raised."""
    tree = Tree(file)
    if len(text) > LONGEST_FILE:
        return Tree.unreadable(Problem("too_big", file, params={"longest": LONGEST_FILE}))
    try:
        _Reader(tree, yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        return _broken(tree, Problem("yaml_syntax", file, line, params={"detail": error.problem or str(error)}))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = f"U+{error.character:04X}"
        return _broken(tree, Problem("control_character", file, line, params={"character": character}))
    except _Unreadable as stop:
        return _broken(tree, stop.problem)
    return tree


def _broken(tree: Tree, problem: Problem) -> Tree:
    tree.problems.append(problem)
    tree.refused.add(())
    tree.readable = False
    return tree


def _line(event: Event) -> int:
    """Where an event stands, counted from 1; 0 when its maker did not say."""
    return 0 if event.start_mark is None else event.start_mark.line + 1


class _Reader:
    """Walks the parser's events once. The parser is lazy, so that stopping early costs nothing."""

    def __init__(self, tree: Tree, events: Iterator[Event]) -> None:
        self.tree = tree
        self.events = events

    def document(self) -> None:
        next(self.events)  # the stream's start
        if isinstance(next(self.events), StreamEndEvent):
            raise _Unreadable(Problem("empty_file", self.tree.file))
        self.tree.value = self._value(next(self.events), ())
        next(self.events)  # the document's end
        after = next(self.events)
        if isinstance(after, DocumentStartEvent):
            self._note("several_documents", (), _line(after))

    def _note(self, code: str, path: Path, line: int, **params: str | int) -> None:
        self.tree.problems.append(self.tree.problem(code, path, line, **params))
        self.tree.refused.add(path)

    def _value(self, event: Event, path: Path) -> Value:
        line = _line(event)
        self.tree.lines[path] = line
        if len(path) > DEEPEST:
            raise _Unreadable(Problem("too_deep", self.tree.file, line, params={"deepest": DEEPEST}))
        if isinstance(event, AliasEvent):
            self._note("alias", path, line, name=str(event.anchor))
            return None
        if isinstance(event, NodeEvent) and event.anchor:
            self._note("anchor", path, line, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self._note("tag", path, line, name=tag)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return _scalar(event)

    def _sequence(self, path: Path) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            line = _line(event)
            if not isinstance(event, ScalarEvent):
                raise _Unreadable(self.tree.problem("key_not_text", path, line))
            key = event.value
            if character := unprintable(key):
                raise _Unreadable(self.tree.problem("control_character", path, line, character=character))
            if key not in values:
                values[key] = self._value(next(self.events), (*path, key))
                self.tree.lines[(*path, key)] = line
                continue
            first = self.tree.lines[(*path, key)]
            shadow = _Reader(Tree(self.tree.file), self.events)  # read past the repeated value, keeping nothing
            shadow._value(next(self.events), (*path, key))
            self._note("duplicate_key", (*path, key), line, key=key, first_line=first)
        return values


def unprintable(text: str) -> str | None:
    """The first control character or half of a surrogate pair as `U+0007`; None when all can be shown."""
    found = (character for character in text if unicodedata.category(character) in {"Cc", "Cs"})
    return next((f"U+{ord(character):04X}" for character in found), None)


def _scalar(event: Event) -> Value:
    assert isinstance(event, ScalarEvent)  # noqa: S101 -- the parser yields nothing else where a value begins
    text = event.value
    if event.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _canonical(value: Value) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Value) -> object:
    """JSON's own types; a number is written without superfluous zeros, so that 2 and 2.0 are one value."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
    return value
