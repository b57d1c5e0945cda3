"""Changing what a person covers: the languages she reads, what she is trained for, whether she is on call."""

from __future__ import annotations

from dataclasses import replace

from bot.model.levels import CATEGORIES
from bot.store.audit_records import AuditLine
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.work.desk.errors import NotPossible
from bot.work.ports import Clock


async def change_staff(
    store: Store,
    clock: Clock,
    name: str,
    *,
    languages: tuple[str, ...] | None = None,
    skills: tuple[str, ...] | None = None,
    on_call: bool | None = None,
) -> Staff:
    """Change a person, and write it down; None leaves a thing as it is. Raises NotPossible with the reason."""
    wanted = name.strip().casefold()
    staff = next((s for s in await store.staff() if s.name.casefold() == wanted and s.active), None)
    if staff is None:
        raise NotPossible("There is nobody called '{name}'. `safebot staff list` shows everybody.", name=name)
    changed = replace(
        staff,
        languages=staff.languages if languages is None else languages,
        skills=staff.skills if skills is None else checked_skills(skills),
        on_call=staff.on_call if on_call is None else on_call,
    )
    detail = f"languages={','.join(changed.languages)} skills={','.join(changed.skills)} on_call={changed.on_call}"
    await store.audit(AuditLine(clock.now(), staff.id, "staff_changed", detail=detail))
    return await store.save_staff(changed)


def checked_skills(skills: tuple[str, ...]) -> tuple[str, ...]:
    """Return categories as they are kept. Raises NotPossible for one that does not exist."""
    if unknown := sorted(set(skills) - set(CATEGORIES)):
        raise NotPossible(
            "There is no category {unknown}. Categories are: {all}.",
            unknown=", ".join(unknown),
            all=", ".join(CATEGORIES),
        )
    return tuple(dict.fromkeys(skills))
