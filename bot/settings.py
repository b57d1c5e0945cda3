"""The environment, read once. Each setting may also come from a file: SAFEBOT_TOKEN_FILE names one that holds the token."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TELEGRAM = "https://api.telegram.org"


class SettingsError(Exception):
    """A setting is missing or wrong; the sentence says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the contract: the variable, what it is for, and what counts when it is not set."""

    variable: str
    meaning: str
    default: str = ""
    secret: bool = False


SETTINGS = (
    Setting("SAFEBOT_TOKEN", "the bot's token, as BotFather gave it", secret=True),
    Setting("SAFEBOT_API_URL", "the Bot API server", TELEGRAM),
    Setting("SAFEBOT_DATABASE_URL", "the database; keys.db lies beside it", "sqlite:///safebot.db"),
    Setting("SAFEBOT_CAMPAIGN", "the folder that holds flows/ and locales/", "."),
    Setting(
        "SAFEBOT_VERSIONS", "the folder that keeps the campaign's last good versions; without it beside the database"
    ),
    Setting("SAFEBOT_KEY", "the key ring, from `safebot keys new`", secret=True),
    Setting("SAFEBOT_WEBHOOK_URL", "the public https address for updates; without it the bot polls"),
    Setting("SAFEBOT_WEBHOOK_SECRET", "32 to 256 letters, digits, _ or -", secret=True),
    Setting("SAFEBOT_WEBHOOK_HOST", "where the webhook listens", "127.0.0.1"),
    Setting("SAFEBOT_WEBHOOK_PORT", "and on which port", "8081"),
    Setting("SAFEBOT_CONSOLE_HOST", "where the console listens", "127.0.0.1"),
    Setting("SAFEBOT_CONSOLE_PORT", "and on which port", "8080"),
    Setting("SAFEBOT_CONSOLE_URL", "the console's public address, for the cards' link; https makes cookies secure"),
    Setting("SAFEBOT_DESK_CHAT", "the id of the moderators' group (-100…); without it all is in the console"),
    Setting(
        "SAFEBOT_DESK_TOPICS", "a topic of that group for each desk: KE=12 NP=34; without it all stands in General"
    ),
    Setting(
        "SAFEBOT_DESK_CONTENT",
        "never: words stay in the console; full: hers also go to the chat of who holds the case",
        "never",
    ),
    Setting("SAFEBOT_RATE_CHAT", "messages a second to one chat, after a short burst", "1"),
    Setting("SAFEBOT_BURST_CHAT", "how many messages one chat may get at once", "5"),
    Setting("SAFEBOT_RATE_GROUP", "messages a minute to the moderators' group", "20"),
    Setting("SAFEBOT_RATE_BROADCAST", "messages a second in the broadcast lane", "30"),
    Setting("SAFEBOT_ESCROW", "the public escrow key, from `safebot keys escrow`: its private half lies in a safe"),
    Setting("SAFEBOT_DEADMAN_URL", "an address to call every minute while all is well"),
)
"""Every setting there is; `safebot config` shows them, deploy/README.md explains them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decided. Secrets do not show in its repr."""

    token: str = field(default="", repr=False)
    api_url: str = TELEGRAM
    database_url: str = "sqlite:///safebot.db"
    campaign: Path = Path()
    versions: Path | None = None
    key: str = field(default="", repr=False)
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8081
    console_host: str = "127.0.0.1"
    console_port: int = 8080
    console_url: str = ""
    desk_chat: int | None = None
    desk_topics: Mapping[str, int] = field(default_factory=dict)
    desk_content: str = "never"
    rate_chat: float = 1.0
    burst_chat: int = 5
    rate_group: float = 20.0
    rate_broadcast: float = 30.0
    deadman_url: str = ""
    escrow: bytes | None = None

    @property
    def bot_id(self) -> int:
        """Return the number before the colon of the token; 0 without a token."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdecimal() else 0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Return the settings. Raises SettingsError naming the variable that cannot be used."""
        values = {s.variable: value_of(s, os.environ if environ is None else environ) for s in SETTINGS}
        return cls(
            token=values["SAFEBOT_TOKEN"],
            api_url=_url("SAFEBOT_API_URL", values["SAFEBOT_API_URL"]).rstrip("/"),
            database_url=values["SAFEBOT_DATABASE_URL"],
            campaign=Path(values["SAFEBOT_CAMPAIGN"]).expanduser(),
            versions=Path(values["SAFEBOT_VERSIONS"]).expanduser() if values["SAFEBOT_VERSIONS"] else None,
            key=values["SAFEBOT_KEY"],
            webhook_url=_url("SAFEBOT_WEBHOOK_URL", values["SAFEBOT_WEBHOOK_URL"]),
            webhook_secret=values["SAFEBOT_WEBHOOK_SECRET"],
            webhook_host=values["SAFEBOT_WEBHOOK_HOST"],
            webhook_port=_port("SAFEBOT_WEBHOOK_PORT", values["SAFEBOT_WEBHOOK_PORT"]),
            console_host=values["SAFEBOT_CONSOLE_HOST"],
            console_port=_port("SAFEBOT_CONSOLE_PORT", values["SAFEBOT_CONSOLE_PORT"]),
            console_url=_url("SAFEBOT_CONSOLE_URL", values["SAFEBOT_CONSOLE_URL"]).rstrip("/"),
            desk_chat=_chat("SAFEBOT_DESK_CHAT", values["SAFEBOT_DESK_CHAT"]),
            desk_topics=_topics("SAFEBOT_DESK_TOPICS", values["SAFEBOT_DESK_TOPICS"]),
            desk_content=_content("SAFEBOT_DESK_CONTENT", values["SAFEBOT_DESK_CONTENT"]),
            rate_chat=_rate("SAFEBOT_RATE_CHAT", values["SAFEBOT_RATE_CHAT"]),
            burst_chat=_count("SAFEBOT_BURST_CHAT", values["SAFEBOT_BURST_CHAT"]),
            rate_group=_rate("SAFEBOT_RATE_GROUP", values["SAFEBOT_RATE_GROUP"]),
            rate_broadcast=_rate("SAFEBOT_RATE_BROADCAST", values["SAFEBOT_RATE_BROADCAST"]),
            deadman_url=_url("SAFEBOT_DEADMAN_URL", values["SAFEBOT_DEADMAN_URL"]),
            escrow=_escrow("SAFEBOT_ESCROW", values["SAFEBOT_ESCROW"]),
        )

    def check_key(self) -> None:
        """Raise SettingsError unless there is a key ring."""
        if not self.key:
            raise SettingsError(
                "SAFEBOT_KEY is missing. Make a key ring once with `safebot keys new` and keep it safe."
            )

    def check_for_running(self) -> None:
        """Raise SettingsError unless everything that `safebot run` needs is there and well formed."""
        if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]+", self.token, re.ASCII):
            raise SettingsError("SAFEBOT_TOKEN is missing or not a bot token (123456:ABC…). Ask @BotFather for it.")
        self.check_key()
        if self.webhook_url and not re.fullmatch(r"[A-Za-z0-9_-]{32,256}", self.webhook_secret):
            raise SettingsError(
                "SAFEBOT_WEBHOOK_SECRET must have 32 to 256 letters, digits, _ or - when SAFEBOT_WEBHOOK_URL is set."
            )


