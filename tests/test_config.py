"""Every setting, good and bad; a bad one is one readable line that shows no secret."""

from pathlib import Path

import pytest

from bot.config import Config, ConfigError, Listen

TOKEN = "123456789:" + "AbC-dEf_0" * 4
SECRET = TOKEN.partition(":")[2]


def complaint(**environment: str) -> str:
    """What the operator is told of settings that cannot be used."""
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment(environment)
    return str(refusal.value)


def test_without_settings_everything_has_its_default() -> None:
    assert Config.from_environment({}) == Config(
        token=None,
        api_url="https://api.telegram.org",
        content_dir=Path("content"),
        contact="",
        messages_per_second=30,
        log_level="INFO",
    )


@pytest.mark.parametrize(
    "name",
    [
        "BOT_TOKEN",
        "BOT_API_URL",
        "CONTENT_DIR",
        "CONTACT",
        "MESSAGES_PER_SECOND",
        "LOG_LEVEL",
        "LISTEN",
        "WEBHOOK_URL",
    ],
)
@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_an_empty_setting_counts_as_not_given(name: str, value: str) -> None:
    assert Config.from_environment({name: value}) == Config()


def test_a_variable_of_somebody_else_is_left_alone() -> None:
    assert Config.from_environment({"PATH": "/usr/bin", "TOKEN": "x"}) == Config()


def test_space_around_a_setting_is_dropped() -> None:
    config = Config.from_environment({"BOT_TOKEN": f" {TOKEN}\n", "CONTENT_DIR": " here "})
    assert (config.token, config.content_dir) == (TOKEN, Path("here"))


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(AttributeError):
        Config().token = TOKEN  # type: ignore[misc]


# The token


@pytest.mark.parametrize("token", [TOKEN, "1:" + "a" * 30, "1:" + "-_" * 50])
def test_a_token_is_taken_as_it_is(token: str) -> None:
    assert Config.from_environment({"BOT_TOKEN": token}).token == token


@pytest.mark.parametrize(
    "token",
    [
        "secret",
        f"bot{TOKEN}",
        SECRET,
        "1:" + "a" * 29,
        "1:" + "a" * 29 + "é" + "a" * 30,
        f"{TOKEN} {TOKEN}",
        f"{TOKEN}:again",
        f"x{TOKEN}",
        "١٢٣:" + SECRET,
    ],
)
def test_a_malformed_token_is_refused_without_showing_it(token: str) -> None:
    told = complaint(BOT_TOKEN=token)
    assert told.startswith("BOT_TOKEN is malformed")
    assert token not in told
    assert SECRET not in told


def test_the_token_is_not_in_the_representation() -> None:
    config = Config.from_environment({"BOT_TOKEN": TOKEN})
    assert SECRET not in repr(config)
    assert SECRET not in str(config)
    assert SECRET not in f"{config!r:>500}"


# The address of Telegram


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://[::1]:8081/", "http://[::1]:8081"),
        ("https://example.org/telegram/", "https://example.org/telegram"),
    ],
)
def test_the_address_of_telegram_may_be_any_web_address(given: str, taken: str) -> None:
    assert Config.from_environment({"BOT_API_URL": given}).api_url == taken


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///bot",
        "//example.org",
        "http://[::1",
        "http://example.org:port",
        "http://example.org:99999",
        "http://exam ple.org",
        "https://example.org/?a=b",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert complaint(BOT_API_URL=url).startswith("BOT_API_URL must be an address")


# The content folder


@pytest.mark.parametrize("folder", ["content", "/srv/content", "../content", "with space"])
def test_the_content_may_be_in_any_folder(folder: str) -> None:
    assert Config.from_environment({"CONTENT_DIR": folder}).content_dir == Path(folder)


# Whom to ask


@pytest.mark.parametrize(
    "contact", ["https://example.org/contact", "https://t.me/somebody", "me@example.org"]
)
def test_the_contact_is_a_web_address_or_an_e_mail(contact: str) -> None:
    assert Config.from_environment({"CONTACT": contact}).contact == contact


@pytest.mark.parametrize(
    "contact",
    [
        "me",
        "@somebody",
        "http://example.org",
        "javascript:alert(1)",
        "me@localhost",
        "me @example.org",
        "https://",
        "https:///contact",
        "https://exam ple.org",
    ],
)
def test_another_contact_is_refused(contact: str) -> None:
    assert complaint(CONTACT=contact).startswith("CONTACT must be an address")


# The pace


@pytest.mark.parametrize(("pace", "read"), [("1", 1), ("30", 30), ("100000", 100_000)])
def test_a_pace_is_a_whole_number(pace: str, read: int) -> None:
    assert Config.from_environment({"MESSAGES_PER_SECOND": pace}).messages_per_second == read


@pytest.mark.parametrize("pace", ["0", "-1", "2.5", "many", "³", "9" * 5000])
def test_another_pace_is_refused(pace: str) -> None:
    assert complaint(MESSAGES_PER_SECOND=pace).startswith("MESSAGES_PER_SECOND must be a whole")


