"""A running house signs its audit, notes its newest line, and asks for a second factor; only the demo's link does without."""

from __future__ import annotations

from pathlib import Path

from bot.app.house import open_ground
from bot.settings import Settings
from bot.store.audit_records import AuditLine
from bot.vault.audit import KEY_LINE, signer_of
from bot.vault.ring import KeyRing
from bot.work.audit.reading import checked
from tests.work.desk_room import HandClock

ROOT = Path(__file__).resolve().parents[2]


async def test_a_house_signs_notes_and_asks_for_a_code(tmp_path: Path) -> None:
    settings = Settings(
        token="1:x", key=KeyRing.new().dump(), database_url=f"sqlite:///{tmp_path / 'h.db'}", campaign=ROOT
    )
    ground = await open_ground(settings, HandClock())
    await ground.store.audit(AuditLine(ground.clock.now(), None, "drill"))
    await ground.accounts.add("Mona", ("moderator",), ("KE",), ("sw",), "four kettles sing at dawn")
    signed_in = await ground.accounts.sign_in("Mona", "four kettles sing at dawn")
    assert not signed_in.session.whole and await ground.accounts.session(signed_in.cookie) is None
    await ground.close()

    again = await open_ground(settings, HandClock())
    lines = await again.store.audit_lines(0, 100)
    note = await again.keys.anchor()
    check = await checked(again.store, again.keys, [signer_of(settings.key).public])
    await again.close()
    assert lines[0].action == KEY_LINE and all(line.signature for line in lines)
    assert note is not None and note.line == lines[-1].id and check.broken == []
