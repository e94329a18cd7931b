import pytest

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import refused, result


def command(name: str = "help", description: str = "What I can do") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_the_bot_itself() -> None:
    telegram = Telegram(token="77:x", username="other_bot", privacy=True)
    me = await result(telegram, "getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (77, "other_bot", True)
    assert me["supports_inline_queries"]
    assert not me["can_read_all_group_messages"]


async def test_commands_by_scope_and_language(telegram: Telegram) -> None:
    german = command("help", "Was ich kann")
    await result(telegram, "setMyCommands", commands=[command("/help")])
    await result(telegram, "setMyCommands", commands=[german], language_code="de")
    await result(telegram, "setMyCommands", commands=[], scope={"type": "all_group_chats"})
    assert await result(telegram, "getMyCommands") == [command()]
    assert await result(telegram, "getMyCommands", language_code="de") == [german]
    assert await result(telegram, "getMyCommands", language_code="fr") == []
    await result(telegram, "deleteMyCommands", language_code="de")
    assert await result(telegram, "getMyCommands", language_code="de") == []


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([command("Help")], "BOT_COMMAND_INVALID"),
        ([command("side-effects")], "BOT_COMMAND_INVALID"),
        ([command("x" * 33)], "command length must not exceed 32"),
        ([command("/")], "command must be non-empty"),
        ([command(description=" ")], "command description must be non-empty"),
        ([command(description="x" * 257)], "command description length must not exceed 256"),
        ([command(f"c{number}") for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
        (["x"], "can't parse BotCommand: Expected an Object"),
        ({"help": "x"}, "expected an Array of BotCommand"),
        ("[", "can't parse commands JSON object"),
    ],
)
async def test_commands_that_are_refused(
    telegram: Telegram, commands: object, complaint: str
) -> None:
    said = await refused(telegram, "setMyCommands", commands=commands)
    assert said == f"Bad Request: {complaint}"


async def test_scopes_and_languages_that_are_refused(telegram: Telegram) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {}}, "can't parse BotCommandScope: Can't find field \"type\""),
        ({"scope": {"type": "chat", "chat_id": 77}}, "chat not found"),
        ({"language_code": "english"}, "invalid language code specified"),
    ]
    for params, complaint in wrong:
        assert await refused(telegram, "getMyCommands", **params) == f"Bad Request: {complaint}"


async def test_the_menu_that_a_person_sees(telegram: Telegram, ann: Person) -> None:
    bob = telegram.person("Bob", language="de")
    group = telegram.group("Friends")
    group.add(bob, "administrator")
    menus: dict[str, dict[str, object]] = {
        "start": {},
        "anfang": {"language_code": "de"},
        "group": {"scope": {"type": "all_group_chats"}},
        "settings": {"scope": {"type": "all_chat_administrators"}},
    }
    for name, params in menus.items():
        await result(telegram, "setMyCommands", commands=[command(name)], **params)
    assert list(ann.commands()) == ["start"]
    assert list(bob.commands()) == ["anfang"]
    assert list(ann.commands(group)) == ["group"]
    assert list(bob.commands(group)) == ["settings"]
    scope = {"type": "chat_member", "chat_id": group.id, "user_id": ann.id}
    await result(telegram, "setMyCommands", commands=[command("ann")], scope=scope)
    assert ann.commands(group) == {"ann": "What I can do"}


async def test_descriptions(telegram: Telegram) -> None:
    assert await result(telegram, "getMyDescription") == {"description": ""}
    await result(telegram, "setMyDescription", description="x" * 512)
    await result(telegram, "setMyShortDescription", short_description="kurz", language_code="de")
    assert await result(telegram, "getMyDescription") == {"description": "x" * 512}
    assert await result(telegram, "getMyShortDescription", language_code="de") == {
        "short_description": "kurz"
    }
    said = await refused(telegram, "setMyDescription", description="x" * 513)
    assert said == "Bad Request: description length must not exceed 512"
    said = await refused(telegram, "setMyShortDescription", short_description="x" * 121)
    assert said == "Bad Request: short description length must not exceed 120"
