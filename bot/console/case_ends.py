"""What the page of a case shows of its end: the duty to report, referrals so far, the services there are."""

from __future__ import annotations

from typing import Any

from bot.cases.permissions import may
from bot.cases.reporting import duty_of, must_settle
from bot.console.page import Page
from bot.console.shown import zone_for
from bot.model.case import Case
from bot.model.referral import AGREEMENTS, SENT
from bot.work.desk.core import view_of
from bot.work.desk.referrals import services_for


async def ends(page: Page, case: Case) -> dict[str, Any]:
    """Return the values of the templates `case/duty.html`, `case/referral.html` and `case/referred.html`."""
    campaign, now = page.console.campaign(), page.console.clock.now()
    return {
        "duty": duty_of(case, campaign.countries),
        "must_settle": must_settle(case),
        "referrals": await page.console.desk.referrals(page.me, case.id),
        "services": services_for(case, campaign.helplines),
        "agreements": AGREEMENTS,
        "sendable": SENT,
        "today": now.astimezone(zone_for(campaign, case)).date().isoformat(),
        "may_follow": may(view_of(page.me), "follow_up", case, now),
    }
