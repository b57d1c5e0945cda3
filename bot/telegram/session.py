"""Our session on aiogram's own extension point: JSON where no file goes along, answers not validated again.

aiogram's stock session sends everything as multipart and validates every answer whole with pydantic, and its errors print
what was sent. Here nothing of a body reaches a log or an exception.
"""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, Final, cast

import certifi
import msgspec
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from pydantic import TypeAdapter, ValidationError
from typing_extensions import override
from yarl import URL

from bot.telegram.answers import TOO_DEEP, Answer, Parameters
from bot.telegram.body import read_json
from bot.telegram.wire import Wire

if TYPE_CHECKING:
    from aiogram.client.bot import Bot
    from aiogram.client.telegram import TelegramAPIServer

CONNECTIONS: Final = 100
USUAL: Final = 25.0

_decode = msgspec.json.Decoder(Answer).decode


class MediaAreNeverFetched(Exception):
    """Raised for every download: what people send stays with Telegram."""


class QuietSession(BaseSession):
    """The session of every bot here. `ask` answers without raising; `make_request` is aiogram's own way in."""

    def __init__(self, api: TelegramAPIServer, timeout: float = USUAL) -> None:
        super().__init__(api=api, timeout=timeout)
        self._context = ssl.create_default_context(cafile=certifi.where())
        self._wire: Wire | None = None
        self._client: ClientSession | None = None
        self._paths: dict[tuple[str, str], bytes] = {}

    async def ask(self, bot: Bot, name: str, values: dict[str, Any], patience: float | None = None) -> Answer:
        """Return Telegram's answer to a method; what went wrong on the way is its `trouble`. Never raises for either."""
        try:
            body = msgspec.json.encode(values)
        except UnicodeEncodeError:
            return Answer(error_code=400, description="not UTF-8")
        except TypeError:  # aiogram's own types, or a file
            return await self._ask_prepared(bot, name, values, patience or self.timeout)
        return await self._ask_json(bot, name, body, patience or self.timeout)

    async def _ask_json(self, bot: Bot, name: str, body: bytes, patience: float) -> Answer:
        try:
            answer = await self._wired().post(self._path(bot.token, name), body, patience)
        except TimeoutError:
            return Answer(trouble="timeout")
        except OSError as error:
            return Answer(trouble=f"connection:{type(error).__name__}")
        return read_answer(answer.status, answer.body, None if answer.status == 200 else answer.retry_after)

    async def _ask_prepared(self, bot: Bot, name: str, values: dict[str, Any], patience: float) -> Answer:
        """Let aiogram work the values out; without a file it is JSON after all."""
        files: dict[str, InputFile] = {}
        ready = {key: self.prepare_value(value, bot=bot, files=files) for key, value in values.items()}
        ready = {key: value for key, value in ready.items() if value is not None}
        if not files:
            return await self._ask_json(bot, name, msgspec.json.encode(ready), patience)
        form = FormData(ready, quote_fields=False)
        for key, file in files.items():
            form.add_field(key, file.read(bot), filename=file.filename or key)
        return await self._upload(URL(self.api.api_url(token=bot.token, method=name)), form, patience)

    async def _upload(self, url: URL, form: FormData, patience: float) -> Answer:
        limits = ClientTimeout(total=patience, sock_connect=10.0)
        try:
            # The token is part of the address: no redirect takes it anywhere else.
            async with self._uploads().post(url, data=form, timeout=limits, allow_redirects=False) as response:
                return read_answer(response.status, await response.read(), _seconds(response))
        except TimeoutError:
            return Answer(trouble="timeout")
        except (ClientError, OSError) as error:
            return Answer(trouble=f"connection:{type(error).__name__}")

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Return the answer as aiogram's type. Raises TelegramAPIError, which names the call and the code, no words."""
        values = {name: method.__dict__[name] for name in method.model_fields_set}
        answer = await self.ask(bot, method.__api_method__, values, timeout)
        if not answer.ok:
            raise TelegramAPIError(method=method, message=answer.trouble or f"refused with {answer.error_code}")
        try:
            read: TypeAdapter[Any] = TypeAdapter(method.__returning__)
            return cast(TelegramType, read.validate_python(msgspec.json.decode(answer.result), context={"bot": bot}))
        except ValidationError:
            # Its text quotes the answer, which may hold words of people: it is not passed on.
            raise TelegramAPIError(method=method, message="the answer has an unknown shape") from None

    @override
    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Refuse: media are never fetched."""
        del url, headers, timeout, chunk_size, raise_for_status
        raise MediaAreNeverFetched
        yield b""

    async def close(self) -> None:
        """Let the connections go."""
        if self._wire is not None:
            self._wire.close()
        if self._client is not None:
            await self._client.close()
        self._wire = self._client = None

    def _wired(self) -> Wire:
        if self._wire is None:
            self._wire = Wire(self.api.base.partition("/bot{token}")[0], self._context, CONNECTIONS)
        return self._wire

    def _uploads(self) -> ClientSession:
        if self._client is None or self._client.closed:
            connector = TCPConnector(limit=CONNECTIONS, ssl=self._context)
            self._client = ClientSession(connector=connector, cookie_jar=DummyCookieJar())
        return self._client

    def _path(self, token: str, name: str) -> bytes:
        path = self._paths.get((token, name))
        if path is None:
            path = URL(self.api.api_url(token=token, method=name)).raw_path_qs.encode()
            self._paths[token, name] = path
        return path


def read_answer(status: int, body: bytes, retry_after: float | None) -> Answer:
    """Return an answer; HTML, half a JSON body and anything else that is none becomes a trouble."""
    try:
        answer = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        answer = read_oddly(status, body)
    if status == 429 and not answer.ok and not answer.error_code:  # a proxy's page, or ours to read wrongly: it counts
        answer = Answer(error_code=429)
    if answer.error_code == 429 and answer.parameters.retry_after is None:
        return msgspec.structs.replace(answer, parameters=Parameters(retry_after=retry_after))
    return answer


def read_oddly(status: int, body: bytes) -> Answer:
    """Return an answer that the quick reader refuses: a good one with broken characters in it, or a trouble."""
    try:
        value = read_json(body)
        return Answer(ok=value["ok"] is True, result=msgspec.Raw(json.dumps(value.get("result")).encode()))
    except RecursionError:
        return Answer(trouble=TOO_DEEP, result=msgspec.Raw(body))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Answer(trouble=f"http_{status}" if status >= 300 else "broken_answer")


def _seconds(response: ClientResponse) -> float | None:
    header = response.headers.get("Retry-After", "")
    return float(header) if header.isascii() and header.isdecimal() else None


def silence_aiogram() -> None:
    """Keep aiogram's loggers quiet: on unknown kinds and broken answers they print what people wrote."""
    logger = logging.getLogger("aiogram")
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    logger.handlers = [logging.NullHandler()]
