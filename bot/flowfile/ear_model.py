"""The model's file: read from the package, written by `ear_training`. Whole bytes and a JSON header, nothing that can run.

Layout: `EAR3`, the header's length (4 bytes), the header, one byte per bucket, one byte per bucket and category.
"""

from __future__ import annotations

import json
from array import array
from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.detect import Model
from bot.detect.model import KIND_BUCKETS
from bot.detect.ngrams import BUCKETS

NAME: Final = "model.bin"
_MAGIC: Final = b"EAR3"


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
        "start": model.start,
        "kinds": sorted(model.kinds),
        "thresholds": dict(model.thresholds),
        "unsure": model.unsure,
    }
    raw = json.dumps(header, sort_keys=True).encode()
    tables = [model.weights.tobytes(), *(model.kinds[name].tobytes() for name in sorted(model.kinds))]
    return b"".join([_MAGIC, len(raw).to_bytes(4, "big"), raw, *tables])


def from_bytes(raw: bytes) -> Model:
    """Return the model of a file's content, or raise `BadModel`."""
    start = 8 + int.from_bytes(raw[4:8], "big")
    try:
        header = json.loads(raw[8:start])
        names, thresholds = list(header["kinds"]), dict(header["thresholds"])
        unsure, start_at, corpus = float(header["unsure"]), float(header["start"]), str(header["corpus"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadModel("the model's file has no readable header.") from error
    if raw[:4] != _MAGIC or len(raw) != start + BUCKETS + KIND_BUCKETS * len(names):
        raise BadModel("the model's file is of another version, or cut short.")
    kinds = {name: _table(raw, start + BUCKETS + i * KIND_BUCKETS, KIND_BUCKETS) for i, name in enumerate(names)}
    return Model(_table(raw, start, BUCKETS), start_at, kinds, thresholds, unsure, corpus)


def _table(raw: bytes, start: int, size: int) -> array[int]:
    table = array("b")
    table.frombytes(raw[start : start + size])
    return table
