"""Links that work once: one signs a person in (demo only), one binds her own Telegram chat."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

from bot.model.ids import ChatToken
from bot.store.audit_records import AuditLine
from bot.store.staff_records import Staff
from bot.work.staff.people import People

LINK_FOR = timedelta(hours=24)
BOT_NAME = "bot_username"
"""The marker under which the store has the bot's own name, from its last start."""


class Links(People):
    """Codes that are used up by their first use."""

    async def sign_in_link(self, name: str) -> str:
        """Return a code that signs this person in once (demo only)."""
        return await self._link(await self._must_be(name), "sign_in")

    async def telegram_code(self, name: str) -> str:
        """Return a one-use code for the deep link that binds this person's own Telegram chat."""
        return await self._link(await self._must_be(name), "telegram")

    async def bot_name(self) -> str:
        """Return the bot's name as of its last start; '' when it never ran on this store."""
        return await self._store.marker(BOT_NAME)

    async def bind_telegram(self, code: str, chat: ChatToken) -> Staff | None:
        """Bind a chat to the person whose code this is; None when the code is not good (any more)."""
        staff = await self._owner(code, "telegram")
        if staff is None:
            return None
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "telegram_linked"))
        return await self._store.save_staff(replace(staff, telegram=chat))

    async def _link(self, staff: Staff, purpose: str) -> str:
        code = secrets.token_urlsafe(24)
        await self._store.add_link(digest(code), staff.id, purpose, self._clock.now() + LINK_FOR)
        return code

    async def _owner(self, code: str, purpose: str) -> Staff | None:
        """Use a code up and return whose it is; None when it is not good (any more)."""
        staff_id = await self._store.use_link(digest(code), purpose, self._clock.now())
        return await self.by_id(staff_id) if staff_id is not None else None


def digest(code: str) -> bytes:
    """Return what the store keeps of a code or a cookie."""
    return hashlib.blake2b(code.encode(), digest_size=32).digest()
