"""The body of a call as plain fields, whichever way it was sent: JSON, a form, or multipart with files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from bot.simulator.errors import refusal

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content_type: str
    content: bytes


def fields_of(content_type: str, body: bytes) -> Fields:
    """Return the fields of a body; an unknown kind of body has none, as with Telegram."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/json":
        return _of_json(body)
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    if kind.startswith("multipart/"):
        return _of_multipart(content_type, body)
    return {}


def _of_json(body: bytes) -> Fields:
    try:
        fields = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise refusal("bad_json") from error
    return fields if isinstance(fields, dict) else {}


def _of_multipart(content_type: str, body: bytes) -> Fields:
    boundary = _parameters(content_type).get("boundary", "").encode()
    fields: Fields = {}
    if not boundary:
        return fields
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, found, content = part.partition(b"\r\n\r\n")
        if found:
            name, value = _part(head.decode(errors="replace"), content)
            fields[name] = value
    return fields


def _part(head: str, content: bytes) -> tuple[str, str | Upload]:
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head.split("\r\n"))}
    disposition = _parameters(headers.get("content-disposition", ""))
    name = disposition.get("name", "")
    if "filename" in disposition:
        kind = headers.get("content-type", "application/octet-stream")
        return name, Upload(disposition["filename"], kind, content)
    return name, content.decode(errors="replace")


def _parameters(header: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in header.split(";")[1:])
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def integer(fields: Fields, name: str, default: int = 0) -> int:
    """Return a field as a whole number, however it was written."""
    value = fields.get(name, default)
    try:
        return default if value == "" or value is None else int(value)
    except (TypeError, ValueError) as error:
        raise refusal("not_number") from error


def words(fields: Fields, name: str) -> str:
    """Return a field as text, '' when it is missing."""
    value = fields.get(name)
    return "" if value is None else str(value)


def truth(fields: Fields, name: str) -> bool:
    """Return a field as yes or no: Telegram takes true, True, 1 and yes."""
    value = fields.get(name)
    return value is True or str(value).lower() in {"true", "1", "yes"}


def structure(fields: Fields, name: str) -> Any:
    """Return a field that holds a list or an object: forms carry it as JSON text."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value.encode()) if value else None
    except msgspec.DecodeError as error:
        raise refusal("bad_json") from error
