"""Use cases and loops: the only place where rules meet storage. Telegram and the console are reached through ports."""
