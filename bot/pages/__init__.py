"""Library -> Page: what people read and press, as pure data. Knows no Telegram."""
