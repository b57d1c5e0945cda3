"""The reader answers every file, however it was made, with data or numbered problems; quickly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flowfile import load
from bot.flowfile.checks import check
from bot.flowfile.codes import CODES
from bot.flowfile.document import Document
from bot.flowfile.draft import Draft, Settings
from bot.flowfile.flow_reader import read_flow
from bot.flowfile.menus import fill_menus
from bot.flowfile.reader import read
from tests.flowfile.campaigns import write
from tests.flowfile.examples import often

BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(12)
)

HOSTILE = {
    "nested brackets": (b"[" * 100_000, "E005"),
    "nested maps": (b"{a: " * 100_000, "E005"),
    "nested dashes": (b"- " * 100_000, "E005"),
    "a million entries": (b"[" + b"a," * 500_000 + b"]", "E005"),
    "aliases of aliases": (BOMB, "E005"),
    "a list that holds itself": (b"a: &a [*a]", "E012"),
    "many aliases": (b"a: &a x\nb: [" + b"*a," * 5000 + b"]", "E006"),
    "many documents": (b"---\n" * 200_000, "E016"),
    "many directives": (b"".join(b"%%TAG !a%d! x\n" % i for i in range(50_000)), "E012"),
    "a tag that runs code": (b"a: !!python/object/apply:os.system [ls]", "E007"),
    "a NUL": (b"a: \0", "E004"),
    "an escaped NUL": (b'a: "\\0"', "E004"),
    "UTF-16": ("a: b".encode("utf-16"), "E003"),
    "Latin-1": ("a: é".encode("latin-1"), "E003"),
    "two megabytes": (b"a" * 2_000_000, "E002"),
    "nothing": (b"", "E015"),
    "only a comment": (b"#" * 1_000_000, "E015"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_under_a_second(name: str) -> None:
    raw, code = HOSTILE[name]
    began = time.process_time()

    document, problems = read("flows/x.yaml", raw)

    assert time.process_time() - began < 1
    assert document is None
    assert [problem.code for problem in problems] == [code]


SLOW_TEXTS = {"many blanks before an arrow": "x" + " " * 200_000 + "-", "many dots": "a." * 200_000}


@pytest.mark.parametrize("name", SLOW_TEXTS)
def test_no_text_keeps_a_check_busy(tmp_path: Path, name: str) -> None:
    text = SLOW_TEXTS[name]
    flow = f'flow: x\ntitle: y\nsteps:\n  a:\n    ask: "{text}"\n    buttons:\n      b: "{text}"\n'
    write(tmp_path, **{"flows/x.yaml": flow})
    began = time.process_time()

    load(tmp_path)

    assert time.process_time() - began < 2


TRAPS = {
    "a colon in a text": ("a: He said: hello", "E009", 1),
    "a tab": ("a:\n\tb: c", "E010", 2),
    "braces at the beginning": ("x: y\na: {name}, hello", "E011", 2),
    "an at sign": ("a: @me", "E012", 1),
    "stars": ("a: *bold* words", "E012", 1),
    "words behind a quote": ('a: "Hi" she said', "E013", 1),
    "an open quote": ('a: "Hi she said', "E013", 1),
    "odd indentation": ("steps:\n  a:\n    say: x\n   go: y", "E017", 4),
    "an exclamation mark": ("a: !wow", "E007", 1),
    "a quote that is open to the end of the file": ('a: "Hi she said\nb: c\nd: e\n', "E013", 1),
    "a name without its colon": ("a:\n  say: x\nkite.\n  b:\n    c: d\n", "E017", 3),
    "a backslash between quotes": ('a: b\nc: "x\\photos"\n', "E008", 2),
    "words behind an upright line": ("a: | Hi she said\nb: c\n", "E017", 1),
    "blanks copied from a page": ("s:\n  a: x\n\u00a0 b: y\n  c: z\n", "E017", 3),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_trips_people_up_in_yaml_is_said_in_plain_words_at_its_line(name: str) -> None:
    text, code, line = TRAPS[name]

    _, problems = read("flows/x.yaml", text.encode())

    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    assert problems[0].hint


def test_every_scalar_stays_the_string_that_was_written() -> None:
    document, problems = read("x.yaml", b"\xef\xbb\xbfa: yes\nb: 17:00\nc: 010\nd: null\ne: 1.50\nf:\n")

    assert problems == []
    assert document is not None
    assert document.data == {"a": "yes", "b": "17:00", "c": "010", "d": "null", "e": "1.50", "f": ""}


def test_a_name_that_stands_twice_is_told_and_the_first_counts() -> None:
    document, problems = read("x.yaml", b"a: one\nb: x\na: two\n")

    assert [(problem.code, problem.line) for problem in problems] == [("E014", 3)]
    assert document is not None and document.data == {"a": "one", "b": "x"}


def test_positions_are_kept_beside_the_data() -> None:
    document, _ = read("x.yaml", b"steps:\n  a:\n    say: hello\n")

    assert document is not None
    assert document.place(("steps", "a", "say")) == (3, 5)
    assert document.value_place(("steps", "a", "say")) == (3, 10)


LINES = """
flow: f
title: T
steps:
  a:
  b:
    say: x
    say: {name} and {n}
    ask: y
    buttons:
      yes: Yes -> a
      no: No -> @f
    go: b
    go: "@f"
    decide:
      - x > 1 -> a
      - else -> b
    set: {a: 1}
remembers: {a: {number: 0..5}}
    quiz: q
    answers: {a: A, b: B}
    correct: a
    handoff: {level: P2}
    run: f
    end: done
    menu: m
starts: {menu: m}
sensitive: true
moved: {c: a}
    if: a > 1
    say: {count: a, one: One, other: "{n} more"}
    pick: {a: One, b: Two}
    save_as: a
    signals: {yes: {category: grooming, level: P2}}
    typed: {yes: yes_words}
    not_understood: {tries: 2, go: b}
    remind: {after: 1 hour, say: "{a}"}
    photo: x.png
    checkpoint: true
""".splitlines(keepends=True)
PIECES = st.sampled_from([*LINES, *"{}[]|\"'!%é\t", ": ", " #", "- ", "*a", "&a "])
EMPTY = Document("flows/campaign.yaml", {})
SOUND = (Path(__file__).parent / "pressure.yaml").read_text(encoding="utf-8").splitlines(keepends=True)


@st.composite
def worn_files(draw: st.DrawFn) -> str:
    """A sound file in which lines were lost, doubled, moved or overwritten: what most mistakes look like."""
    lines = list(SOUND)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        new = draw(PIECES | st.sampled_from(SOUND) | st.text(max_size=12))
        how = draw(st.integers(0, 3))
        if how == 0 and len(lines) > 1:
            del lines[at]
        elif how == 1:
            lines.insert(at, new)
        else:
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + new + lines[at][place + how - 2 :]
    return "".join(lines)


@often(200)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200) | worn_files())
def test_whatever_is_written_comes_back_as_numbered_problems(text: str) -> None:
    document, problems = read("flows/x.yaml", text.encode("utf-8", "surrogatepass"))
    if document is not None:
        draft, more = read_flow(document)
        flows = fill_menus({draft.flow.id: draft}) if draft else {}
        problems = [*problems, *more, *check(Draft(Settings(EMPTY), flows))]

    assert document is not None or problems
    assert all(problem.code in CODES and problem.line >= 1 for problem in problems)


@often(200)
@given(st.binary(max_size=300))
def test_any_bytes_come_back_as_numbered_problems(raw: bytes) -> None:
    document, problems = read("flows/x.yaml", raw)

    assert document is not None or problems
