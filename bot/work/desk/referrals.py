"""Another service helps her: who, with her agreement or not, what was sent, and when somebody asks how it went."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.cases.permissions import may
from bot.model.campaign import Helpline
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.model.referral import AGREEMENTS, OTHER, SENT, Referral
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.cards import zone_of
from bot.work.desk.core import Change, DeskCore, Words, view_of
from bot.work.desk.errors import NotPossible, NotYours

REFERRAL = "referral"
"""The kind of the sealed line that holds a referral's words."""

LONGEST = 1000
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """What somebody writes down of a referral. `service`: an id of the directory, or its name in words. `words`: why, and
    what she should know who asks later."""

    service: str
    took_by: str
    agreement: str
    sent: tuple[str, ...]
    when: str = ""
    words: str = ""
    follow_up: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A referral whose day has come, as it stands in her queue: codes only. `late`: its day was before today."""

    referral: Referral
    case: Case
    service: str
    late: bool


class Referrals(DeskCore):
    """The verbs add_referral, referrals, follow_ups and followed_up."""

    async def add_referral(self, staff: Staff, case_id: CaseId, form: ReferralForm) -> Case:
        """Write a referral down: codes as a row, its words as a sealed line of the case."""
        _check(form)
        row_id = secrets.token_hex(8)

        async def make(case: Case, now: datetime) -> Change:
            _check_day(form.follow_up, now.astimezone(zone_of(self.campaign, case)).date())
            row = self._row(row_id, staff, case, form, now)
            entry = await self.entry(case, REFERRAL, self._in_words(form), staff, now)
            detail = f"{row.service} {row.agreement} {','.join(row.sent)}"
            return Change(case, REFERRAL, detail, write=DeskWrite(records=(row,)), entries=(entry,))

        return await self.change(staff, "referral", case_id, make)

    async def referrals(self, staff: Staff, case_id: CaseId) -> list[tuple[Referral, str]]:
        """Return the referrals of a case in codes, each with its service's name in the directory."""
        del staff  # who sees the page of the case sees its codes
        return [(row, self._service_name(row.service)) for row in await self.store.referrals(case_id)]

    async def follow_ups(self, staff: Staff) -> list[FollowUp]:
        """Return the referrals that she should ask about today, the oldest day first. A day begins at the case's desk."""
        now, view, found = self.clock.now(), view_of(staff), []
        for row, case in await self.store.to_follow_up((now + timedelta(days=1)).astimezone(UTC).date()):
            today = now.astimezone(zone_of(self.campaign, case)).date()
            if row.follow_up is not None and row.follow_up <= today and may(view, "follow_up", case, now):
                found.append(FollowUp(row, case, self._service_name(row.service), row.follow_up < today))
        return found

    async def followed_up(self, staff: Staff, case_id: CaseId, referral: str, again: date | None) -> None:
        """Note that somebody asked how it went; with `again` the same referral comes back on that day."""
        case = await self.allowed(staff, "follow_up", case_id)
        row = next((r for r in await self.store.referrals(case_id) if r.id == referral), None)
        if row is None:
            raise NotYours
        now = self.clock.now()
        _check_day(again, now.astimezone(zone_of(self.campaign, case)).date())
        done = replace(row, followed_at=now, followed_by=staff.id)
        later = replace(row, id=secrets.token_hex(8), at=now, staff=staff.id, follow_up=again)
        line = AuditLine(now, staff.id, "followed_up", case.id, f"{row.service}{' again' if again else ''}")
        write = DeskWrite(records=(done, later) if again else (done,), audit=(line,))
        if row.followed_at is not None or not await self.store.commit_desk(write):
            raise NotPossible(mark("A colleague has asked how it went already."))

    def _row(self, row_id: str, staff: Staff, case: Case, form: ReferralForm, now: datetime) -> Referral:
        known = form.service in {line.id for line in self.campaign.helplines}
        return Referral(
            id=row_id,
            case=case.id,
            staff=staff.id,
            at=now,
            service=form.service if known else OTHER,
            agreement=form.agreement,
            sent=tuple(code for code in SENT if code in form.sent),
            follow_up=form.follow_up,
        )

    def _in_words(self, form: ReferralForm) -> Words:
        fields = (
            ("service", self._service_name(form.service) or form.service),
            ("took_by", form.took_by),
            ("when", form.when),
            ("words", form.words),
        )
        return Words("", fields=tuple((code, text.strip()[:LONGEST]) for code, text in fields if text.strip()))

    def _service_name(self, service: str) -> str:
        return next((line.name for line in self.campaign.helplines if line.id == service), "")


def services_for(case: Case, helplines: tuple[Helpline, ...]) -> list[Helpline]:
    """Return the services a case can be referred to: those of her country and its desk, then those from anywhere."""
    found = [h for h in helplines if h.country in (case.country, case.desk, "ZZ") and not h.withdrawn]
    return sorted(found, key=lambda h: (h.country == "ZZ", h.name))


def _check(form: ReferralForm) -> None:
    if not form.service.strip():
        raise NotPossible(mark("Please choose a service, or write its name."))
    if not form.took_by.strip():
        raise NotPossible(mark("Please write who took it: a name, or a number of theirs."))
    if form.agreement not in AGREEMENTS:
        raise NotPossible(mark("Please say whether she agreed."))
    if not form.sent or not set(form.sent) <= set(SENT):
        raise NotPossible(mark("Please say what was sent."))
    if form.agreement != "yes" and not form.words.strip():
        raise NotPossible(mark("Please write why it happens without her yes."))


def _check_day(day: date | None, today: date) -> None:
    if day is not None and not today <= day <= today + FARTHEST:
        raise NotPossible(mark("Please choose a day from today on, within a year."))
