"""Who is on duty at this moment: the rota of the campaign, and people who said they stay on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.cases.duty import Duty, duty
from bot.model.campaign import Campaign, Country
from bot.store.protocol import DeskStore
from bot.store.staff_records import Staff

WATCHING = ("moderator", "supervisor", "lead", "deputy")


@dataclass(slots=True)
class DutyNow:
    """A copy of the staff list, renewed by `refresh`; asking it costs no storage."""

    store: DeskStore
    staff: tuple[Staff, ...] = ()
    _asked: tuple[object, ...] = ()
    _answers: dict[tuple[str, str], Duty] = field(default_factory=dict)

    async def refresh(self) -> None:
        """Read the staff list again."""
        self.staff = tuple(await self.store.staff())

    def of(self, campaign: Campaign, profile: Mapping[str, str], hint: str, now: datetime) -> Duty:
        """Return the duty of her desk in her language. A rota counts only while somebody active serves that desk.

        A girl whose country is not known is looked after by every desk that reads her language.
        """
        language = profile.get("language") or hint.split("-")[0] or campaign.languages[0]
        place = profile.get("country", "")
        answers = self._same_moment(campaign, now)
        if (place, language) not in answers:
            answers[place, language] = self._of(campaign, place, language, now)
        return answers[place, language]

    def _same_moment(self, campaign: Campaign, now: datetime) -> dict[tuple[str, str], Duty]:
        """Turns that are worked out together share one moment: what is found for one holds for all of them."""
        asked = (now, campaign, self.staff)
        if len(self._asked) != len(asked) or any(a is not b for a, b in zip(asked, self._asked, strict=True)):
            self._asked, self._answers = asked, {}
        return self._answers

    def _of(self, campaign: Campaign, country: str, language: str, now: datetime) -> Duty:
        place = campaign.countries.get(country)
        if place is not None:
            return self._at(place, language, now)
        desks = tuple(self._at(country, language, now) for country in campaign.countries.values())
        return _any(desks, stays=any(_reads(p, language) and _stays(p, now) for p in self.staff))

    def _at(self, country: Country, language: str, now: datetime) -> Duty:
        people = [p for p in self.staff if _serves(p, country.code, language)]
        there = [p for p in people if not p.resting(now)]
        state = duty(country, language, now, [p.on_shift_until for p in there if p.on_shift_until])
        if (
            people and not there and state.on_duty
        ):  # the only ones there are on a break: they are back soon, and she is told when
            return replace(state, on_duty=False, opens_at=min(p.break_until for p in people if p.break_until))
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
    return person.on_shift_until is not None and person.on_shift_until > now and not person.resting(now)
