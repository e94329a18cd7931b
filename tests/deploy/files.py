"""What stands in deploy/, read."""

import re
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.test_docs import of_docker

DEPLOY = ROOT / "deploy"
GUIDE = (DEPLOY / "README.md").read_text(encoding="utf-8")
CADDYFILE = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
LONGEST_STOP = 15  # seconds that the bot may take after SIGTERM
TELEGRAMS_PACE = 30  # messages a second, by the FAQ for bots
FILLED_IN = {  # for what is secret
    "DOMAIN": "bot.example.org",
    "BOT_TOKEN": "4200000001:" + "A" * 35,
    "WEBHOOK_SECRET": "0123456789abcdef",
    "POSTGRES_PASSWORD": "fedcba9876543210",
    "DATABASE_URL": "postgresql://user:password@host/name",
    "CONTACT": "you@example.org",
}


def read_yaml(name: str) -> list[dict[str, Any]]:
    """The documents of a file in deploy/."""
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def commands() -> list[str]:
    """The blocks of commands in deploy/README.md."""
    return re.findall(r"^```bash\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def ports_of_the_image() -> set[str]:
    """The port in LISTEN and those that are exposed."""
    (environment,) = of_docker("ENV")
    listen = re.search(r"\bLISTEN=0\.0\.0\.0:(\d+)", environment)
    assert listen
    return {listen[1], *of_docker("EXPOSE")}


def uid_of_the_image() -> int:
    """The user as whom the bot runs there."""
    (uid,) = re.findall(r"useradd --uid (\d+)", " ".join(of_docker("RUN")))
    return int(uid)
