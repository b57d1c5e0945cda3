"""A .po file as a plain dict: what `say` looks up for every sentence, so nothing clever stands in between."""

from __future__ import annotations

from io import BytesIO

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bot.model.campaign import Catalogue, CatalogueKey


class BadCatalogue(ValueError):
    """These bytes are no .po file; the message says where."""


def parse_po(data: bytes, *, stale: bool = False) -> Catalogue:
    """Return the translations of one .po file. Empty ones are left out, and fuzzy (stale) ones unless `stale`.

    Raises BadCatalogue for bytes that are not a .po file.
    """
    try:
        catalogue = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError, IndexError) as error:
        raise BadCatalogue(f"this is not a .po file in UTF-8: {error}") from error
    usable = (m for m in catalogue if m.id and (stale or not m.fuzzy))
    return {_key(m): forms for m in usable if (forms := _forms(m))}


def _key(message: Message) -> CatalogueKey:
    source = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", source)


def _forms(message: Message) -> tuple[str, ...]:
    """The translation, or its plural forms; nothing when any form is missing."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms if all(forms) else ()
