"""Our session on aiogram's own extension point: one HTTP request a call, JSON where no file goes along, answers not re-read.

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

if TYPE_CHECKING:
    from aiogram.client.bot import Bot
    from aiogram.client.telegram import TelegramAPIServer

CONNECTIONS: Final = 100
KEEP_OPEN: Final = 50.0
USUAL: Final = 25.0
JSON: Final = {"Content-Type": "application/json"}

_decode = msgspec.json.Decoder(Answer).decode


class MediaAreNeverFetched(Exception):
    """Raised for every download: what people send stays with Telegram."""


class QuietSession(BaseSession):
    """The session of every bot here. `ask` answers without raising; `make_request` is aiogram's own way in."""

    def __init__(self, api: TelegramAPIServer, timeout: float = USUAL) -> None:
        super().__init__(api=api, timeout=timeout)
        self._client: ClientSession | None = None
        self._urls: dict[tuple[str, str], URL] = {}
        self._timeouts: dict[float, ClientTimeout] = {}

    async def ask(self, bot: Bot, method: TelegramMethod[Any], patience: float | None = None) -> Answer:
        """Return Telegram's answer to a call; what went wrong on the way is its `trouble`. Never raises for either."""
        try:
            async with self._opened().post(
                self._url(bot.token, method.__api_method__),
                allow_redirects=False,  # the token is part of the address: it goes nowhere else
                timeout=self._timeout(patience or self.timeout),
                **self._content(bot, method),
            ) as response:
                return read_answer(response, await response.read())
        except UnicodeEncodeError:
            return Answer(error_code=400, description="not UTF-8")
        except TimeoutError:
            return Answer(trouble="timeout")
        except ClientError as error:
            return Answer(trouble=f"connection:{type(error).__name__}")
        except OSError as error:
            return Answer(trouble=f"os:{type(error).__name__}")

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Return the answer as aiogram's type. Raises TelegramAPIError, which names the call and the code, no words."""
        answer = await self.ask(bot, method, timeout)
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
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _opened(self) -> ClientSession:
        if self._client is None or self._client.closed:
            self._client = ClientSession(
                connector=TCPConnector(
                    limit=CONNECTIONS,
                    keepalive_timeout=KEEP_OPEN,
                    ttl_dns_cache=300,
                    ssl=ssl.create_default_context(cafile=certifi.where()),
                ),
                cookie_jar=DummyCookieJar(),
                # Answers are a few hundred bytes: packing them costs more than it saves.
                headers={"Accept-Encoding": "identity"},
                skip_auto_headers=("User-Agent", "Accept"),
            )
        return self._client

    def _url(self, token: str, name: str) -> URL:
        url = self._urls.get((token, name))
        if url is None:
            url = self._urls[token, name] = URL(self.api.api_url(token=token, method=name))
        return url

    def _timeout(self, seconds: float) -> ClientTimeout:
        if seconds not in self._timeouts:
            self._timeouts[seconds] = ClientTimeout(total=seconds, sock_connect=10.0)
        return self._timeouts[seconds]

    def _content(self, bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any]:
        """Return the body: JSON, or a form when a file goes along."""
        values = {name: method.__dict__[name] for name in method.model_fields_set}
        try:
            return {"data": msgspec.json.encode(values), "headers": JSON}
        except TypeError:
            return self._prepared(bot, values)

    def _prepared(self, bot: Bot, values: dict[str, Any]) -> dict[str, Any]:
        """Return the body of values that hold aiogram's own types or files, worked out by aiogram."""
        files: dict[str, InputFile] = {}
        ready = {name: self.prepare_value(value, bot=bot, files=files) for name, value in values.items()}
        ready = {name: value for name, value in ready.items() if value is not None}
        if not files:
            return {"data": msgspec.json.encode(ready), "headers": JSON}
        form = FormData(ready, quote_fields=False)
        for name, file in files.items():
            form.add_field(name, file.read(bot), filename=file.filename or name)
        return {"data": form}


def read_answer(response: ClientResponse, body: bytes) -> Answer:
    """Return an answer; HTML, half a JSON body and anything else that is none becomes a trouble."""
    try:
        answer = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        answer = read_oddly(response.status, body)
    if answer.error_code == 429 and answer.parameters.retry_after is None:
        return msgspec.structs.replace(answer, parameters=Parameters(retry_after=_seconds(response)))
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
