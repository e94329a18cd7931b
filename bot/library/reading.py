"""YAML text -> plain data that still knows its lines.

Only three scalars mean anything but themselves: ``null``, ``~`` and nothing at all. So ``no`` stays
"no" and ``12:30`` stays "12:30"; pydantic turns text into numbers, dates and booleans where a field
asks for one. Anchors and tags are refused: no editor needs them, and both can hide surprises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from bot.library.problems import Problem

NULLS = {"", "~", "null"}
DEEPEST = 20  # content nests four levels
# Text only: the resolvers that turn ``no`` into False belong to the bigger loaders. The one written
# in C is about ten times as fast and comes with every wheel of PyYAML.
Loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

Data = None | str | list["Data"] | dict[str, "Data"]
Location = tuple[int | str, ...]


class Unreadable(Exception):
    """The file is no YAML that this project reads; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Document:
    """One file: its data, and its text, from which lines are read where there is a problem."""

    path: str
    data: Data
    text: str

    @cached_property
    def root(self) -> Node:
        """The tree of nodes: so many of all files at once that memory would stay large for good."""
        node = yaml.compose(self.text, Loader=Loader)
        assert node is not None, "read() refuses what is empty"
        return node

    def line(self, location: Location) -> int:
        """The line (from 1) of the deepest part of ``location`` that exists in the file."""
        node = self.root
        line = node.start_mark.line
        for step in location:
            child = _child(node, step)
            if child is None:
                continue  # pydantic also names union branches, which are no part of the file
            line, node = child
        return int(line) + 1


def read(file: Path, path: str) -> Document:
    """Read ``file``, called ``path`` in messages.

    Raises:
        Unreadable: not UTF-8, a tab, broken YAML, empty, a repeated key, an anchor or a tag.
    """
    text = _decoded(file.read_bytes(), path)
    _refuse_odd_characters(text, path)
    return Document(path, _Reading(text, path).data(), text)


def _decoded(raw: bytes, path: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "not UTF-8 text; save the file with the encoding UTF-8"
        raise Unreadable(Problem(path, line, message)) from None


def _refuse_odd_characters(text: str, path: str) -> None:
    odd = yaml.reader.Reader.NON_PRINTABLE.search(text) or re.search("\t", text)
    if odd:
        name = "a tab; use spaces" if odd[0] == "\t" else f"a character U+{ord(odd[0]):04X}"
        raise Unreadable(Problem(path, text.count("\n", 0, odd.start()) + 1, name))


class _Reading:
    """One file while it is read: from the parser's events straight to data, in one pass."""

    def __init__(self, text: str, path: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
        self._path = path
        self._odd_keys: list[Problem] = []

    def data(self) -> Data:
        """All that the file holds."""
        try:
            data = self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 0
            raise self._refused(line, f"not valid YAML: {error.problem or error.context}") from None
        if self._odd_keys:
            raise Unreadable(min(self._odd_keys))
        return data

    def _document(self) -> Data:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._refused(1, "the file is empty")
        data = self._value(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(_line(after), "not valid YAML: but found another document")
        return data

    def _value(self, event: yaml.Event, depth: int) -> Data:
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise self._refused(_line(event), "anchors (&, *) and tags (!) are not used here")
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value.lower() in NULLS else str(event.value)
        if depth > DEEPEST:
            raise self._refused(_line(event), "nested too deeply")
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]
        return self._mapping(depth)

    def _mapping(self, depth: int) -> Data:
        data: dict[str, Data] = {}
        first: dict[str, int] = {}
        for event in self._until(yaml.MappingEndEvent):
            self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._note(line, "a key must be a plain word")
                continue
            name = str(event.value)
            if name in first:
                message = f"the key {name!r} stands here twice (first in line {first[name]})"
                self._note(line, message)
            first[name] = line
            data[name] = value
        return data

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """What begins at each event before ``end``; it is for the caller to read it to its end."""
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _note(self, line: int, message: str) -> None:
        self._odd_keys.append(Problem(self._path, line, message))

    def _refused(self, line: int, message: str) -> Unreadable:
        return Unreadable(Problem(self._path, line, message))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _child(node: Node, step: int | str) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line, child
    return None
