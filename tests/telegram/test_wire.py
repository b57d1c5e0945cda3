"""The small HTTP client under our session."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.http_answer import HttpAnswer, NotHttp
from bot.telegram.wire import Wire

HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\n"
SIZED = HEAD + b"Content-Length: 5\r\n\r\nhello"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n"
CONTINUED = b"HTTP/1.1 100 Continue\r\n\r\n" + SIZED
CLOSING = HEAD + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello"
UNSIZED = HEAD + b"\r\nhello"

Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], object]


class Server:
    """Answers each request on a connection by the next of its answers; None hangs, b'' closes."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers = list(answers)
        self.connections = 0
        self.requests: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                answer = self.answers.pop(0)
                if answer is None:
                    await reader.read()
                writer.write(answer or b"")
                if not answer or answer in (CLOSING, UNSIZED):
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def wired(server: Server, context: ssl.SSLContext | None = None) -> AsyncIterator[Wire]:
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    scheme = "https" if context else "http"
    wire = Wire(f"{scheme}://127.0.0.1:{port}", ssl.create_default_context(), limit=4)
    try:
        yield wire
    finally:
        wire.close()
        listening.close()


@settings(deadline=None)
@given(st.sampled_from([SIZED, CHUNKED, CONTINUED, CLOSING]), st.lists(st.integers(0, 120), max_size=6))
def test_an_answer_is_the_same_in_whatever_pieces_it_comes(raw: bytes, cuts: list[int]) -> None:
    borders = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    answer = HttpAnswer()
    complete = [answer.feed(raw[a:b]) for a, b in pairwise(borders) if a < b]
    assert complete[-1]
    assert not any(complete[:-1])
    assert (answer.status, answer.body, answer.keep) == (200, b"hello", raw != CLOSING)


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    answer = HttpAnswer()
    assert not answer.feed(UNSIZED)
    assert answer.end()
    assert (answer.body, answer.keep) == (b"hello", False)
    cut = HttpAnswer()
    cut.feed(SIZED[:-1])
    assert not cut.end()


def test_bytes_behind_an_answer_end_the_trust_in_its_connection() -> None:
    answer = HttpAnswer()
    assert answer.feed(SIZED + b"more")
    assert not answer.keep


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from([b"", HEAD + b"Transfer-Encoding: chunked\r\n\r\n", HEAD]))
def test_nonsense_is_refused_or_incomplete_and_never_another_error(noise: bytes, start: bytes) -> None:
    with suppress(NotHttp):
        HttpAnswer().feed(start + noise)


def test_the_seconds_of_a_flood_are_read_from_the_head() -> None:
    answer = HttpAnswer()
    answer.feed(b"HTTP/1.1 429 Too Many\r\nretry-after: 17\r\nContent-Length: 0\r\n\r\n")
    assert answer.retry_after == 17


async def test_a_connection_is_used_again_and_each_question_gets_its_own_answer() -> None:
    async with wired(server := Server(SIZED, CHUNKED, SIZED)) as wire:
        for _ in range(3):
            assert (await wire.post(b"/bot1:A/x", b"{}", 2.0)).body == b"hello"
    assert server.connections == 1
    assert server.requests[0].startswith(b"POST /bot1:A/x HTTP/1.1\r\nHost: 127.0.0.1:")


async def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    async with wired(server := Server(CLOSING, SIZED, UNSIZED)) as wire:
        assert [(await wire.post(b"/x", b"{}", 2.0)).body for _ in range(3)] == [b"hello"] * 3
    assert server.connections == 2


async def test_a_late_answer_is_never_taken_for_the_next_question() -> None:
    async with wired(server := Server(None, SIZED)) as wire:
        with pytest.raises(TimeoutError):
            await wire.post(b"/x", b"{}", 0.05)
        assert (await wire.post(b"/x", b"{}", 2.0)).status == 200
    assert server.connections == 2


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-x\r\n\r\n", SIZED[:-1]])
async def test_a_broken_answer_is_a_connection_error(answer: bytes) -> None:
    async with wired(Server(answer)) as wire:
        with pytest.raises((ConnectionError, TimeoutError)):
            await wire.post(b"/x", b"{}", 0.2)


async def test_no_more_connections_than_allowed_are_opened() -> None:
    async with wired(server := Server(*[SIZED] * 40)) as wire:
        await asyncio.gather(*(wire.post(b"/x", b"{}", 5.0) for _ in range(40)))
    assert server.connections <= 4


def a_certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command to make a certificate")
async def test_https_is_spoken_and_an_unknown_certificate_is_refused(tmp_path: Path) -> None:
    certificate, key = a_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    async with wired(Server(SIZED, SIZED), context) as wire:
        with pytest.raises(ssl.SSLCertVerificationError):
            await wire.post(b"/x", b"{}", 2.0)
        assert wire._ssl is not None
        wire._ssl.load_verify_locations(certificate)
        assert (await wire.post(b"/x", b"{}", 2.0)).body == b"hello"
