"""setWebhook, deleteWebhook, getWebhookInfo. Waiting in getUpdates is the server's; what it hands out is in delivery."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.simulator.body import Fields, integer, structure, truth, words
from bot.simulator.core import Core
from bot.simulator.delivery import BY_DEFAULT, KINDS, Webhook
from bot.simulator.errors import Json, refusal, too_many

SECRET = re.compile(r"^[A-Za-z0-9_-]{0,256}$")
PORTS = (443, 80, 88, 8443)


def set_webhook(core: Core, fields: Fields, now: float) -> bool:
    """Post updates to an address from now on; an empty one removes the webhook."""
    url, secret = words(fields, "url"), words(fields, "secret_token")
    if not url:
        return delete_webhook(core, fields, now)
    if now < core.webhook_set_at + 1:
        raise too_many(1)
    _check_address(url)
    if not SECRET.match(secret):
        raise refusal("secret")
    allow(core, fields)
    core.webhook_set_at = now
    most = min(100, max(1, integer(fields, "max_connections", 40)))
    _switch(core, Webhook(url, secret, most), fields, now)
    return True


def delete_webhook(core: Core, fields: Fields, now: float) -> bool:
    """Wait for getUpdates from now on."""
    _switch(core, None, fields, now)
    return True


def _switch(core: Core, webhook: Webhook | None, fields: Fields, now: float) -> None:
    drop = truth(fields, "drop_pending_updates")
    if drop and core.delivery.pending:
        core.broke("dropped_pending_updates", "setWebhook", 0, now)
    core.delivery.set_webhook(webhook, drop)


def _check_address(url: str) -> None:
    """Telegram wants HTTPS on one of four ports; on this very machine anything goes, as tests have no certificate."""
    parts = urlsplit(url)
    if _loopback(parts.hostname or ""):
        return
    if parts.scheme != "https" or (parts.port or 443) not in PORTS:
        raise refusal("bad_webhook")


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def allow(core: Core, fields: Fields) -> None:
    """Follow `allowed_updates`: missing keeps the last setting, an empty list means the usual kinds."""
    asked = structure(fields, "allowed_updates")
    if isinstance(asked, list):
        core.delivery.allowed = frozenset(KINDS) & frozenset(map(str, asked)) or BY_DEFAULT


def get_webhook_info(core: Core, _fields: Fields, _now: float) -> Json:
    """Return how delivery stands."""
    webhook, delivery = core.delivery.webhook, core.delivery
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(delivery.pending),
    }
    if webhook:
        info["max_connections"] = webhook.connections
    if webhook and delivery.last_error:
        info["last_error_date"] = int(delivery.last_error[0])
        info["last_error_message"] = delivery.last_error[1]
    if delivery.allowed != BY_DEFAULT:
        info["allowed_updates"] = sorted(delivery.allowed)
    return info


METHODS = {"setwebhook": set_webhook, "deletewebhook": delete_webhook, "getwebhookinfo": get_webhook_info}
