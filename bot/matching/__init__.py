"""Which topics a text means. Knows no Telegram."""