def value_of(setting: Setting, environ: Mapping[str, str]) -> str:
    """Return what a setting is now: from its file, else the variable, else the default. Raises SettingsError."""
    if file := environ.get(f"{setting.variable}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{setting.variable}_FILE names a file that cannot be read: {type(error).__name__}."
            ) from error
    return environ.get(setting.variable, "").strip() or setting.default


def _url(variable: str, value: str) -> str:
    if value and not re.match(r"https?://[^\s/]+", value):
        raise SettingsError(f"{variable} must be an address such as https://bot.example.org, not {value!r}.")
    return value


def _escrow(variable: str, value: str) -> bytes | None:
    if value and not re.fullmatch(r"escrow-public-[0-9a-f]{64}", value):
        raise SettingsError(f"{variable} must be the line escrow-public-… that `safebot keys escrow` printed.")
    return bytes.fromhex(value.rpartition("-")[2]) if value else None


def _port(variable: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,5}", value, re.ASCII) or int(value) > 65535:
        raise SettingsError(f"{variable} must be a port from 0 to 65535, not {value!r}.")
    return int(value)


def _chat(variable: str, value: str) -> int | None:
    if value and not re.fullmatch(r"-?\d{1,16}", value):
        raise SettingsError(f"{variable} must be a chat id such as -1001234567890, not {value!r}.")
    return int(value) if value else None


def _topics(variable: str, value: str) -> dict[str, int]:
    found = [re.fullmatch(r"([A-Z]{2})=([1-9]\d{0,15})", part, re.ASCII) for part in value.split()]
    if not all(found):
        raise SettingsError(
            f"{variable} must be desks with the ids of their topics, such as KE=12 NP=34, not {value!r}."
        )
    return {part[1]: int(part[2]) for part in found if part is not None}


def _content(variable: str, value: str) -> str:
    if value not in ("never", "full"):
        raise SettingsError(f"{variable} must be never or full, not {value!r}.")
    return value


def _count(variable: str, value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", value, re.ASCII):
        raise SettingsError(f"{variable} must be a whole number from 1, not {value!r}.")
    return int(value)


def _rate(variable: str, value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = 0.0
    if not 0 < rate < 1e6:
        raise SettingsError(f"{variable} must be a number above 0, not {value!r}.")
    return rate
