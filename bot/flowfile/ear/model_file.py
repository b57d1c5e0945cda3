"""The model's file: read from the package, written by `training`. Whole bytes and a JSON header, nothing that can run.

Layout: `EAR4`, the header's length (4 bytes), the header, then packed: one bit for each bucket (has it a row?), and the
rows in the order of their buckets, one byte for each sum.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from importlib.resources import files
from itertools import compress, count
from typing import Any, Final

from bot.detect import Model
from bot.detect.ngrams import BUCKETS
from bot.detect.rows import Rows
from bot.detect.voices import Voices

NAME: Final = "model.bin"
_MAGIC: Final = b"EAR4"
_BITS: Final = (BUCKETS + 7) // 8
_BITS_OF: Final = tuple(tuple(byte >> bit & 1 for bit in range(8)) for byte in range(256))


class BadModel(ValueError):
    """The model's file is damaged or of another version: install the program again, or train anew."""


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that comes with this version of the program."""
    return from_bytes(files("bot.detect").joinpath(NAME).read_bytes())


def to_bytes(model: Model) -> bytes:
    """Return the content of the model's file."""
    header = {
        "corpus": model.corpus,
        "unit": model.unit,
        "start": model.start,
        "classes": model.voices.classes,
        "base": model.voices.base,
        "voices": model.voices.weights,
        "thresholds": dict(model.thresholds),
        "consents": dict(model.consents),
    }
    raw = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    packed = zlib.compress(_bits(model.rows.buckets) + model.rows.weights, 9)
    return b"".join([_MAGIC, len(raw).to_bytes(4, "big"), raw, packed])


def from_bytes(raw: bytes) -> Model:
    """Return the model of a file's content, or raise `BadModel`."""
    start = 8 + int.from_bytes(raw[4:8], "big")
    if raw[:4] != _MAGIC:
        raise BadModel("the model's file is of another version, or cut short.")
    try:
        model = _model(json.loads(raw[8:start]), zlib.decompress(raw[start:]))
        model.sound("", ())
        if model.thresholds and model.consents:
            return model
    except (ValueError, ArithmeticError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise BadModel("the model's file is damaged, or cut short.") from error
    raise BadModel("the model's file names no limits.")


def _model(header: dict[str, Any], tables: bytes) -> Model:
    start = tuple(map(float, header["start"]))
    buckets, weights = _buckets(tables[:_BITS]), tables[_BITS:]
    if len(weights) != len(buckets) * len(start):
        raise BadModel("the model's file has not as many rows as it says.")
    voices = Voices(tuple(header["classes"]), tuple(header["base"]), tuple(map(tuple, header["voices"])))
    return Model(
        rows=Rows(buckets, weights, len(start)),
        unit=float(header["unit"]),
        start=start,
        voices=voices,
        thresholds=dict(header["thresholds"]),
        consents=dict(header["consents"]),
        corpus=str(header["corpus"]),
    )


def _bits(buckets: Any) -> bytes:
    table = bytearray(_BITS)
    for bucket in buckets:
        table[bucket >> 3] |= 1 << (bucket & 7)
    return bytes(table)


def _buckets(bits: bytes) -> list[int]:
    return list(compress(count(), (bit for byte in bits for bit in _BITS_OF[byte])))
