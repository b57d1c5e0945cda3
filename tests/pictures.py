"""The drawings of flows/pictures/ as pictures that Telegram takes: `make pictures`. The .png stand beside the .svg, so the bot
needs no renderer."""

from __future__ import annotations

import sys
from pathlib import Path

import resvg_py

PICTURES = Path(__file__).resolve().parents[1] / "flows" / "pictures"
WIDTH = 800
LARGEST = 100_000
"""Bytes: many girls pay for each of them."""


def rendered(drawing: Path) -> bytes:
    """Return the picture of a drawing. No font is read: drawings hold no words, which would have to be translated."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawing.read_text(encoding="utf-8"), width=WIDTH, skip_system_fonts=True)
    )


def main() -> int:
    """Render every drawing; say which pictures changed, and end with 1 when one is too large."""
    heavy = []
    for drawing in sorted(PICTURES.glob("*.svg")):
        picture, raw = drawing.with_suffix(".png"), rendered(drawing)
        if len(raw) > LARGEST:
            heavy.append(f"{picture.name} has {len(raw)} bytes, {LARGEST} at most")
        if not picture.is_file() or picture.read_bytes() != raw:
            picture.write_bytes(raw)
            print(f"{picture.name}: {len(raw)} bytes")
    print("\n".join(heavy), file=sys.stderr)
    return 1 if heavy else 0


if __name__ == "__main__":
    raise SystemExit(main())
