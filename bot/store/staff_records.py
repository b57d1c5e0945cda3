"""People of the programme, the browsers they signed in with, and their authenticator apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ChatToken, StaffId


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the programme. `roles`: moderator supervisor lead deputy editor operator auditor focal_point.

    `desks` are country codes (or 'ZZ'), `languages` those she reads. `telegram` is the token of her own linked chat.
    `on_shift_until`: she said she is on duty beyond the rota. `skills` are the categories she is trained for.
    `break_until`: she rests, or her last break ended then. `heavy_until`: a supervisor let her go on with heavy cases.
    """

    id: StaffId
    name: str
    roles: tuple[str, ...]
    desks: tuple[str, ...]
    languages: tuple[str, ...]
    passphrase: bytes = b""
    active: bool = True
    on_call: bool = False
    on_shift_until: datetime | None = None
    telegram: ChatToken | None = None
    language: str = "en"
    skills: tuple[str, ...] = ()
    break_until: datetime | None = None
    heavy_until: datetime | None = None

    def resting(self, now: datetime) -> bool:
        """Return whether she is on a break."""
        return self.break_until is not None and self.break_until > now


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `token` is the hash of the cookie; `csrf` stands in every form.

    `whole`: her second factor was given too; without it no page opens. `proven_at`: when she last gave a passphrase or a code.
    """

    token: bytes
    staff: StaffId
    csrf: str
    created_at: datetime
    seen_at: datetime
    whole: bool = False
    proven_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A person's authenticator app: its sealed secret, and the last code that was used. Unconfirmed until the first one."""

    staff: StaffId
    secret: bytes
    last_step: int = 0
    confirmed_at: datetime | None = None
