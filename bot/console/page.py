"""What every page has at hand: the request, who is signed in, the desk; and how an answer is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from jinja2 import Environment

from bot.console.live import News
from bot.console.tongue import Tongue, languages_of
from bot.model.campaign import Campaign
from bot.model.ids import CaseId
from bot.store.protocol import Store
from bot.store.staff_records import Session, Staff
from bot.work.audit.room import AuditRoom
from bot.work.desk.desk import Desk
from bot.work.ports import Clock
from bot.work.staff.accounts import StaffAccounts


@dataclass(frozen=True, slots=True)
class ConsoleOptions:
    """`secure`: the pages are reached by https, so cookies are `__Host-` and Secure. `demo`: a throw-away store, on which
    one-use sign-in links exist."""

    secure: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Console:
    """The parts that pages use. `replay` runs a quarantined update again; None where this process has no bot."""

    desk: Desk
    accounts: StaffAccounts
    store: Store
    clock: Clock
    campaign: Callable[[], Campaign]
    options: ConsoleOptions
    templates: Environment
    news: News
    audit: AuditRoom
    replay: Callable[[int], Awaitable[bool]] | None = None

    def cookie(self, name: str) -> str:
        """Return the full name of a cookie: browsers guard `__Host-` ones, and take them by https only."""
        return f"__Host-{name}" if self.options.secure else name


CONSOLE = web.AppKey("console", Console)


@dataclass(frozen=True, slots=True)
class Page:
    """One request, after its rule has let it in."""

    request: web.Request
    console: Console
    tongue: Tongue
    staff: Staff | None = None
    session: Session | None = None

    @property
    def me(self) -> Staff:
        """Return who is signed in."""
        if self.staff is None:
            raise web.HTTPForbidden
        return self.staff

    @property
    def case_id(self) -> CaseId:
        """Return the case in the address."""
        return CaseId(self.request.match_info["case"])

    @property
    def comfort_cookie(self) -> str:
        """Return the cookie that holds her choices on this browser; two people may share one."""
        return f"{self.console.cookie('comfort')}-{self.me.id}"

    @property
    def comfort(self) -> frozenset[str]:
        """Return what she chose: `no_keys`, `grey`. Nothing before she signs in."""
        return frozenset(self.request.cookies.get(self.comfort_cookie, "").split("+")) if self.staff else frozenset()

    async def field(self, name: str) -> str:
        """Return a field of the form, '' when it is missing."""
        value = (await self.request.post()).get(name, "")
        return value if isinstance(value, str) else ""

    def show(self, template: str, status: int = 200, **values: Any) -> web.Response:
        """Return a page made from a template."""
        return web.Response(
            text=self.console.templates.get_template(template).render(
                me=self.staff,
                tongue=self.tongue,
                comfort=self.comfort,
                unapproved=self._unapproved(),
                languages_here=languages_of(self.console.campaign()),
                csrf=self.session.csrf if self.session else "",
                options=self.console.options,
                now=self.console.clock.now(),
                path=self.request.path,
                here=self.request.path_qs if self.request.method == "GET" else "/",
                since=self.session.created_at if self.session else None,
                care=self.console.campaign().care,
                **values,
            ),
            content_type="text/html",
            status=status,
        )

    def _unapproved(self) -> str:
        """Countries whose rules no safeguarding lead has signed: every page says so."""
        waiting = [c for c in self.console.campaign().countries.values() if not c.approved_by]
        return ", ".join(sorted(self.tongue.country_name(c.code, c.name) for c in waiting))


Handler = Callable[[Page], Awaitable[web.StreamResponse]]


def go(where: str) -> web.Response:
    """Return an answer that sends the browser on after a form."""
    return web.Response(status=303, headers={"Location": where})


async def seen_of(page: Page) -> int:
    """Return the newest line of the girl's that was on the page of a form; 0, so that any is newer, when it does not say."""
    seen = await page.field("seen")
    return int(seen) if seen.isdecimal() and len(seen) < 16 else 0
