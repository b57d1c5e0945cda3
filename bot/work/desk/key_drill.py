"""The drill of everything that can happen to keys, on a throw-away store: each step must leave the right people able to read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.model.ids import ChatToken
from bot.store.protocol import KeyFile, Store
from bot.store.staff_records import Staff
from bot.vault.errors import CannotOpen
from bot.vault.paged import open_paged, seal_paged
from bot.vault.pairs import Pair
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.desk.keys import DeskKeys
from bot.work.ports import Clock
from bot.work.rewrap import rewrap
from bot.work.staff.accounts import StaffAccounts

DESK = "ZZ"
WORDS = b"made-up words of nobody"
FIRST, SECOND = "four kettles sing at dawn", "seven slow rivers turn"


class DrillFailed(Exception):
    """Somebody could not read who should, or could who should not."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was tried, how long it took, and what went wrong ('' when nothing did)."""

    name: str
    seconds: float
    trouble: str = ""


@dataclass(slots=True)
class KeyDrill:
    """Runs the steps one after the other; each stands on those before."""

    store: Store
    file: KeyFile
    clock: Clock
    timer: Callable[[], float]
    _ring: KeyRing = field(default_factory=KeyRing.new)
    _escrow: Pair = field(default_factory=Pair.new)
    _vault: Vault = field(init=False)
    _accounts: StaffAccounts = field(init=False)
    _rows: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._vault = Vault(self._ring, self.file)
        keys = DeskKeys(self.store, self.clock, self._escrow.public)
        self._accounts = StaffAccounts(self.store, self.clock, keys=keys)

    async def run(self) -> list[Step]:
        """Return every step that was reached; the last one has trouble when the drill failed."""
        steps: list[Step] = []
        for name, act in self._steps():
            began, trouble = self.timer(), ""
            try:
                await act()
            except DrillFailed as error:
                trouble = str(error)
            steps.append(Step(name, self.timer() - began, trouble))
            if trouble:
                break
        return steps

    def _steps(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        return (
            ("a desk begins: its first person, its key, the escrow", self._begin),
            ("somebody joins and is let in by a colleague's sign-in", self._join),
            ("a passphrase is lost, and given anew", self._lose),
            ("somebody leaves: a new key for the desk", self._leave),
            ("nobody can sign in any more: the escrow lets one in", self._recover),
            ("the key ring is rotated and everything sealed anew", self._rotate),
            ("a case is shredded", self._shred),
        )

    async def _begin(self) -> None:
        await self._add("First")
        await self._case("one")
        await self._reads("First", FIRST, "one")

    async def _join(self) -> None:
        await self._add("Second")
        await self._reads_not("Second", FIRST, "one")
        await self._reads("First", FIRST, "one")
        await self._reads("Second", FIRST, "one")

    async def _lose(self) -> None:
        await self._accounts.reset("Second", SECOND)
        await self._reads_not("Second", SECOND, "one")
        await self._reads("First", FIRST, "one")
        await self._reads("Second", SECOND, "one")

    async def _leave(self) -> None:
        first = await self._person("First")
        kept = dict(self._accounts.keys.chain.of(first.id))
        await self._accounts.leave("First")
        await self._case("two")
        if await self._opens("two", kept):
            raise DrillFailed("who left reads what came later.")
        await self._reads("Second", SECOND, "two")

    async def _recover(self) -> None:
        await self._accounts.reset("Second", FIRST)
        await self._reads_not("Second", FIRST, "two")
        if not await self._accounts.keys.recover(await self._person("Second"), self._escrow.private):
            raise DrillFailed("the escrow gave nothing.")
        await self._reads("Second", FIRST, "two")

    async def _rotate(self) -> None:
        about = ChatToken("somebody")
        sealed = seal_paged((await self._vault.boxes([f"chat:{about}"]))[f"chat:{about}"], WORDS, "state")
        rotated = self._ring.rotated()
        await rewrap(self.store, Vault(rotated, self.file))
        self._vault = Vault(KeyRing(rotated.pepper, {max(rotated.keys): rotated.keys[max(rotated.keys)]}), self.file)
        box = (await self._vault.known([f"chat:{about}"])).get(f"chat:{about}")
        if box is None or open_paged(box, sealed, "state") != WORDS:
            raise DrillFailed("after the rotation an older key is still needed.")
        await self._reads("Second", FIRST, "one")

    async def _shred(self) -> None:
        await self._vault.shred([_name("one")])
        if await self._vault.readable(_name("one"), self._chain(await self._person("Second"))) is not None:
            raise DrillFailed("a shredded case still has a key.")

    async def _add(self, name: str) -> None:
        await self._accounts.add(name, ("supervisor",), (DESK,), ("en",), FIRST)

    async def _case(self, case: str) -> None:
        self._vault.desks = await self._accounts.keys.sealing_for()
        box = (await self._vault.boxes([_name(case)], {_name(case): DESK}))[_name(case)]
        self._rows[case] = seal_paged(box, WORDS, _place(case))

    async def _reads(self, name: str, passphrase: str, case: str) -> None:
        if not await self._signs_in_and_opens(name, passphrase, case):
            raise DrillFailed(f"{name} cannot read case {case}.")

    async def _reads_not(self, name: str, passphrase: str, case: str) -> None:
        if await self._signs_in_and_opens(name, passphrase, case):
            raise DrillFailed(f"{name} reads case {case} before anybody let her in.")

    async def _signs_in_and_opens(self, name: str, passphrase: str, case: str) -> bool:
        signed_in = await self._accounts.sign_in(name, passphrase)
        return await self._opens(case, self._chain(signed_in.staff))

    async def _opens(self, case: str, keys: dict[bytes, bytes]) -> bool:
        box = await self._vault.readable(_name(case), keys)
        try:
            return box is not None and open_paged(box, self._rows[case], _place(case)) == WORDS
        except CannotOpen:
            return False

    def _chain(self, person: Staff) -> dict[bytes, bytes]:
        return dict(self._accounts.keys.chain.of(person.id))

    async def _person(self, name: str) -> Staff:
        found = await self._accounts.named(name)
        if found is None:
            raise DrillFailed(f"{name} is gone.")
        return found


def _name(case: str) -> str:
    return f"case:{case}"


def _place(case: str) -> str:
    return f"entry:{case}:note:1.0"
