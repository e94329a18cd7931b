"""Which addresses Telegram takes for a link."""

import re
from urllib.parse import parse_qs, urlsplit

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
HOST = re.compile(r"(?:[^\s./:@?#]+\.)+[^\s./:@?#]{2,}(?::\d{1,5})?", re.IGNORECASE)
OWN_SCHEMES = {"tg", "ton", "tonsite"}
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class InvalidLink(ValueError):
    """Not an address that Telegram opens; the text says why, in Telegram's words."""


def check_link(url: str) -> str:
    """The address as Telegram keeps it: with its scheme, and a path after the host.

    Raises ``InvalidLink``, also for ``tel:`` and ``mailto:``, which are no links for Telegram.
    """
    match = SCHEME.match(url)
    scheme = match[1].lower() if match else "http"
    if scheme in OWN_SCHEMES:
        return url
    if scheme not in {"http", "https"}:
        raise InvalidLink("Unsupported URL protocol")
    rest = url[match.end() :] if match else url
    host, slash, path = rest.partition("/")
    if not HOST.fullmatch(re.split(r"[?#]", host)[0]) or re.search(r"\s", rest):
        raise InvalidLink("Wrong HTTP URL")
    return f"{scheme}://{host}{slash or ('' if '?' in host or '#' in host else '/')}{path}"


def mentioned_user(url: str) -> int | None:
    """The user of ``tg://user?id=…``, or None for any other address."""
    match = re.fullmatch(r"tg://user\?id=(\d+)", url)
    return int(match[1]) if match else None


def deep_link(url: str, username: str) -> str | None:
    """The parameter of ``t.me/<username>?start=…``, or ""; None for any other address."""
    address = urlsplit(url if "//" in url else f"https://{url}")
    if address.hostname not in {"t.me", "telegram.me"}:
        return None
    if address.path.strip("/").lower() != username.lower():
        return None
    return parse_qs(address.query).get("start", [""])[0]
