"""A flow's words as a reader of the picture sees them: in a language, with `{names}` left standing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.flowfile.document import Data
from bot.flowfile.draft import Draft, FlowDraft
from bot.model.words import Words
from bot.texts.sentences import say


class _AsWritten(dict[str, str]):
    """Every name stands for itself, in braces."""

    def get(self, key: Any, _default: Any = None) -> Any:
        return f"{{{key}}}"


AS_WRITTEN: Mapping[str, str] = _AsWritten()


class Reading:
    """What the words of a campaign are in one language ('' is as staff wrote them)."""

    def __init__(self, draft: Draft, language: str = "") -> None:
        self._catalogues, self._language = draft.catalogues, language

    def __call__(self, words: Words) -> str:
        """Return the words on one line."""
        catalogues = self._catalogues if self._language else {}
        return " ".join(say(catalogues, self._language, words, AS_WRITTEN).split())


def written(draft: FlowDraft, step: str, *path: str | int) -> str:
    """Return what stands in the file under a step's field, on one line; '' when it is no text."""
    found: Data | None = draft.document.data
    for key in ("steps", step, *path):
        if isinstance(found, dict):
            found = found.get(str(key))
        elif isinstance(found, list) and isinstance(key, int) and key < len(found):
            found = found[key]
        else:
            return ""
    return " ".join(found.split()) if isinstance(found, str) else ""
