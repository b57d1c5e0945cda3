"""A stand-in for Telegram's Bot API with a chat page."""
