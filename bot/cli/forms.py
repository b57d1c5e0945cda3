"""How a command that reports shows what it found."""

from __future__ import annotations

import click

text_or_json = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to show it."
)
