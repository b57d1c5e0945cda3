"""Who asked for an address, and authenticator apps, in SQLite."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.model.ids import CaseId, StaffId
from bot.store.identity_records import IdentityAsk
from bot.store.identity_rows import ASK, ask_of
from bot.store.moments import maybe_moment, maybe_number, to_number
from bot.store.sqlite_file import SqlitePart
from bot.store.staff_records import SecondFactor

FACTOR = "staff, secret, last_step, confirmed_at"


class SqliteIdentity(SqlitePart):
    """The verbs of IdentityStore: who somebody is: staff by their second factor, girls by what was asked for."""

    async def identity_asks(self, case: CaseId | None = None, since: datetime | None = None) -> list[IdentityAsk]:
        """Return who asked for the address behind a case (None: any), newest first; those since then."""
        query = (
            f"select {ASK} from identity_asks where case_id = coalesce(?, case_id) and asked_at >= coalesce(?, asked_at)"
            " order by asked_at desc, id"
        )
        return [ask_of(row) for row in self._file.rows(query, (case, maybe_number(since)))]

    async def unconfirmed_identity(self, before: datetime) -> list[IdentityAsk]:
        """Return those who looked alone before then, whom nobody has confirmed, and who were not reported yet."""
        query = (
            f"select {ASK} from identity_asks where alone = 1 and reported_at is null and asked_at <= ? and agreed = 0"
            " order by asked_at"
        )
        return [ask_of(row) for row in self._file.rows(query, (to_number(before),))]

    async def second_factors(self) -> dict[StaffId, SecondFactor]:
        """Return everybody's authenticator app, those not confirmed yet too."""
        rows = self._file.rows(f"select {FACTOR} from second_factors")
        return {StaffId(s): SecondFactor(StaffId(s), secret, step, maybe_moment(at)) for s, secret, step, at in rows}

    async def save_second_factor(self, factor: SecondFactor) -> None:
        """Keep a new secret of a person: an earlier one is gone."""
        values = (factor.staff, factor.secret, factor.last_step, maybe_number(factor.confirmed_at))
        query = f"insert or replace into second_factors ({FACTOR}) values (?, ?, ?, ?)"
        await self._file.write(lambda db: db.execute(query, values).rowcount)

    async def use_code(self, staff: StaffId, step: int, now: datetime) -> bool:
        """Use the code of a step up, which also confirms a new secret; False when it, or a later one, was used before."""
        query = (
            "update second_factors set last_step = ?1, confirmed_at = coalesce(confirmed_at, ?3)"
            " where staff = ?2 and last_step < ?1"
        )
        values = (step, staff, to_number(now))
        return await self._file.write(lambda db: db.execute(query, values).rowcount == 1)

    async def drop_second_factor(self, staff: StaffId) -> bool:
        """Forget a person's authenticator app; False when she had none."""
        query = "delete from second_factors where staff = ?"
        return await self._file.write(lambda db: db.execute(query, (staff,)).rowcount == 1)

    async def reseal_second_factors(self, secrets: Mapping[StaffId, tuple[bytes, bytes]]) -> int:
        """Put secrets sealed anew (second) where the old ones (first) still stand."""
        rows = [(new, staff, old) for staff, (old, new) in secrets.items()]
        query = "update second_factors set secret = ? where staff = ? and secret = ?"
        return await self._file.write(lambda db: max(db.executemany(query, rows).rowcount, 0)) if rows else 0
