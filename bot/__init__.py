"""A Telegram bot on immunomodulator medicines for patient communities."""

__version__ = "0.1.0"
