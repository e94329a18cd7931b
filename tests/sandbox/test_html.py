import html as escaping
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, utf16_length
from bot.sandbox.html import TAGS, MarkupError, parse, to_plain

PIECES = st.sampled_from(
    ["<", ">", "</", "/>", "&", ";", "&lt;", "&#", "&#x", "=", '"', "'", " ", "\0", "😀", "é"]
    + [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ['<a href="https://a.org">', "<span class=tg-spoiler>", "<tg-emoji emoji-id=5>", "d83d"]
)


@given(st.text())
def test_escaped_text_parses_back_to_itself(text: str) -> None:
    assert to_plain(escaping.escape(text)) == text


@given(st.one_of(st.text(), st.lists(PIECES | st.text(max_size=3)).map("".join)))
def test_any_text_parses_or_is_a_markup_error(text: str) -> None:
    try:
        plain, entities = parse(text)
    except MarkupError:
        return
    assert all(entity.length > 0 for entity in entities)
    assert all(entity.end <= utf16_length(plain) for entity in entities)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [(tag, kind) for tag, kind in TAGS.items() if tag not in {"a", "span", "tg-emoji"}],
)
def test_every_tag_makes_its_entity(tag: str, kind: str) -> None:
    assert parse(f"a <{tag}>bold</{tag.upper()}>") == ("a bold", (Entity(kind, 2, 4),))


@pytest.mark.parametrize(
    ("html", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', Entity("spoiler", 0, 1)),
        ("<span class='tg-spoiler'>x</span>", Entity("spoiler", 0, 1)),
        ("<blockquote expandable>x</blockquote>", Entity("expandable_blockquote", 0, 1)),
        ('<a href="https://a.org/?a=1&amp;b=2">x</a>',
         Entity("text_link", 0, 1, url="https://a.org/?a=1&b=2")),
        ('<a href="a.org">x</a>', Entity("text_link", 0, 1, url="http://a.org/")),
        ('<a href="tg://user?id=42">x</a>', Entity("text_mention", 0, 1, user_id=42)),
        ("<a>a.org</a>", Entity("text_link", 0, 5, url="http://a.org/")),
        ('<tg-emoji emoji-id="5368">x</tg-emoji>',
         Entity("custom_emoji", 0, 1, custom_emoji_id="5368")),
        ('<pre><code class="language-python">x</code></pre>',
         Entity("pre", 0, 1, language="python")),
        ('<code class="language-python">x</code>', Entity("code", 0, 1)),
    ],
)  # fmt: skip
def test_attributes_that_mean_something(html: str, entity: Entity) -> None:
    assert parse(html)[1] == (entity,)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#39;&#x27;", "''"),
        ("&lt", "<"),
        ("&#00000000060;", "&#00000000060;"),
        ("&nbsp; &copy; AT&T & Co", "&nbsp; &copy; AT&T & Co"),
        ("&#0; &#x110000;", "&#0; &#x110000;"),
        ("&#xD83D;&#xDE00;", "😀"),
        ("a > b", "a > b"),
    ],
)
def test_references(html: str, text: str) -> None:
    assert to_plain(html) == text


def test_offsets_count_utf16_units() -> None:
    assert parse("😀 <b>é😀</b>")[1] == (Entity("bold", 3, 3),)


def test_nesting_keeps_the_outer_tag_first() -> None:
    outer, inner = parse("<b>a <i>b</i></b>")[1]
    assert (outer, inner) == (Entity("bold", 0, 3), Entity("italic", 2, 1))


def test_the_order_of_tags_around_the_same_words_does_not_matter() -> None:
    assert parse("<b><i>x</i></b>") == parse("<i><b>x</b></i>")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="tel:112">112</a>',
        '<a href="mailto:ann@example.org">Ann</a>',
        '<a href="localhost">here</a>',
        "<b></b>x",
    ],
)
def test_what_telegram_drops_without_a_word(html: str) -> None:
    assert parse(html)[1] == ()


def test_nothing_is_formatted_inside_of_code_and_no_quotation_inside_of_a_quotation() -> None:
    assert parse("<code>a <b>b</b></code>")[1] == (Entity("code", 0, 3),)
    assert parse("<b><code>a</code></b>")[1] == (Entity("code", 0, 1),)
    quotation = "<blockquote>a <blockquote>b</blockquote></blockquote>"
    assert parse(quotation)[1] == (Entity("blockquote", 0, 3),)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("a <br>", 'Unsupported start tag "br" at byte offset 2'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>",
         'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<3 you", "Unsupported start tag \"3\" at byte offset 0"),
        ("<a href", 'Expected equal sign in declaration of an attribute of the tag "a"'
         " at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=/x>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<b expandable>x</b>", 'Expected equal sign in declaration of an attribute of the tag'
         ' "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xD83D;", "Text contains invalid Unicode characters after decoding HTML entities, "
         "check for unmatched surrogate code units"),
    ],
)  # fmt: skip
def test_what_telegram_refuses_in_its_own_words(html: str, complaint: str) -> None:
    with pytest.raises(MarkupError, match=f"^{re.escape(complaint)}$"):
        parse(html)
