"""Settings, from a mapping such as ``os.environ``; a bad one is one readable line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ConfigError(ValueError):
    """A setting cannot be used; the message names it and never shows a secret."""


@dataclass(frozen=True)
class Config:
    """What the operator decides. ``token`` is None where the bot only talks in the terminal."""

    token: str | None = field(default=None, repr=False)
    api_url: str = "https://api.telegram.org"
    content_dir: Path = Path("content")
    database_url: str = field(default="sqlite:///bot.db", repr=False)
    helplines_override: Path | None = None
    contact: str = ""
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Config":
        """Read the settings; an empty one counts as not given.

        Raises:
            ConfigError: one line that names the first setting that cannot be used.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        return cls(
            token=_token(given.get("BOT_TOKEN")),
            api_url=_url("BOT_API_URL", given.get("BOT_API_URL", cls.api_url)),
            content_dir=Path(given.get("CONTENT_DIR", cls.content_dir)),
            database_url=given.get("DATABASE_URL", cls.database_url),
            helplines_override=_path(given.get("HELPLINES_OVERRIDE")),
            contact=_contact(given.get("CONTACT", "")),
            log_level=_level(given.get("LOG_LEVEL", cls.log_level)),
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


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ConfigError(f"LOG_LEVEL must be one of {', '.join(LEVELS)}")
    return value.upper()
