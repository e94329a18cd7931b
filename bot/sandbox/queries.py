"""Methods that answer a person who waits: answerCallbackQuery, answerInlineQuery."""

from datetime import datetime, timedelta

from bot.sandbox import keyboards, texts
from bot.sandbox.links import START_PARAMETER, deep_link
from bot.sandbox.params import Params, array, mapping, required, within
from bot.sandbox.refusal import Json, Refusal, bad_request
from bot.sandbox.server import Server

# How long a client waits. Telegram promises no number; these are at the short end of what is seen.
CALLBACK_PATIENCE = timedelta(seconds=15)
INLINE_PATIENCE = timedelta(seconds=10)
LONGEST_TOAST = 200
MOST_RESULTS = 50
LONGEST_RESULT_ID = 64  # bytes
LONGEST_OFFSET = 64  # bytes
LONGEST_CACHE = 24 * 60 * 60
DEFAULT_CACHE = 300
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(server: Server, params: Params) -> bool:
    """Stops the spinner, once."""
    callback = server.callbacks.get(params.text("callback_query_id"))
    if callback is None or callback.answered or _is_late(server, callback.date, CALLBACK_PATIENCE):
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if len(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if (url := params.text("url")) and deep_link(url, server.bot.username) is None:
        raise bad_request("URL_INVALID")
    callback.answered = True
    if text:
        server.record_toast(callback, text, params.flag("show_alert"))
    return True


def answer_inline_query(server: Server, params: Params) -> bool:
    """Keeps the results, for the person who asked to pick from."""
    answer = {
        "results": _results(params),
        "button": _button(params),
        "cache_time": min(params.integer("cache_time", DEFAULT_CACHE), LONGEST_CACHE),
        "is_personal": params.flag("is_personal"),
        "next_offset": _next_offset(params),
    }
    query = server.inline_queries.get(params.text("inline_query_id"))
    if query is None or query.answer or _is_late(server, query.date, INLINE_PATIENCE):
        raise bad_request(TOO_OLD)
    query.answer = answer
    server.signal.fire()
    return True


def _is_late(server: Server, since: datetime, patience: timedelta) -> bool:
    return server.now() - since > patience


def _next_offset(params: Params) -> str:
    offset = params.text("next_offset")
    if len(offset.encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    return offset


def _button(params: Params) -> Json | None:
    """The button above the results, which opens the private chat with a start parameter."""
    value = params.json("button", "can't parse inline query results button JSON object")
    if value is None:
        return None
    try:
        fields = mapping(value, "InlineQueryResultsButton must be an Object")
        text = required(fields, "text")
        parameter = None if "web_app" in fields else required(fields, "start_parameter")
    except Refusal as refusal:
        raise within("can't parse inline query results button", refusal) from None
    if not text:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if parameter is not None and not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return fields


def _results(params: Params) -> list[Json]:
    values = params.json("results", "can't parse JSON encoded inline query results")
    results = array(values, "expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    return checked


def _result(value: object) -> Json:
    """One result, its message formatted: ``message`` is added, with text and entities."""
    place = "can't parse inline query result"
    try:
        fields = mapping(value, "Inline query result must be an object")
        kind, result_id = required(fields, "type"), required(fields, "id")
        title = required(fields, "title") if kind == "article" else "-"
        formatted = _message_of(fields, kind)
        markup = keyboards.check(fields.get("reply_markup"))
    except Refusal as refusal:
        raise within(place, refusal) from None
    if not 1 <= len(result_id.encode()) <= LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID" if result_id else "RESULT_ID_EMPTY")
    if not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    return fields | {"message": formatted, "reply_markup": markup}


def _message_of(fields: Json, kind: str) -> texts.Formatted:
    content = fields.get("input_message_content")
    if content is None:
        if kind == "article":
            raise bad_request("Input message content is not specified")
        return texts.caption(Params(fields))
    inner = Params(mapping(content, 'Field "input_message_content" must be of type Object'))
    if not inner.text("message_text"):
        raise bad_request("Input message content is not specified")
    texts.check_preview(inner)
    return texts.message_text(inner, "message_text", too_long="MESSAGE_TOO_LONG")
