"""Pictures and voice files of the campaign: uploaded once, then sent by the name Telegram gave them.

Only our own files: of what people send not even the names are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from aiogram.methods import SendPhoto, SendVoice, TelegramMethod
from aiogram.types import FSInputFile

from bot.model.outbox import Message
from bot.telegram.answers import Answer
from bot.telegram.calls import Calls


class Stored(msgspec.Struct, frozen=True):
    """Telegram's name of a file."""

    file_id: str


class SentFile(msgspec.Struct, frozen=True):
    """What we read of a message that carried our file; of a picture's sizes the largest is last."""

    photo: tuple[Stored, ...] = ()
    voice: Stored | None = None


class Files:
    """Sends a message's picture or voice file."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._names: dict[tuple[str, int], str] = {}

    async def send(self, message: Message, values: dict[str, Any]) -> Answer:
        """Return Telegram's answer to the file with its caption and keys in `values`."""
        path = message.photo or message.voice
        version = _version(path)
        if version is None:
            return Answer(error_code=400, description="the file is not there")
        name = self._names.get((path, version))
        answer = await self._ask(message, values, name or FSInputFile(path))
        if name and answer.error_code == 400:
            # Names go stale, and another bot's token does not know them: the file itself always works.
            del self._names[path, version]
            answer = await self._ask(message, values, FSInputFile(path))
        if answer.ok and (fresh := _name_in(answer)):
            self._names[path, version] = fresh
        return answer

    async def _ask(self, message: Message, values: dict[str, Any], file: str | FSInputFile) -> Answer:
        method: type[TelegramMethod[Any]] = SendPhoto if message.photo else SendVoice
        return await self._calls.ask(method, {**values, "photo" if message.photo else "voice": file})


def _version(path: str) -> int | None:
    """Return when the file was last changed; None when it is not there."""
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return None


def _name_in(answer: Answer) -> str:
    try:
        sent = _read(answer.result)
    except msgspec.DecodeError:
        return ""
    stored = sent.photo[-1] if sent.photo else sent.voice
    return stored.file_id if stored else ""


_read = msgspec.json.Decoder(SentFile).decode
