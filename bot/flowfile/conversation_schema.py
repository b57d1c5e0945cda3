"""flows/test.schema.json, so that an editor helps while a test is written. Made from the reader's own table of fields.

`python -m bot.flowfile.conversation_schema flows/test.schema.json` writes it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.flowfile.conversation_fields import FILE
from bot.flowfile.shapes import Json


def schema() -> Json:
    """Return the schema of a test file."""
    about = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Test conversations of a flow",
        "description": "Made by 'python -m bot.flowfile.conversation_schema'. Change conversation_fields.py, not this.",
    }
    return {**about, **FILE.schema()}


def render() -> str:
    """Return the file's content."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
