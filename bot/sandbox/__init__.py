"""A Telegram in memory, as strict as the real one, and the people who use it.

It stands behind ``python -m bot chat`` and ``ask``, and behind the tests: the real application runs
over it, and what the real Telegram would refuse is refused here, in the same words.
"""

from bot.sandbox.answers import Answer, InlineAnswer, NoSuchButton, NotOneMessage, NotPressable
from bot.sandbox.groups import Group
from bot.sandbox.message import Button, Message
from bot.sandbox.people import Person
from bot.sandbox.request import SandboxRequest, drive
from bot.sandbox.telegram import Telegram

__all__ = [
    "Answer",
    "Button",
    "Group",
    "InlineAnswer",
    "Message",
    "NoSuchButton",
    "NotOneMessage",
    "NotPressable",
    "Person",
    "SandboxRequest",
    "Telegram",
    "drive",
]
