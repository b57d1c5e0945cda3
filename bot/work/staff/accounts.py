"""Staff and how they sign in: a passphrase and a code of their app, browsers that are signed in, one-use links."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.model.ids import ChatToken, StaffId
from bot.model.staff import ROLES
from bot.store.audit_records import AuditLine
from bot.store.protocol import Store
from bot.store.staff_records import Session, Staff
from bot.texts import mark
from bot.vault.passphrase import SHORTEST, passphrase_problem
from bot.work.desk.errors import NotPossible
from bot.work.desk.keys import DeskKeys, desks_of
from bot.work.desk.leaving import let_cases_go
from bot.work.ports import Clock
from bot.work.staff.passphrases import Passphrases
from bot.work.staff.second_factor import Enrolment, SecondFactors

IDLE = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=10)
UNFINISHED = timedelta(minutes=15)
"""How long somebody may take to set her app up at her first sign-in."""
PROVEN_FOR = timedelta(minutes=5)
LINK_FOR = timedelta(hours=24)
BOT_NAME = "bot_username"
"""The marker under which the store has the bot's own name, from its last start."""
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


class StaffAccounts:
    """Everybody who may sign in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passphrases: Passphrases | None = None,
        keys: DeskKeys | None = None,
        second: SecondFactors | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._passphrases = passphrases or Passphrases(store, clock)
        self.keys = keys or DeskKeys(store, clock)
        self.second = second  # None: commands, which nobody signs in to
        self.demo_passphrase = ""  # everybody's, on a throw-away store only: a link opens keys by it

    async def add(
        self,
        name: str,
        roles: tuple[str, ...],
        desks: tuple[str, ...],
        languages: tuple[str, ...],
        passphrase: str = "",
        *,
        language: str = "en",
        on_call: bool = False,
        skills: tuple[str, ...] = (),
    ) -> Staff:
        """Add a person. Without a passphrase she can only come in by a one-use link. Raises NotPossible with the reason."""
        if unknown := sorted(set(roles) - set(ROLES)):
            raise NotPossible(
                "There is no role {unknown}. Roles are: {roles}.", unknown=", ".join(unknown), roles=", ".join(ROLES)
            )
        if not name.strip() or await self.named(name) is not None:
            raise NotPossible("Every person needs a name of her own, and this one is taken or empty.")
        hashed = await self._hashed(passphrase, name) if passphrase else b""
        what = f"{name.strip()} roles={','.join(roles)} desks={','.join(desks)} languages={','.join(languages)}"
        await self._store.audit(AuditLine(self._clock.now(), None, "staff_added", detail=what))
        staff = await self._store.save_staff(
            Staff(
                id=StaffId(0),
                name=name.strip(),
                roles=roles,
                desks=desks,
                languages=languages,
                passphrase=hashed,
                on_call=on_call,
                language=language,
                skills=skills,
            )
        )
        if passphrase and desks_of(staff):
            await self.keys.enrol(staff, passphrase)
        return staff

    async def everybody(self) -> list[Staff]:
        """Return all staff."""
        return await self._store.staff()

    async def enrolled(self) -> frozenset[StaffId]:
        """Return who has a second factor."""
        return frozenset(s for s, f in (await self._store.second_factors()).items() if f.confirmed_at is not None)

    async def named(self, name: str) -> Staff | None:
        """Return the person of that name, whatever its capitals."""
        wanted = name.strip().casefold()
        return next((s for s in await self._store.staff() if s.name.casefold() == wanted), None)

    async def by_id(self, staff: StaffId) -> Staff | None:
        """Return a person who is active."""
        return next((s for s in await self._store.staff() if s.id == staff and s.active), None)

    async def by_chat(self, chat: ChatToken) -> Staff | None:
        """Return the active person whose linked Telegram chat this is."""
        return next((s for s in await self._store.staff() if s.telegram == chat and s.active), None)

    async def reset(self, name: str, passphrase: str) -> Staff:
        """Give a person a new passphrase and sign her out everywhere. What she could open was under the old one: a colleague's
        next sign-in lets her in again."""
        staff = await self._must_be(name)
        changed = await self._store.save_staff(replace(staff, passphrase=await self._hashed(passphrase, staff.name)))
        await self._store.end_sessions(staff=staff.id)
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "passphrase_reset"))
        self.keys.chain.let_go(staff.id)
        if desks_of(changed):
            await self.keys.enrol(changed, passphrase)
        return changed

    async def leave(self, name: str) -> Staff:
        """Let a person go: signed out everywhere, her Telegram chat unbound, her name kept for the audit."""
        staff = await self._must_be(name)
        gone = await self._store.save_staff(replace(staff, active=False, on_call=False, telegram=None))
        await self._store.end_sessions(staff=staff.id)
        await self._store.drop_second_factor(staff.id)
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "left"))
        await self.keys.left(gone)
        await let_cases_go(self._store, self._clock, gone)
        return gone

    async def reset_second(self, name: str) -> Staff:
        """Forget a person's app and sign her out everywhere: she sets a new one up at her next sign-in."""
        staff = await self._must_be(name)
        if not await self._store.drop_second_factor(staff.id):
            raise NotPossible("{name} has no second factor: she sets one up when she signs in.", name=staff.name)
        await self._store.end_sessions(staff=staff.id)
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "second_factor_reset"))
        self.keys.chain.let_go(staff.id)
        return staff

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

    async def sign_in_link(self, name: str) -> str:
        """Return a code that signs this person in once (demo only)."""
        return await self._link(await self._must_be(name), "sign_in")

    async def sign_in_by_link(self, code: str) -> SignedIn:
        """Use such a code up. Raises NotPossible when it is unknown, used or too old."""
        staff_id = await self._store.use_link(_hash(code), "sign_in", self._clock.now())
        staff = await self.by_id(staff_id) if staff_id is not None else None
        if staff is None:
            raise NotPossible("This link was used already, or is too old. Start the demo again to get a new one.")
        return await self._signed_in(staff, "signed_in_by_link", self.demo_passphrase, whole=True)

    async def telegram_code(self, name: str) -> str:
        """Return a one-use code for the deep link that binds this person's own Telegram chat."""
        return await self._link(await self._must_be(name), "telegram")

    async def bot_name(self) -> str:
        """Return the bot's name as of its last start; '' when it never ran on this store."""
        return await self._store.marker(BOT_NAME)

    async def bind_telegram(self, code: str, chat: ChatToken) -> Staff | None:
        """Bind a chat to the person whose code this is; None when the code is not good (any more)."""
        staff_id = await self._store.use_link(_hash(code), "telegram", self._clock.now())
        staff = await self.by_id(staff_id) if staff_id is not None else None
        if staff is None:
            return None
        await self._store.audit(AuditLine(self._clock.now(), staff.id, "telegram_linked"))
        return await self._store.save_staff(replace(staff, telegram=chat))

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
        session = await self._store.session(_hash(cookie)) if cookie else None
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
        session = await self._store.session(_hash(cookie))
        if session is not None:
            self.keys.chain.let_go(session.staff, session.token)
        await self._store.end_sessions(token=_hash(cookie))

    async def _signed_in(self, staff: Staff, action: str, passphrase: str, *, whole: bool) -> SignedIn:
        now, cookie = self._clock.now(), secrets.token_urlsafe(32)
        session = Session(_hash(cookie), staff.id, secrets.token_urlsafe(24), now, now, whole, now if whole else None)
        await self._store.audit(AuditLine(now, staff.id, action, detail="" if whole else "without a second factor"))
        await self._store.add_session(session)
        if passphrase:
            await self.keys.signed_in(staff, passphrase, session.token)
        return SignedIn(staff, session, cookie, _known(staff))

    async def _link(self, staff: Staff, purpose: str) -> str:
        code = secrets.token_urlsafe(24)
        await self._store.add_link(_hash(code), staff.id, purpose, self._clock.now() + LINK_FOR)
        return code

    async def _must_be(self, name: str) -> Staff:
        staff = await self.named(name)
        if staff is None:
            raise NotPossible("There is nobody called '{name}'. `safebot staff list` shows everybody.", name=name)
        return staff

    async def _hashed(self, passphrase: str, name: str) -> bytes:
        if problem := passphrase_problem(passphrase, name):
            raise NotPossible(problem)
        return await self._passphrases.hashed(passphrase)


def _hash(code: str) -> bytes:
    return hashlib.blake2b(code.encode(), digest_size=32).digest()


def _known(staff: Staff) -> str:
    """Return what marks a browser in which this person signed in before: made from her hash, so a reset ends it."""
    return hashlib.blake2b(
        f"browser:{staff.id}".encode(), digest_size=24, key=_hash(staff.passphrase.hex())
    ).hexdigest()
