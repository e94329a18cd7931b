"""The text of a message: parsed, trimmed and measured as Telegram does before it shows one."""

from dataclasses import dataclass

from bot.sandbox import html
from bot.sandbox.entities import Entity, trimmed, utf16_length, with_found
from bot.sandbox.params import Params, array, mapping, required, required_integer, within
from bot.sandbox.refusal import Refusal, bad_request

LONGEST_MESSAGE = 4096
LONGEST_CAPTION = 1024
LONGEST_SOURCE = 1 << 15  # bytes, tags included
MOST_ENTITIES = 100  # what a bot formats beyond that is shown plain
ENTITY_TYPES = {
    "blockquote",
    "bold",
    "code",
    "custom_emoji",
    "expandable_blockquote",
    "italic",
    "pre",
    "spoiler",
    "strikethrough",
    "text_link",
    "text_mention",
    "underline",
}
FOUND_TYPES = {
    "bank_card_number",
    "bot_command",
    "cashtag",
    "email",
    "hashtag",
    "mention",
    "phone_number",
    "url",
}


@dataclass(frozen=True)
class Formatted:
    """Plain text and its entities, those included that Telegram finds by itself."""

    text: str
    entities: tuple[Entity, ...] = ()


def message_text(
    params: Params, name: str = "text", *, too_long: str = "message is too long"
) -> Formatted:
    """The text of a message or of an inline result. Raises ``Refusal``."""
    if not params.text(name):
        raise bad_request("message text is empty")
    formatted = _formatted(params, name, "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_MESSAGE:
        raise bad_request(too_long)
    return formatted


def caption(params: Params) -> Formatted:
    """The text under a photo, which may be missing. Raises ``Refusal``."""
    formatted = _formatted(params, "caption", "caption_entities")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def check_preview(params: Params) -> None:
    """Link previews are accepted and never made."""
    complaint = "can't parse link preview options JSON object"
    options = params.json("link_preview_options", complaint)
    if options is not None:
        mapping(options, "object expected as link preview options")


def _formatted(params: Params, name: str, entities_name: str) -> Formatted:
    source = params.text(name)
    if len(source.encode()) > LONGEST_SOURCE:
        raise bad_request("text is too long")
    if params.text("parse_mode"):
        text, entities = _parsed(source, params.text("parse_mode"))
    else:
        text, entities = source, _given(params.json(entities_name, "") or [])
    text, entities = trimmed(text, entities)
    return Formatted(text, with_found(text, entities[:MOST_ENTITIES]))


def _parsed(source: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    if mode.lower() != "html":  # Markdown too: this project writes HTML only
        raise bad_request("unsupported parse_mode")
    try:
        return html.parse(source)
    except html.MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _given(value: object) -> tuple[Entity, ...]:
    try:
        entities = [_entity(each) for each in array(value, "expected an Array of MessageEntity")]
    except Refusal as refusal:
        raise within("can't parse MessageEntity", refusal) from None
    return tuple(entity for entity in entities if entity.type not in FOUND_TYPES)


def _entity(value: object) -> Entity:
    fields = mapping(value, "expected an Object")
    kind = required(fields, "type")
    if kind not in ENTITY_TYPES | FOUND_TYPES:
        raise bad_request("Unsupported type specified")
    return Entity(
        kind,
        required_integer(fields, "offset"),
        required_integer(fields, "length"),
        url=fields.get("url"),
        language=fields.get("language"),
        custom_emoji_id=fields.get("custom_emoji_id"),
        user_id=mapping(fields.get("user") or {}, 'Field "user" must be an Object').get("id"),
    )
