"""Echo bots to compare with: ``python -m tests.benchmarks.rivals NAME``.

BOT_TOKEN and BOT_API_URL as for the bot itself. aiogram pins other versions of what we use; a
Python that has it stands in AIOGRAM_PYTHON.
"""

import asyncio
import os
import sys

TOKEN = os.environ.get("BOT_TOKEN", "")
URL = os.environ.get("BOT_API_URL", "")


def stock() -> None:
    """python-telegram-bot as it comes."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    application = Application.builder().token(TOKEN).base_url(f"{URL}/bot").build()
    application.add_handler(MessageHandler(filters.ChatType.PRIVATE, echo))
    application.run_polling()


async def aiogram() -> None:
    """aiogram as it comes."""
    from aiogram import Bot, Dispatcher, F
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher = Dispatcher()
    dispatcher.message.register(echo, F.chat.type == "private")
    session = AiohttpSession(api=TelegramAPIServer.from_base(URL))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    if sys.argv[1] == "stock":
        stock()
    elif sys.argv[1] == "aiogram":
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(aiogram())
    else:
        import uvloop

        uvloop.run(aiogram())
