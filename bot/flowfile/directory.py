"""flows/helplines.yaml: who else can help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flowfile.amounts import day
from bot.flowfile.document import Data, Document, Path, plain, texts
from bot.flowfile.findings import Findings
from bot.flowfile.problem import Problem
from bot.model.campaign import Helpline

KINDS = (
    "emergency", "child_helpline", "gbv_helpline", "crisis_line", "csam_hotline", "image_removal", "police_cyber",
    "police_child", "trafficking_line", "missing_children", "online_abuse_helpline", "sexual_violence_centre",
    "child_protection_line", "directory",
)  # fmt: skip
UNKNOWN = frozenset({"", "null", "~"})
"""How a file says that nobody knows."""

Entry = tuple[Path, Mapping[str, Data]]


def read_helplines(document: Document) -> tuple[tuple[Helpline, ...], list[Problem]]:
    """Return the directory and all problems; an entry that cannot be shown is left out."""
    findings = Findings(document)
    found = [_helpline(findings, path, entry) for path, entry in entries_of(findings, ("helplines", "entries"), "E607")]
    good = [line for line in found if line is not None]
    told_twice(findings, [line.id for line in good], "E607")
    return tuple(good), findings.problems


def _helpline(findings: Findings, at: Path, entry: Mapping[str, Data]) -> Helpline | None:
    before = len(findings.problems)
    for field in ("id", "country", "name", "kind"):
        if known(entry, field) == "":
            findings.tell("E607", at, f"the entry has no '{field}'")
    if known(entry, "kind") not in (*KINDS, ""):
        findings.tell(
            "E607", at, f"'{known(entry, 'kind')[:40]}' is no kind of helpline", f"there is: {', '.join(KINDS)}"
        )
    if not known(entry, "number") and not known(entry, "url"):
        findings.tell("E607", at, "the entry has neither a number nor an address")
    return None if len(findings.problems) > before else _built(findings, at, entry)


def _built(findings: Findings, at: Path, entry: Mapping[str, Data]) -> Helpline:
    confirmed = known(entry, "confirmed_on") or known(entry, "checked_on")
    if confirmed and day(confirmed) is None:
        findings.tell("E606", (*at, "confirmed_on"), f"'{confirmed[:40]}' is no day", "write it like this: 2026-01-31")
    return Helpline(
        id=known(entry, "id"),
        country=known(entry, "country"),
        name=known(entry, "name"),
        kind=known(entry, "kind"),
        number=known(entry, "number"),
        url=known(entry, "url"),
        channels=texts(entry, "channels"),
        cost=known(entry, "cost"),
        hours=known(entry, "hours"),
        languages=texts(entry, "languages"),
        verified=known(entry, "verified") == "true",
        confirmed_on=day(confirmed),
        withdrawn=known(entry, "withdrawn") == "true",
    )


def known(entry: Mapping[str, Data], key: str) -> str:
    """Return the text under a key; '' when the file says that nobody knows."""
    text = plain(entry, key)
    return "" if text in UNKNOWN else text


def entries_of(findings: Findings, keys: tuple[str, ...], code: str) -> Iterator[Entry]:
    """Return the entries under the first key there is: a list of fields, or names with fields."""
    data = findings.document.data
    key = next((key for key in keys if isinstance(data, dict) and key in data), None)
    if not isinstance(data, dict) or key is None:
        findings.tell(code, (), f"'{keys[0]}:' is missing", f"the file begins with '{keys[0]}:' and a list below it")
        return
    value = data[key]
    if isinstance(value, dict):
        pairs: list[tuple[Path, Data]] = [((key, name), {"id": name, **_fields(v)}) for name, v in value.items()]
    else:
        pairs = [((key, index), item) for index, item in enumerate(value if isinstance(value, list) else [])]
    for path, entry in pairs:
        if isinstance(entry, dict):
            yield path, entry
        else:
            findings.tell(code, path, "the entry has no fields", "each begins with '- id: …'")


def _fields(value: Data) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}


def told_twice(findings: Findings, ids: list[str], code: str) -> None:
    for name in {name for name in ids if ids.count(name) > 1}:
        findings.tell(code, (), f"the id '{name[:60]}' stands twice", "every entry has its own id")
