"""Settings, from a mapping such as ``os.environ``; a bad one is one readable line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("text", "json")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
TELEGRAM = "https://api.telegram.org"
OWN_PATHS = ("/healthz", "/readyz", "/metrics")


class ConfigError(ValueError):
    """A setting cannot be used; the message names it and never shows a secret."""


class Listen(NamedTuple):
    """Where the bot listens."""

    host: str
    port: int


LISTEN = Listen("127.0.0.1", 8080)


@dataclass(frozen=True)
class Webhook:
    """Where Telegram delivers updates, and the secret by which we know that it is Telegram."""

    url: str
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """What of the address reaches us."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True)
class Config:
    """What the operator decides. ``token`` is None where the bot only talks in the terminal,
    ``webhook`` is None where it polls."""

    token: str | None = field(default=None, repr=False)
    api_url: str = TELEGRAM
    webhook: Webhook | None = None
    listen: Listen = LISTEN
    content_dir: Path = Path("content")
    database_url: str = field(default="sqlite:///bot.db", repr=False)
    helplines_override: Path | None = None
    contact: str = ""
    messages_per_second: int = 30
    log_level: str = "INFO"
    log_format: str = "text"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Config":
        """Read the settings; an empty one counts as not given.

        Raises:
            ConfigError: one line that names the first setting that cannot be used.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        api_url = _url("BOT_API_URL", given.get("BOT_API_URL", cls.api_url))
        return cls(
            token=_token(given.get("BOT_TOKEN")),
            api_url=api_url,
            webhook=_webhook(given.get("WEBHOOK_URL"), given.get("WEBHOOK_SECRET"), api_url),
            listen=_listen(given.get("LISTEN")),
            content_dir=Path(given.get("CONTENT_DIR", cls.content_dir)),
            database_url=given.get("DATABASE_URL", cls.database_url),
            helplines_override=_path(given.get("HELPLINES_OVERRIDE")),
            contact=_contact(given.get("CONTACT", "")),
            messages_per_second=_pace(given.get("MESSAGES_PER_SECOND")),
            log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", cls.log_level).upper(), LEVELS),
            log_format=_one_of("LOG_FORMAT", given.get("LOG_FORMAT", cls.log_format), FORMATS),
        )


def _token(value: str | None) -> str | None:
    if value is not None and not TOKEN.fullmatch(value):
        raise ConfigError(
            "BOT_TOKEN is malformed: expected digits, a colon and 30 or more letters, "
            "as BotFather gives it (README.md, 'A token')"
        )
    return value


def _url(name: str, value: str) -> str:
    if not _is_web_address(value) or urlsplit(value).query or urlsplit(value).fragment:
        raise ConfigError(f"{name} must be an address such as https://api.telegram.org")
    return value.rstrip("/")


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _contact(value: str) -> str:
    on_the_web = value.startswith("https://") and _is_web_address(value)
    if not value or on_the_web or EMAIL.fullmatch(value):
        return value
    raise ConfigError("CONTACT must be an address that begins with https://, or an e-mail")


def _pace(value: str | None) -> int:
    if value is None:
        return Config.messages_per_second
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
        raise ConfigError("MESSAGES_PER_SECOND must be a whole number from 1 on, such as 30")
    return int(value)


def _is_web_address(value: str) -> bool:
    """Whether ``value`` is http or https with a host, and a port that there can be."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises where it is no number up to 65535
    except ValueError:
        return False
    host = parts.hostname or ""
    spaceless = not re.search(r"\s", value)
    return parts.scheme in ("http", "https") and bool(host) and spaceless


def _one_of(name: str, value: str, values: tuple[str, ...]) -> str:
    if value not in values:
        raise ConfigError(f"{name} must be one of {', '.join(values)}")
    return value


def _webhook(url: str | None, secret: str | None, api_url: str) -> Webhook | None:
    """An address needs a secret: without it anybody could speak for Telegram."""
    if url is None:
        return None
    if secret is None or not SECRET.fullmatch(secret):
        raise ConfigError(
            "WEBHOOK_URL needs a WEBHOOK_SECRET: 1 to 256 of A-Z a-z 0-9 _ -, "
            "as `openssl rand -hex 32` gives"
        )
    if not url.startswith("https://") and api_url == TELEGRAM:
        raise ConfigError("WEBHOOK_URL must begin with https://: Telegram delivers nowhere else")
    webhook = Webhook(_url("WEBHOOK_URL", url), secret)
    if webhook.path in OWN_PATHS:
        raise ConfigError(f"WEBHOOK_URL must not be at {webhook.path}: the bot has its own there")
    return webhook


def _listen(value: str | None) -> Listen:
    """``host:port``, the host of IPv6 in brackets."""
    if value is None:
        return LISTEN
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port  # raises where it is no number up to 65535
        bare = not (parts.path or parts.query or parts.fragment or parts.username)
    except ValueError:
        host, port, bare = None, None, False
    if not (host and port and bare):
        raise ConfigError("LISTEN must be host:port, such as 127.0.0.1:8080")
    return Listen(host, port)
