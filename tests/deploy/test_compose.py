"""deploy/compose.yaml agrees with the bot, its image, the Caddyfile and the guide."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.config import Config
from tests.deploy.files import (
    CADDYFILE,
    DEPLOY,
    FILLED_IN,
    GUIDE,
    LONGEST_STOP,
    TELEGRAMS_PACE,
    commands,
    ports_of_the_image,
    read_yaml,
    uid_of_the_image,
)
from tests.test_docs import of_docker, settings_in_code

(COMPOSE,) = read_yaml("compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
COPIES = [name for name in SERVICES if name.startswith("bot-")]
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")


def filled_in(text: object) -> str:
    """``text`` as Compose understands it, with everything in .env."""
    return VARIABLE.sub(lambda match: FILLED_IN[match[1]], str(text))


def environment(copy: str) -> dict[str, str]:
    return {name: filled_in(v) for name, v in SERVICES[copy]["environment"].items()}


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_there_are_two_copies_that_differ_in_nothing() -> None:
    one, two = COPIES
    assert {**SERVICES[one], "build": None} == {**SERVICES[two], "build": None}


@pytest.mark.parametrize("copy", COPIES)
def test_the_bot_takes_its_settings(copy: str) -> None:
    settings = environment(copy)
    assert settings.keys() <= settings_in_code()
    config = Config.from_environment(settings)
    assert config.token
    assert config.contact
    assert config.webhook
    assert config.webhook.url == "https://bot.example.org/telegram"


def test_all_copies_together_keep_to_the_pace_of_telegram() -> None:
    paces = [int(environment(copy)["MESSAGES_PER_SECOND"]) for copy in COPIES]
    assert sum(paces) <= TELEGRAMS_PACE


@pytest.mark.parametrize("copy", COPIES)
def test_its_database_is_the_one_beside_it(copy: str) -> None:
    url = urlsplit(environment(copy)["DATABASE_URL"])
    database = SERVICES[str(url.hostname)]
    given = {name: filled_in(v) for name, v in database["environment"].items()}
    assert given == {
        "POSTGRES_USER": url.username,
        "POSTGRES_PASSWORD": url.password,
        "POSTGRES_DB": url.path.removeprefix("/"),
    }
    assert "ports" not in database
    assert SERVICES[copy]["depends_on"] == {url.hostname: {"condition": "service_healthy"}}


@pytest.mark.parametrize("copy", COPIES)
def test_it_runs_read_only_and_without_rights(copy: str) -> None:
    service = SERVICES[copy]
    (volume,) = of_docker("VOLUME")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == [f"{volume}:uid={uid_of_the_image()},size=16m"]
    assert "user" not in service
    assert "ports" not in service


@pytest.mark.parametrize("copy", COPIES)
def test_it_is_given_the_time_to_finish(copy: str) -> None:
    assert seconds(SERVICES[copy]["stop_grace_period"]) > LONGEST_STOP


def test_caddy_leads_the_path_of_the_webhook_to_both_copies_and_nothing_else() -> None:
    (port,) = ports_of_the_image()
    webhook = Config.from_environment(environment(COPIES[0])).webhook
    assert webhook
    assert re.findall(r"handle(.*) \{", CADDYFILE) == [f" {webhook.path}", ""]
    assert re.findall("respond (.*)", CADDYFILE) == ["404"]
    (upstreams,) = re.findall(r"reverse_proxy (.*) \{", CADDYFILE)
    assert upstreams.split() == [f"{copy}:{port}" for copy in COPIES]
    assert "health_uri /readyz" in CADDYFILE


def test_caddy_reads_the_caddyfile_and_the_name() -> None:
    caddy = SERVICES["caddy"]
    file, inside, _ = caddy["volumes"][0].split(":")
    assert (DEPLOY / file).is_file()
    assert inside == "/etc/caddy/Caddyfile"
    assert set(re.findall(r"\{\$([A-Z_]+)\}", CADDYFILE)) == caddy["environment"].keys()


def test_every_variable_is_in_the_guides_env_and_every_needed_one_is_asked_for() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    asked = {name: kind for name, kind, _ in VARIABLE.findall(text)}
    (block,) = [block for block in commands() if "> .env" in block]
    assert sorted(re.findall("^([A-Z_]+)=", block, re.MULTILINE)) == sorted(asked)
    assert [name for name, kind in asked.items() if kind != "?"] == ["CONTACT"]


def test_the_guides_update_waits_for_each_copy() -> None:
    rolled = re.findall(r"^docker compose up -d --no-deps --wait (\S+)$", GUIDE, re.MULTILINE)
    assert rolled == COPIES


def test_volumes_are_declared() -> None:
    mounted = [volume for service in SERVICES.values() for volume in service.get("volumes", [])]
    named = {volume.split(":")[0] for volume in mounted if not volume.startswith(".")}
    assert named == COMPOSE["volumes"].keys()
