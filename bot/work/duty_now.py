"""Who is on duty at this moment: the rota of the campaign, and people who said they stay on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cases.duty import Duty, duty
from bot.model.campaign import Campaign, Country
from bot.store.protocol import DeskStore
from bot.store.records import Staff

WATCHING = ("moderator", "supervisor", "lead", "deputy")


@dataclass(slots=True)
class DutyNow:
    """A copy of the staff list, renewed by `refresh`; asking it costs no storage."""

    store: DeskStore
    staff: tuple[Staff, ...] = ()

    async def refresh(self) -> None:
        """Read the staff list again."""
        self.staff = tuple(await self.store.staff())

    def of(self, campaign: Campaign, profile: Mapping[str, str], hint: str, now: datetime) -> Duty:
        """Return the duty of her desk in her language. A rota counts only while somebody active serves that desk.

        A girl whose country is not known is looked after by every desk that reads her language.
        """
        language = profile.get("language") or hint.split("-")[0] or campaign.languages[0]
        place = campaign.countries.get(profile.get("country", ""))
        if place is not None:
            return self._at(place, language, now)
        desks = tuple(self._at(country, language, now) for country in campaign.countries.values())
        return _any(desks, stays=any(_reads(p, language) and _stays(p, now) for p in self.staff))

    def _at(self, country: Country, language: str, now: datetime) -> Duty:
        people = [p for p in self.staff if _serves(p, country.code, language)]
        state = duty(country, language, now, [p.on_shift_until for p in people if p.on_shift_until])
        return state if people else Duty(on_duty=False, opens_at=None, persons=state.persons)


def _any(desks: tuple[Duty, ...], *, stays: bool) -> Duty:
    """Return the duty of several desks taken together; `stays`: somebody stays on beyond every rota."""
    opens = [desk.opens_at for desk in desks if desk.persons and desk.opens_at is not None]
    return Duty(
        on_duty=stays or any(desk.on_duty for desk in desks),
        opens_at=min(opens, default=None),
        persons=any(desk.persons for desk in desks) or not desks,
    )


def _serves(person: Staff, desk: str, language: str) -> bool:
    return desk in person.desks and _reads(person, language)


def _reads(person: Staff, language: str) -> bool:
    works = person.active and any(role in WATCHING for role in person.roles)
    return works and language in person.languages


def _stays(person: Staff, now: datetime) -> bool:
    return person.on_shift_until is not None and person.on_shift_until > now
