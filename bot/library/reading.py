"""YAML text -> plain data that still knows its lines.

Only three scalars mean anything but themselves: ``null``, ``~`` and nothing at all. So ``no`` stays
"no" and ``12:30`` stays "12:30"; pydantic turns text into numbers, dates and booleans where a field
asks for one. Anchors and tags are refused: no editor needs them, and both can hide surprises.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

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
    root = _composed(text, path)
    if root is None:
        raise Unreadable(Problem(path, 1, "the file is empty"))
    _refuse_repeated_keys(root, path)
    return Document(path, _data(root), text)


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


def _composed(text: str, path: str) -> Node | None:
    try:
        _refuse_surprises(text, path)
        node: Node | None = yaml.compose(text, Loader=Loader)
        return node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not valid YAML: {error.problem or error.context}"
        raise Unreadable(Problem(path, mark.line + 1 if mark else 0, message)) from None


def _refuse_surprises(text: str, path: str) -> None:
    """Anchors, tags and endless nesting, found before the text is built into anything."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise Unreadable(Problem(path, line, "anchors (&, *) and tags (!) are not used here"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unreadable(Problem(path, line, "nested too deeply"))


def _refuse_repeated_keys(node: Node, path: str) -> None:
    if isinstance(node, MappingNode):
        _refuse_odd_keys(node, path)
    for child in _children(node):
        _refuse_repeated_keys(child, path)


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _refuse_odd_keys(node: MappingNode, path: str) -> None:
    first: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise Unreadable(Problem(path, line, "a key must be a plain word"))
        if key.value in first:
            message = f"the key {key.value!r} stands here twice (first in line {first[key.value]})"
            raise Unreadable(Problem(path, line, message))
        first[key.value] = line


def _data(node: Node) -> Data:
    if isinstance(node, MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_data(value) for value in node.value]
    unquoted = isinstance(node, ScalarNode) and not node.style
    return None if unquoted and node.value.lower() in NULLS else str(node.value)


def _child(node: Node, step: int | str) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line, child
    return None
