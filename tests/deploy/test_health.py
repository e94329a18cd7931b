"""What a container engine asks to know whether a copy is well, asked of the server that answers."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.transport.listening import Server
from bot.transport.metrics import Metrics
from tests.deploy.files import ports_of_the_image, read_yaml
from tests.test_docs import command_in, of_docker
from tests.test_transport import free_port

(OF_THE_IMAGE,) = [command_in(check) for check in of_docker("HEALTHCHECK")]
OF_COMPOSE = read_yaml("compose.yaml")[0]["services"]["bot-1"]["healthcheck"]["test"]
OF_COMPOSE = [sys.executable, *OF_COMPOSE[OF_COMPOSE.index("python") + 1 :]]


@asynccontextmanager
async def copy(*, ready: bool) -> AsyncIterator[str]:
    """The port of a copy that is alive, and ready or not."""

    async def state() -> dict[str, bool]:
        return {"database": ready}

    server, port = Server(Metrics(), state), free_port()
    await server.start("127.0.0.1", port)
    try:
        yield str(port)
    finally:
        await server.close()


async def is_well(command: list[str], port: str) -> bool:
    """What ``command`` says, with a proxy in the environment that leads nowhere."""
    (theirs,) = ports_of_the_image()
    assert f":{theirs}/" in command[-1]
    asked = await asyncio.create_subprocess_exec(
        *command[:-1],
        command[-1].replace(f":{theirs}/", f":{port}/"),
        env={"http_proxy": "http://127.0.0.1:9"},
        stderr=PIPE,
    )
    await asyncio.wait_for(asked.communicate(), 30)
    return asked.returncode == 0


async def test_the_image_is_well_while_the_bot_is_alive() -> None:
    async with copy(ready=False) as port:
        assert await is_well(OF_THE_IMAGE, port)
    assert not await is_well(OF_THE_IMAGE, port)


@pytest.mark.parametrize("ready", [True, False])
async def test_an_update_waits_until_a_copy_is_ready(ready: bool) -> None:
    async with copy(ready=ready) as port:
        assert await is_well(OF_COMPOSE, port) is ready
