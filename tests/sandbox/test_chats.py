from telegram import ChatFullInfo, ChatMember

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import refused, result


async def test_a_chat_in_full(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends", forum=True)
    info = ChatFullInfo.de_json(await result(telegram, "getChat", chat_id=group.id), None)
    assert (info.title, info.type, info.is_forum) == ("Friends", "supergroup", True)
    assert info.permissions is not None
    assert info.permissions.can_send_messages
    private = await result(telegram, "getChat", chat_id=ann.id)
    assert (private["type"], private["first_name"]) == ("private", "Ann")
    assert await refused(telegram, "getChat", chat_id=77) == "Bad Request: chat not found"


async def test_a_chat_by_its_name(telegram: Telegram) -> None:
    group = telegram.group("Friends")
    group.chat.username = "friends"
    assert (await result(telegram, "getChat", chat_id="@Friends"))["id"] == group.id


async def test_members(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends")
    for status in ("creator", "administrator", "member", "restricted", "left", "kicked"):
        group.add(ann, status)
        params = {"chat_id": group.id, "user_id": ann.id}
        member = ChatMember.de_json(await result(telegram, "getChatMember", **params), None)
        assert (member.status, member.user.id) == (status, ann.id)
    bob = telegram.person("Bob")
    stranger = await result(telegram, "getChatMember", chat_id=group.id, user_id=bob.id)
    assert stranger["status"] == "left"


async def test_members_that_there_are_not(telegram: Telegram) -> None:
    group = telegram.group("Friends")
    for user_id, complaint in {0: "invalid user_id specified", 77: "user not found"}.items():
        said = await refused(telegram, "getChatMember", chat_id=group.id, user_id=user_id)
        assert said == f"Bad Request: {complaint}"


async def test_the_member_of_a_private_chat(telegram: Telegram, ann: Person) -> None:
    member = await result(telegram, "getChatMember", chat_id=ann.id, user_id=ann.id)
    assert member["status"] == "member"


async def test_administrators(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends", bot="administrator")
    group.add(ann, "creator", anonymous=True)
    group.add(telegram.person("Bob"))
    admins = await result(telegram, "getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["first_name"] for admin in admins] == ["Immuno", "Ann"]
    assert admins[1]["is_anonymous"]
    said = await refused(telegram, "getChatAdministrators", chat_id=ann.id)
    assert said == "Bad Request: there are no administrators in the private chat"


async def test_leaving(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends")
    assert await result(telegram, "leaveChat", chat_id=group.id)
    for method in ("leaveChat", "getChat", "sendMessage"):
        said = await refused(telegram, method, chat_id=group.id, text="x")
        assert said == "Forbidden: bot is not a member of the supergroup chat"
    said = await refused(telegram, "leaveChat", chat_id=ann.id)
    assert said == "Bad Request: chat member status can't be changed in private chats"
