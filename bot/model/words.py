"""Words by reference: the engine says which sentence, the texts room says it in her language."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Value = str | int


class Words(msgspec.Struct, frozen=True):
    """One sentence. `context` is `flow/step.field` for flows (msgctxt) or 'bot' for our own; `source` is the English text
    (msgid) for flows, the key (`help.opening`) for our own.

    `plural` is the English plural form, chosen by `count`; in a flow `count_of` names the variable that is counted, and the
    engine fills `count` and `{n}` from it. `values` are put in once, escaped, never expanded again;
    a value that is itself Words is rendered first. {helpline} {read_by} {opens_at} are filled by the renderer.
    """

    context: str
    source: str
    plural: str | None = None
    count: int | None = None
    values: Mapping[str, Value | Words] = msgspec.field(default_factory=dict)
    count_of: str = ""


class Literal(msgspec.Struct, frozen=True):
    """Words that are already text: a moderator's reply. Never expanded, never translated."""

    text: str


class Button(msgspec.Struct, frozen=True):
    """One button: what stands on it, what it carries (at most 64 bytes), or an https address instead, or text to copy.
    `done`: she has been there before; it gets a tick."""

    label: Words
    data: str = ""
    url: str = ""
    copy: str = ""
    done: bool = False


class Bubble(msgspec.Struct, frozen=True):
    """One message to her: words, rows of buttons, at most one picture with its alt text, or a voice file.

    `listen`: the addresses of recordings of these words, `flow/step`; a button offers them. `mark`: the reply it stands
    for, so that this one message can be taken away again.
    """

    words: tuple[Words | Literal, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    photo: str = ""
    voice: str = ""
    alt: Words | None = None
    listen: tuple[str, ...] = ()
    mark: str = ""
