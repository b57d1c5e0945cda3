"""Names of things. A chat is never known by Telegram's number outside the sender: only by a keyed token."""

from __future__ import annotations

from typing import NewType

ChatToken = NewType("ChatToken", str)
"""Keyed token of a Telegram chat id (26 base32 letters): the same chat has the same token, nobody can reverse it."""

CaseId = NewType("CaseId", str)
"""Random name of a case, 10 letters and digits, as it stands in the console's address."""

StaffId = NewType("StaffId", int)
"""Row number of a staff member."""

BotId = NewType("BotId", int)
"""The number before the colon of a bot token; update ids are unique per bot only."""

DESK = ChatToken("desk")
"""Stands for the moderators' group as a receiver in the outbox; its real id is a setting, not a secret."""
