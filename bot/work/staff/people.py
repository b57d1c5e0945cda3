"""Who works here: adding a person, finding her, a new passphrase, and her leaving."""

from __future__ import annotations

from dataclasses import replace

from bot.model.ids import ChatToken, StaffId
from bot.model.staff import ROLES
from bot.store.audit_records import AuditLine
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.passphrase import passphrase_problem
from bot.work.desk.errors import NotPossible
from bot.work.desk.keys import DeskKeys, desks_of
from bot.work.desk.leaving import let_cases_go
from bot.work.ports import Clock
from bot.work.staff.passphrases import Passphrases


class People:
    """Everybody who works here."""

    def __init__(
        self, store: Store, clock: Clock, passphrases: Passphrases | None = None, keys: DeskKeys | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._passphrases = passphrases or Passphrases(store, clock)
        self.keys = keys or DeskKeys(store, clock)

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
        _check_roles(roles)
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

    async def _must_be(self, name: str) -> Staff:
        staff = await self.named(name)
        if staff is None:
            raise NotPossible("There is nobody called '{name}'. `safebot staff list` shows everybody.", name=name)
        return staff

    async def _hashed(self, passphrase: str, name: str) -> bytes:
        if problem := passphrase_problem(passphrase, name):
            raise NotPossible(problem)
        return await self._passphrases.hashed(passphrase)


def _check_roles(roles: tuple[str, ...]) -> None:
    if unknown := sorted(set(roles) - set(ROLES)):
        raise NotPossible(
            "There is no role {unknown}. Roles are: {roles}.", unknown=", ".join(unknown), roles=", ".join(ROLES)
        )
