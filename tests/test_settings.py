"""The environment: read once, and what is wrong is said in one sentence that names the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SETTINGS, Settings, SettingsError

GOOD = {"SAFEBOT_TOKEN": "123456:ABC-def_1", "SAFEBOT_KEY": "ring"}


def test_without_anything_the_defaults_hold() -> None:
    settings = Settings.from_environment({})
    assert (settings.webhook_port, settings.console_port, settings.desk_chat) == (8081, 8080, None)
    assert settings.api_url == "https://api.telegram.org" and settings.bot_id == 0


def test_a_setting_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:ABC\n")
    settings = Settings.from_environment({"SAFEBOT_TOKEN_FILE": str(tmp_path / "token")})
    assert settings.token == "123456:ABC" and settings.bot_id == 123456


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(SettingsError, match="SAFEBOT_KEY_FILE"):
        Settings.from_environment({"SAFEBOT_KEY_FILE": str(tmp_path / "key")})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SAFEBOT_API_URL", "telegram.org"),
        ("SAFEBOT_WEBHOOK_URL", "ftp://x"),
        ("SAFEBOT_WEBHOOK_PORT", "http"),
        ("SAFEBOT_CONSOLE_PORT", "65536"),
        ("SAFEBOT_CONSOLE_PORT", "-1"),
        ("SAFEBOT_CONSOLE_PORT", "८०"),
        ("SAFEBOT_DESK_CHAT", "@moderators"),
        ("SAFEBOT_DESK_TOPICS", "Kenya"),
        ("SAFEBOT_DESK_CONTENT", "some"),
        ("SAFEBOT_RATE_CHAT", "0"),
        ("SAFEBOT_RATE_GROUP", "nan"),
        ("SAFEBOT_RATE_BROADCAST", "many"),
        ("SAFEBOT_BURST_CHAT", "0.5"),
        ("SAFEBOT_BURST_CHAT", "0"),
        ("SAFEBOT_DEADMAN_URL", "yes"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        Settings.from_environment({variable: value})


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"SAFEBOT_TOKEN": ""}, "SAFEBOT_TOKEN"),
        ({"SAFEBOT_TOKEN": "secret-but-no-token"}, "SAFEBOT_TOKEN"),
        ({"SAFEBOT_KEY": ""}, "SAFEBOT_KEY"),
        ({"SAFEBOT_WEBHOOK_URL": "https://bot.example.org/x"}, "SAFEBOT_WEBHOOK_SECRET"),
        ({"SAFEBOT_WEBHOOK_URL": "https://x.org", "SAFEBOT_WEBHOOK_SECRET": "s" * 31}, "SAFEBOT_WEBHOOK_SECRET"),
        ({"SAFEBOT_WEBHOOK_URL": "https://x.org", "SAFEBOT_WEBHOOK_SECRET": "é" * 40}, "SAFEBOT_WEBHOOK_SECRET"),
    ],
)
def test_running_asks_for_what_it_needs_and_never_shows_a_secret(changes: dict[str, str], names: str) -> None:
    with pytest.raises(SettingsError, match=names) as found:
        Settings.from_environment({**GOOD, **changes}).check_for_running()
    assert "secret-but" not in str(found.value) and "sss" not in str(found.value)


def test_everything_right_may_run_and_no_secret_stands_in_the_repr() -> None:
    web = {"SAFEBOT_WEBHOOK_URL": "https://x.org", "SAFEBOT_WEBHOOK_SECRET": "s" * 32}
    settings = Settings.from_environment({**GOOD, **web})
    settings.check_for_running()
    assert not {"ABC-def_1", "ring", "s" * 32} & set(repr(settings).split("'"))


def test_every_secret_is_known_to_be_one() -> None:
    assert {s.variable for s in SETTINGS if s.secret} == {"SAFEBOT_TOKEN", "SAFEBOT_KEY", "SAFEBOT_WEBHOOK_SECRET"}
