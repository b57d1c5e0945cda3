"""The auditor's page: who did what with which case, in codes; whether a line was changed; and the whole to take along."""

from __future__ import annotations

from aiohttp import web

from bot.console.page import Page


async def audit_page(page: Page) -> web.Response:
    """Show the newest lines, those of a case or a person; with `check=yes` also whether all is whole."""
    query = page.request.query
    room, case, name = page.console.audit, query.get("case", ""), query.get("name", "")
    before = int(query["before"]) if query.get("before", "").isdecimal() and len(query["before"]) < 16 else None
    check = await room.check(page.me) if query.get("check") == "yes" else None
    found = await room.look(page.me, case=case[:40], name=name[:80], before=before)
    return page.show("audit.html", found=found, check=check, case=case, name=name)


async def audit_export(page: Page) -> web.StreamResponse:
    """Answer the whole audit as a file, one line of JSON each."""
    lines = page.console.audit.export(page.me)
    first = await anext(lines, "")  # its own line is written before anything is sent
    response = web.StreamResponse(
        headers={"Content-Type": "application/jsonl", "Content-Disposition": 'attachment; filename="audit.jsonl"'}
    )
    await response.prepare(page.request)
    await response.write(first.encode())
    async for line in lines:
        await response.write(line.encode())
    await response.write_eof()
    return response
