"""Telegram's HTML -> plain text and entities, or Telegram's own complaint.

Written to behave as TDLib's parser does: sixteen tags, four named references, every tag closed in
order. What a browser forgives (``<br>``, an unclosed ``<b>``, ``<p>``) is refused.
"""

import re
from dataclasses import dataclass, replace

from bot.sandbox.entities import Entity, tidy, utf16_length
from bot.sandbox.links import InvalidLink, check_link, mentioned_user
from bot.sandbox.references import MarkupError, decode, joined

__all__ = ["MarkupError", "parse", "to_plain"]

TAGS = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "del": "strikethrough",
    "em": "italic",
    "i": "italic",
    "ins": "underline",
    "pre": "pre",
    "s": "strikethrough",
    "span": "spoiler",
    "strike": "strikethrough",
    "strong": "bold",
    "tg-emoji": "custom_emoji",
    "tg-spoiler": "spoiler",
    "u": "underline",
}

SPACE = " \t\r\n\v\0"
TAG_NAME = re.compile(rf"[^{SPACE}>]*")
PLAIN = re.compile("[^<&]*")
ATTRIBUTE_NAME = re.compile(rf"[^{SPACE}=>]*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def parse(html: str) -> tuple[str, tuple[Entity, ...]]:
    """Plain text, and its entities in order. Raises ``MarkupError`` and nothing else."""
    return _Parser(html).run()


def to_plain(html: str) -> str:
    """Only the text of ``html``. Raises ``MarkupError``."""
    return parse(html)[0]


@dataclass(frozen=True)
class _Open:
    """A tag that waits for its end. ``argument`` is the one attribute that means something."""

    tag: str
    argument: str
    offset: int
    characters: int


class _Parser:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.characters: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        while self.at < len(self.html):
            if run := self._take(PLAIN):
                self.characters.extend(run)
                self.offset += utf16_length(run)
            elif self._peek() == "<":
                self._tag()
            else:
                self._put(self._character())
        if self.open:
            tag = self.open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return joined(self.characters), tidy(map(_without_code_language, self.entities))

    def _peek(self) -> str:
        return self.html[self.at : self.at + 1]

    def _is_over(self) -> bool:
        return self._peek() in {"", "\0"}  # TDLib reads C strings

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.html, self.at)
        assert match is not None, "every pattern here also matches nothing"
        self.at = match.end()
        return match.group()

    def _skip_space(self) -> None:
        while (character := self._peek()) and character in SPACE:
            self.at += 1

    def _character(self) -> str:
        """One character of text, a reference decoded. An "&" that starts none stands for itself."""
        decoded, length = decode(self.html, self.at) or (self._peek(), 1)
        self.at += length
        return decoded

    def _put(self, character: str) -> None:
        self.characters.append(character)
        self.offset += utf16_length(character)

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._take(TAG_NAME).lower()
        if self._is_over():
            raise self._error("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while (name := self._attribute_name(tag, begin)) is not None:
            argument = self._argument(tag, name, begin) or argument
        if tag == "span" and argument != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.offset, len(self.characters)))

    def _attribute_name(self, tag: str, begin: int) -> str | None:
        """The next attribute's name, or None where the tag ends."""
        self._skip_space()
        if self._peek() == ">":
            self.at += 1
            return None
        if not (name := self._take(ATTRIBUTE_NAME)):
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        return name

    def _argument(self, tag: str, name: str, begin: int) -> str:
        """Read the attribute's value; "" unless it means something for this tag."""
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return "expandable"
            expected = "Expected equal sign in declaration of an attribute of the tag"
            raise self._error(f'{expected} "{tag}"', begin)
        self.at += 1
        self._skip_space()
        value = self._value()
        if self._is_over():
            raise self._error("Unclosed start tag", begin)
        return _meaning(tag, name, value)

    def _value(self) -> str:
        quote = self._peek()
        if quote not in {'"', "'"}:
            begin = self.at
            token = self._take(TOKEN)
            if self._peek() not in {">", *SPACE, ""}:
                raise self._error("Unexpected end of name token", begin)
            return token.lower()
        self.at += 1
        value = []
        while self._peek() not in {quote, ""}:
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        found = self._take(TAG_NAME).lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if found not in {"", opened.tag}:
            expected = f'expected "</{opened.tag}>", found "</{found}>"'
            raise MarkupError(f"Unmatched end tag at byte offset {self._bytes(begin)}, {expected}")
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = TAGS[opened.tag]
        entity = Entity(kind, opened.offset, self.offset - opened.offset)
        if kind == "text_link":
            shown = "".join(self.characters[opened.characters :])
            self._close_link(entity, opened.argument or shown)
        elif kind == "pre":
            self.entities.append(self._pre(entity))
        else:
            self.entities.append(_completed(entity, opened.argument))

    def _close_link(self, entity: Entity, url: str) -> None:
        """Add a link or a mention. An address that is none is dropped without a word, as there."""
        if (user := mentioned_user(url)) is not None:
            self.entities.append(replace(entity, type="text_mention", user_id=user))
            return
        try:
            self.entities.append(replace(entity, url=check_link(url)))
        except InvalidLink:
            return

    def _pre(self, entity: Entity) -> Entity:
        """``<pre><code class="language-x">`` is one entity, not two."""
        inner = self.entities[-1] if self.entities else entity
        same = (inner.offset, inner.length) == (entity.offset, entity.length)
        if same and inner.type == "code" and inner.language:
            return replace(self.entities.pop(), type="pre")
        return entity

    def _bytes(self, position: int) -> int:
        return len(self.html[:position].encode("utf-8", "surrogatepass"))

    def _error(self, complaint: str, position: int) -> MarkupError:
        return MarkupError(f"{complaint} at byte offset {self._bytes(position)}")


def _meaning(tag: str, name: str, value: str) -> str:
    """``value`` where this attribute of this tag says something, else ""."""
    known = {("a", "href"), ("code", "class"), ("span", "class"), ("tg-emoji", "emoji-id")}
    return value if (tag, name) in known else ""


def _completed(entity: Entity, argument: str) -> Entity:
    match entity.type:
        case "blockquote" if argument:
            return replace(entity, type="expandable_blockquote")
        case "code" if argument.startswith("language-"):
            return replace(entity, language=argument.removeprefix("language-"))
        case "custom_emoji":
            if not re.fullmatch("[0-9]{1,19}", argument) or int(argument) == 0:
                raise MarkupError("Invalid custom emoji identifier specified")
            return replace(entity, custom_emoji_id=argument)
    return entity


def _without_code_language(entity: Entity) -> Entity:
    return replace(entity, language=None) if entity.type == "code" else entity
