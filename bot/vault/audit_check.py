"""Looking through the whole audit: is every line the one that was written, signed by a key we know, and is the end still there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from bot.vault.audit import KEY_LINE, Line, chain, signed_by


@dataclass(frozen=True, slots=True)
class Noted:
    """A line as somebody noted it elsewhere: its number and hash, and the signature if she noted it too."""

    line: int
    hash: bytes
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not fit. `line` is where it shows first; what was changed may be that line or one before."""

    line: int
    what: str


@dataclass(slots=True)
class AuditCheck:
    """Takes lines one by one, from the first, and ends with what is wrong. `trusted`: public keys we know to be ours."""

    trusted: Collection[bytes]
    noted: Iterable[Noted] = ()
    lines: int = 0
    newest: bytes = b""
    signed_from: int = 0
    broken: list[Broken] = field(default_factory=list)
    _key: bytes = b""
    _stopped: bool = False
    _waiting: dict[int, list[Noted]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for note in self.noted:
            self._waiting.setdefault(note.line, []).append(note)

    def run(self, lines: Iterable[Line]) -> list[Broken]:
        """Return what is wrong with the whole audit; nothing is said twice."""
        for line in lines:
            self.take(line)
        return self.end()

    def take(self, line: Line) -> None:
        """Look at the next line. After the first one that does not fit, nothing behind it can be judged."""
        if self._stopped:
            return
        if line.id != self.lines + 1 or chain(self.newest, line) != line.hash:
            self._stop(self.lines + 1, "was changed, taken out or put in")
            return
        self.lines, self.newest = line.id, line.hash
        self._judge_signature(line)
        for note in self._waiting.pop(line.id, []):
            self.broken += self._unlike(note, line)

    def end(self) -> list[Broken]:
        """Return what is wrong, after the last line."""
        if not self._stopped:
            for number in sorted(self._waiting):
                self.broken.append(
                    Broken(number, f"was noted elsewhere, and the audit ends at {self.lines}: its end was cut off")
                )
            if self.trusted and self.lines and not self._key:
                self.broken.append(Broken(1, "and those after it are not signed"))
            if self.trusted and self._key and self._key not in self.trusted:
                self.broken.append(Broken(self.lines, "and those before it are signed by a key that is not ours"))
        return self.broken

    def _judge_signature(self, line: Line) -> None:
        if line.action == KEY_LINE:
            self._begin(line)
        if not self._key:
            if line.signature:
                self._stop(line.id, "is signed, but no line before it names the key")
        elif not signed_by(self._key, line.hash, line.signature):
            self._stop(line.id, "is not signed by the key that signed the lines before it")

    def _begin(self, line: Line) -> None:
        before = self._key
        try:
            self._key = bytes.fromhex(line.detail)
        except ValueError:
            self._stop(line.id, "names no key")
            return
        self.signed_from = self.signed_from or line.id
        if before and self.trusted and before not in self.trusted:
            until = f"and those before it are signed by the key {before.hex()[:16]}…, which is not among those given"
            self.broken.append(Broken(line.id - 1, until))

    def _unlike(self, note: Noted, line: Line) -> Iterator[Broken]:
        if note.hash != line.hash:
            yield Broken(line.id, "is not the line that was noted elsewhere")
        elif note.signature is not None and not any(signed_by(k, note.hash, note.signature) for k in self.trusted):
            yield Broken(line.id, "was noted elsewhere by somebody without the key")

    def _stop(self, line: int, what: str) -> None:
        self.broken.append(Broken(line, what))
        self._stopped = True
