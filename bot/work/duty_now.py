"""Who is on duty at this moment: the rota of the campaign, and people who said they stay on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cases.duty import Duty, duty
from bot.model.campaign import Campaign
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
        """Return the duty of her desk in her language. A rota counts only while somebody active serves that desk."""
        language = profile.get("language") or hint.split("-")[0] or campaign.languages[0]
        place = profile.get("country", "")
        desk = place if place in campaign.countries else "ZZ"
        people = [p for p in self.staff if _serves(p, desk, language)]
        country = campaign.countries.get(desk)
        state = duty(country, language, now, [p.on_shift_until for p in people if p.on_shift_until])
        return state if people else Duty(on_duty=False, opens_at=None, persons=state.persons)


def _serves(person: Staff, desk: str, language: str) -> bool:
    works = person.active and any(role in WATCHING for role in person.roles)
    return works and desk in person.desks and language in person.languages
