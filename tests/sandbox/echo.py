"""The bot that these tests talk to: it says everything back, and has a menu."""

from typing import Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

MENU = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Fever", callback_data="fever"),
            InlineKeyboardButton("Feeling tired", callback_data="tired"),
        ],
        [
            InlineKeyboardButton("Website", url="https://example.org"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("+49 116117")),
        ],
        [InlineKeyboardButton("Close", callback_data="close")],
    ]
)
Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    assert update.message is not None
    name = " ".join(context.args or ["nobody"])
    await update.message.reply_html(f"<b>Hello</b>, {name}", reply_markup=MENU)


async def press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "close" and isinstance(query.message, Message):
        await query.message.delete()
        await query.answer()
    elif query.data == "tired":
        await query.answer("Rest, then.", show_alert=True)
    else:
        await query.answer()
        await query.edit_message_text(f"You pressed {query.data}")


async def back(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    said = message.text or message.caption or "something"
    edited = "edited: " if update.edited_message else ""
    await message.reply_text(edited + said)


async def search(update: Update, context: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"<b>{query.query}</b>", parse_mode="HTML")
    article = InlineQueryResultArticle(
        "1", query.query.title(), content, description="A card", reply_markup=MENU
    )
    await query.answer([article], cache_time=60, is_personal=True)


def add_handlers(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(search))
    application.add_handler(MessageHandler(filters.ALL & ~filters.StatusUpdate.ALL, back))
