"""How staff sign in: a passphrase and a code of their app, and the browsers that are signed in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.store.audit_records import AuditLine
from bot.store.protocol import Store
from bot.store.staff_records import Session, Staff
from bot.texts import mark
from bot.vault.passphrase import SHORTEST
from bot.work.desk.errors import NotPossible
from bot.work.desk.keys import DeskKeys
from bot.work.ports import Clock
from bot.work.staff.links import Links, digest
from bot.work.staff.passphrases import Passphrases
from bot.work.staff.second_factor import Enrolment, SecondFactors

IDLE = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=10)
UNFINISHED = timedelta(minutes=15)
"""How long somebody may take to set her app up at her first sign-in."""
PROVEN_FOR = timedelta(minutes=5)
TOUCH_EVERY = timedelta(seconds=30)


class SignInRefused(NotPossible):
    """Name, passphrase or code is wrong; which of them is not said."""

    def __init__(self) -> None:
        super().__init__(
            mark("This does not fit together: name, passphrase, and the code if you have one. Please try again.")
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in: the person, and the cookies it gets. `known` tells this browser again next time.

    Unless the session is `whole`, she still has to set her app up.
    """

    staff: Staff
    session: Session
    cookie: str
    known: str


class StaffAccounts(Links):
    """Everybody who may sign in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passphrases: Passphrases | None = None,
        keys: DeskKeys | None = None,
        second: SecondFactors | None = None,
    ) -> None:
        super().__init__(store, clock, passphrases, keys)
        self.second = second  # None: commands, which nobody signs in to
        self.demo_passphrase = ""  # everybody's, on a throw-away store only: a link opens keys by it

    async def sign_in(self, name: str, passphrase: str, known: str = "", code: str = "") -> SignedIn:
        """Sign a browser in. Raises SignInRefused; a wrong try makes the next ones slower, never impossible."""
        staff = await self.named(name)
        trusted = staff is not None and hmac.compare_digest(known.encode(), _known(staff).encode())
        hashed = staff.passphrase if staff is not None and staff.active else b""
        if not await self._passphrases.right(hashed, passphrase, name, trusted=trusted) or staff is None:
            raise SignInRefused
        factor = await self.second.of(staff.id) if self.second else None
        if self.second and factor and not await self.second.right(staff, factor, code, trusted=trusted):
            await self._passphrases.failed(name, trusted=trusted)
            raise SignInRefused
        return await self._signed_in(staff, "signed_in", passphrase, whole=self.second is None or factor is not None)

    async def sign_in_by_link(self, code: str) -> SignedIn:
        """Use such a code up. Raises NotPossible when it is unknown, used or too old."""
        staff = await self._owner(code, "sign_in")
        if staff is None:
            raise NotPossible("This link was used already, or is too old. Start the demo again to get a new one.")
        return await self._signed_in(staff, "signed_in_by_link", self.demo_passphrase, whole=True)

    async def session(self, cookie: str, *, touch: bool = True) -> tuple[Staff, Session] | None:
        """Return who is signed in with this cookie; None after 15 idle minutes or ten hours, or when this process does not
        hold her keys (it was started again): then she signs in again."""
        found = await self._found(cookie, touch=touch)
        return found if found is not None and found[1].whole else None

    async def unfinished(self, cookie: str) -> tuple[Staff, Session] | None:
        """Return who has given her passphrase with this cookie, and has yet to set her app up."""
        found = await self._found(cookie, touch=False)
        if found is None or found[1].whole or self._clock.now() - found[1].created_at > UNFINISHED:
            return None
        return found

    async def enrolment(self, staff: Staff) -> Enrolment:
        """Return what she puts into her app."""
        if self.second is None:
            raise NotPossible("There is no second factor here.")
        return await self.second.begin(staff)

    async def finish(self, staff: Staff, session: Session, code: str, cookie: str) -> SignedIn:
        """Finish a first sign-in by the first code of her app."""
        if self.second is None or not await self.second.confirm(staff, code):
            raise NotPossible("This code does not fit. Is the time on your phone right? Please type the newest one.")
        now = self._clock.now()
        await self._store.prove_session(session.token, now)
        return SignedIn(staff, replace(session, whole=True, proven_at=now), cookie, _known(staff))

    def proven(self, session: Session) -> bool:
        """Return whether she gave her passphrase or a code in the last five minutes, in this browser."""
        return session.proven_at is not None and self._clock.now() - session.proven_at <= PROVEN_FOR

    async def prove(self, staff: Staff, session: Session, given: str) -> None:
        """Let her show again that it is she: by her passphrase, or a fresh code. Raises SignInRefused."""
        if not self.demo_passphrase and not await self._proves(staff, given):
            raise SignInRefused
        now = self._clock.now()
        await self._store.audit(AuditLine(now, staff.id, "proved_again"))
        await self._store.prove_session(session.token, now)

    async def _proves(self, staff: Staff, given: str) -> bool:
        factor = await self.second.of(staff.id) if self.second else None
        if self.second and factor and len(given) < SHORTEST:
            return await self.second.right(staff, factor, given, trusted=True)
        return await self._passphrases.right(staff.passphrase, given, f"{staff.name} again", trusted=True)

    async def _found(self, cookie: str, *, touch: bool) -> tuple[Staff, Session] | None:
        session = await self._store.session(digest(cookie)) if cookie else None
        if session is None:
            return None
        now = self._clock.now()
        staff = await self.by_id(session.staff)
        old = now - session.seen_at > IDLE or now - session.created_at > LONGEST_SESSION
        if staff is None or old or await self.keys.needs_sign_in(staff, session.token):
            await self._store.end_sessions(token=session.token)
            self.keys.chain.let_go(session.staff, session.token)
            return None
        if touch and now - session.seen_at > TOUCH_EVERY:
            await self._store.touch_session(session.token, now)
        return staff, session

    async def sign_out(self, cookie: str) -> None:
        """End this browser's session."""
        session = await self._store.session(digest(cookie))
        if session is not None:
            self.keys.chain.let_go(session.staff, session.token)
        await self._store.end_sessions(token=digest(cookie))

    async def _signed_in(self, staff: Staff, action: str, passphrase: str, *, whole: bool) -> SignedIn:
        now, cookie = self._clock.now(), secrets.token_urlsafe(32)
        session = Session(digest(cookie), staff.id, secrets.token_urlsafe(24), now, now, whole, now if whole else None)
        await self._store.audit(AuditLine(now, staff.id, action, detail="" if whole else "without a second factor"))
        await self._store.add_session(session)
        if passphrase:
            await self.keys.signed_in(staff, passphrase, session.token)
        return SignedIn(staff, session, cookie, _known(staff))


def _known(staff: Staff) -> str:
    """Return what marks a browser in which this person signed in before: made from her hash, so a reset ends it."""
    return hashlib.blake2b(
        f"browser:{staff.id}".encode(), digest_size=24, key=digest(staff.passphrase.hex())
    ).hexdigest()
