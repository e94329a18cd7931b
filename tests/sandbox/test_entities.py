import pytest

from bot.sandbox.entities import Entity, found_in, part, trimmed, with_found
from bot.sandbox.links import InvalidLink, check_link, deep_link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("go /find@immuno_bot rash, /help", [("bot_command", "/find@immuno_bot"),
                                             ("bot_command", "/help")]),
        ("and/or, 1/2, //x", []),
        ("see https://a.org/b_c?d=1.", [("url", "https://a.org/b_c?d=1")]),
        ("who.int/news (nhs.uk)", [("url", "who.int/news"), ("url", "nhs.uk")]),
        ("mail ann.b@example.org now", [("email", "ann.b@example.org")]),
        ("@immuno_bot hi @bo", [("mention", "@immuno_bot")]),
        ("😀 #flare", [("hashtag", "#flare")]),
        ("5.5 mg e.g. this", []),
    ],
)  # fmt: skip
def test_what_is_found_in_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(entity.type, part(text, entity)) for entity in found_in(text)] == found


def test_nothing_is_found_inside_of_links_and_code() -> None:
    link = Entity("text_link", 0, 5, url="https://b.org/")
    assert with_found("a.org and /help", [link]) == (link, Entity("bot_command", 10, 5))
    code = Entity("code", 0, 5)
    assert with_found("/help", [code]) == (code,)


def test_white_space_around_is_cut_off_with_its_entities() -> None:
    text, entities = trimmed(" \n a b  ", [Entity("bold", 0, 8), Entity("italic", 6, 2)])
    assert (text, entities) == ("a b", (Entity("bold", 0, 3),))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://example.org/a?b#c", "https://example.org/a?b#c"),
        ("https://example.org?a=1", "https://example.org?a=1"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
    ],
)
def test_links(url: str, kept: str) -> None:
    assert check_link(url) == kept


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("tel:+49116117", "Wrong HTTP URL"),
        ("mailto:ann@example.org", "Wrong HTTP URL"),
        ("http://localhost/x", "Wrong HTTP URL"),
        ("https://exa mple.org", "Wrong HTTP URL"),
        ("https://", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
    ],
)
def test_no_links(url: str, complaint: str) -> None:
    with pytest.raises(InvalidLink, match=complaint):
        check_link(url)


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        ("https://t.me/immuno_bot?start=condition_crohns-disease", "condition_crohns-disease"),
        ("t.me/Immuno_Bot", ""),
        ("https://t.me/other_bot?start=x", None),
        ("https://example.org/immuno_bot?start=x", None),
    ],
)
def test_deep_links(url: str, parameter: str | None) -> None:
    assert deep_link(url, "immuno_bot") == parameter