# The log


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_a_level_may_be_written_in_capitals_or_not(level: str) -> None:
    for written in (level, level.lower(), level.title()):
        assert Config.from_environment({"LOG_LEVEL": written}).log_level == level


@pytest.mark.parametrize("level", ["LOUD", "10", "TRACE", "INFO,DEBUG"])
def test_an_unknown_level_is_refused_with_those_there_are(level: str) -> None:
    assert complaint(LOG_LEVEL=level) == "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR"


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_log_is_text_or_json(form: str) -> None:
    assert Config.from_environment({"LOG_FORMAT": form}).log_format == form


def test_another_form_of_the_log_is_refused() -> None:
    assert complaint(LOG_FORMAT="xml") == "LOG_FORMAT must be one of text, json"


# The webhook


def webhook(url: str, secret: str = "a-secret_1", **others: str) -> Config:
    return Config.from_environment({"WEBHOOK_URL": url, "WEBHOOK_SECRET": secret, **others})


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://bot.example.org/telegram", "/telegram"),
        ("https://bot.example.org:8443/a/b", "/a/b"),
        ("https://bot.example.org", "/"),
    ],
)
def test_the_path_of_the_webhook_is_its_route(url: str, path: str) -> None:
    config = webhook(url)
    assert config.webhook is not None
    assert (config.webhook.url, config.webhook.path) == (url, path)
    assert config.webhook.secret == "a-secret_1"
    assert "a-secret_1" not in repr(config)


def test_without_a_webhook_it_polls_whatever_the_secret() -> None:
    assert Config.from_environment({"WEBHOOK_SECRET": "a"}).webhook is None


@pytest.mark.parametrize("secret", ["", "with space", "é", "a" * 257, "a/b"])
def test_a_webhook_needs_a_secret_that_telegram_takes(secret: str) -> None:
    told = complaint(WEBHOOK_URL="https://example.org/x", WEBHOOK_SECRET=secret)
    assert told.startswith("WEBHOOK_URL needs a WEBHOOK_SECRET")
    assert not secret or secret not in told


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "https://", "example.org", "https://example.org/?a=b"]
)
def test_telegram_delivers_over_https_alone(url: str) -> None:
    told = complaint(WEBHOOK_URL=url, WEBHOOK_SECRET="a")
    assert told.startswith("WEBHOOK_URL must be")


def test_a_server_of_ones_own_may_deliver_over_http() -> None:
    config = webhook("http://10.0.0.5:8080/x", BOT_API_URL="http://10.0.0.4:8081")
    assert config.webhook is not None


@pytest.mark.parametrize("path", ["healthz", "readyz", "metrics"])
def test_the_webhook_is_not_where_the_bot_says_how_it_is(path: str) -> None:
    assert complaint(WEBHOOK_URL=f"https://example.org/{path}", WEBHOOK_SECRET="a").endswith(
        "the bot has its own there"
    )


# Where it listens


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [("0.0.0.0:80", "0.0.0.0", 80), ("localhost:65535", "localhost", 65535), ("[::1]:1", "::1", 1)],
)
def test_it_listens_at_a_host_and_a_port(given: str, host: str, port: int) -> None:
    assert Config.from_environment({"LISTEN": given}).listen == Listen(host, port)


@pytest.mark.parametrize(
    "given", ["8080", ":8080", "localhost", "localhost:0", "a:65536", "a:b", "http://a:1", "a:1/x"]
)
def test_a_place_that_is_no_host_and_port_is_refused(given: str) -> None:
    assert complaint(LISTEN=given) == "LISTEN must be host:port, such as 127.0.0.1:8080"


# Every complaint


BAD = {
    "BOT_TOKEN": "x" * 20,
    "BOT_API_URL": "nowhere",
    "CONTACT": "nobody",
    "MESSAGES_PER_SECOND": "all",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
    "LISTEN": "nowhere",
    "WEBHOOK_URL": "nowhere",
}


@pytest.mark.parametrize("name", BAD)
def test_a_complaint_is_one_line_that_names_the_setting_and_hides_its_value(name: str) -> None:
    told = complaint(**{name: BAD[name]})
    assert told.startswith(f"{name} ")
    assert "\n" not in told
    assert BAD[name] not in told


@pytest.mark.parametrize("name", ["BOT_API_URL", "CONTACT", "MESSAGES_PER_SECOND", "LOG_LEVEL"])
def test_a_token_in_the_wrong_setting_is_not_shown(name: str) -> None:
    assert SECRET not in complaint(**{name: TOKEN})


@pytest.mark.parametrize("name", ["BOT_API_URL", "CONTACT", "MESSAGES_PER_SECOND", "LOG_LEVEL"])
def test_a_complaint_of_another_setting_does_not_show_the_token(name: str) -> None:
    assert SECRET not in complaint(BOT_TOKEN=TOKEN, **{name: BAD[name]})
