"""flows/flow.schema.json, so that an editor helps while staff write. Made from the loader's own table of fields.

`python -m bot.flowfile.schema flows/flow.schema.json` writes it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.flowfile.fields import FLOW
from bot.flowfile.shapes import Json


def schema() -> Json:
    """Return the schema of a flow file."""
    about = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A flow",
        "description": "Made by 'python -m bot.flowfile.schema'. Change bot/flowfile/fields.py, not this file.",
    }
    return {**about, **FLOW.schema()}


def render() -> str:
    """Return the file's content."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
