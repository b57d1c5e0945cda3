"""What the model promises: it never lowers a rule, alone opens at most P3, and comes out of training byte for byte the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from bot.detect import Hearing, Model, assess, compile_hearing, told
from bot.detect.patterns import parse_pattern
from bot.detect.voices import Sound
from bot.flowfile.ear.corpus import Sentence, corpus_hash, read_corpus, variants
from bot.flowfile.ear.model_file import BadModel, from_bytes, shipped_model, to_bytes
from bot.flowfile.ear.training import trained
from bot.model.assessment import Context
from bot.model.campaign import WordFile
from tests.detect import sets
from tests.detect.conftest import LANGUAGES, read

CORPUS = Path(__file__).parent / "corpus"
ENGLISH = Context(language="en")
HINTS = {frame.id for language in LANGUAGES for frame in read(language)[0].frames if frame.hint}
OBLIQUE = "he knows which bus i take and sits behind me each time"
TINY = [
    Sentence("he keeps my pictures and laughs", "en", "sextortion", "P2", "one"),
    Sentence("i sleep behind the school since tuesday", "en", "violence_home", "P1", "two"),
    Sentence("we had rice and beans for lunch", "en", "none", "everyday", "one"),
    Sentence("our team plays on saturday", "en", "none", "smalltalk", "two"),
]


@pytest.fixture(scope="module")
def by_rules(hearing: Hearing) -> Hearing:
    return replace(hearing, model=None)


def test_what_no_rule_hears_the_model_may_hear_and_says_so(hearing: Hearing, by_rules: Hearing) -> None:
    heard = assess(hearing, OBLIQUE, ENGLISH)

    assert assess(by_rules, OBLIQUE, ENGLISH).level is None
    assert (heard.level, heard.rules) == ("P3", ("model.en",))
    assert (heard.evidence[0].start, heard.evidence[0].end) == (0, len(OBLIQUE))


def test_the_model_alone_opens_at_most_p3_and_never_lowers_what_a_rule_heard(
    hearing: Hearing, by_rules: Hearing
) -> None:
    for sentence in read_corpus(CORPUS)[::40]:
        context = Context(language=sentence.language)
        alone, both = assess(by_rules, sentence.text, context), assess(hearing, sentence.text, context)

        firm = [rule for rule in alone.rules if rule not in HINTS]
        if firm:
            assert both.level is not None and both.level <= alone.level and set(firm) <= set(both.rules)
        elif all(rule.startswith("model.") for rule in both.rules):  # no word of the lists stands beside the guess
            assert both.level in (None, "P3", "P4")


def test_a_hint_counts_unless_the_model_plainly_hears_harmless_talk(word_files: list[WordFile]) -> None:
    plea, harmless = "my father beats me every night", "the boys beat us at football again"
    sure = [replace_frames(f, hint=False) for f in word_files]
    hints = [replace_frames(f, hint=True) for f in word_files]

    heard = [
        [assess(compile_hearing(files, shipped_model()), text, ENGLISH).level is not None for text in (plea, harmless)]
        for files in (sure, hints)
    ]

    assert heard == [[True, True], [True, False]]


def test_small_talk_beside_a_hint_does_not_take_it_back(word_files: list[WordFile]) -> None:
    ear = compile_hearing([replace_frames(f, hint=True) for f in word_files], shipped_model())
    plea = "my father beats me every night"

    heard = [assess(ear, text, ENGLISH).level for text in (plea, f"{plea} we played football at school yesterday haha")]

    assert None not in heard


def test_a_doubt_makes_a_hint_of_what_it_is_about(word_files: list[WordFile]) -> None:
    said, joke = "i want to die, i cant do this any more haha", "i want to die, this maths test is so boring haha"
    certain = [replace(f, masks=(), doubts=()) for f in word_files]
    doubtful = [replace(f, doubts=("{die} … haha",)) if f.language == "en" else f for f in certain]

    heard = [
        [assess(compile_hearing(files, shipped_model()), text, ENGLISH).level for text in (said, joke)]
        for files in (certain, doubtful)
    ]

    assert heard == [["P1", "P1"], ["P1", None]]


def test_where_there_is_too_little_to_judge_a_hint_counts(word_files: list[WordFile]) -> None:
    ear = compile_hearing([replace_frames(f, hint=True) for f in word_files], shipped_model())

    assert assess(ear, "suicidal again", ENGLISH).level == "P1"


def test_what_must_be_heard_of_danger_now_stands_in_no_doubt(word_files: list[WordFile]) -> None:
    ear = compile_hearing(word_files)
    grave = [frame for file in word_files for frame in file.frames if frame.level == "P1" and not frame.hint]

    doubted = [(f.id, n) for f in grave for n, text in enumerate(f.catches) if not told(ear, text).by_rule]

    assert not doubted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubt_is_more_than_one_word_of_a_plea(language: str) -> None:
    doubts = read(language)[0].doubts

    assert [doubt for doubt in doubts if len(parse_pattern(doubt)) < 2] == []


def test_a_text_full_of_hints_is_not_asked_about_without_end(hearing: Hearing, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    sound = Model.sound

    def counted(model: Model, text: str, slots: Collection[str]) -> Sound:
        asked.append(text)
        return sound(model, text, slots)

    monkeypatch.setattr(Model, "sound", counted)
    assess(hearing, "i want to die haha my dad beats me lol " * 20, ENGLISH)

    assert 0 < len(asked) < 8


def test_no_frame_about_a_wish_to_die_is_a_hint() -> None:
    assert not [rule for rule in HINTS if "die" in rule or "wish" in rule]


def test_a_word_of_danger_beside_what_sounds_like_danger_now_is_named_with_its_place(hearing: Hearing) -> None:
    found = [assess(hearing, s.text, Context(language=s.language)) for s in read_corpus(CORPUS) if s.kind == "P1"]
    grave = [e for heard in found for e in heard.evidence if ".danger." in e.rule]

    assert grave and all(e.end > e.start for e in grave)
    assert all(heard.level == "P1" for heard in found if any(".danger." in rule for rule in heard.rules))


def test_a_rule_is_raised_where_it_plainly_sounds_like_danger_now_and_says_so(
    hearing: Hearing, by_rules: Hearing
) -> None:
    pleas = [s for s in read_corpus(CORPUS) if s.kind == "P1"]
    raised = [s for s in pleas if "model.now" in str(assess(hearing, s.text, Context(language=s.language)).rules)]

    assert raised
    for said in raised:
        before, now = (assess(ear, said.text, Context(language=said.language)) for ear in (by_rules, hearing))
        assert (now.level, before.level != "P1") == ("P1", True)
        assert set(before.rules) & set(now.rules)


def test_a_small_wish_beside_a_plea_does_not_make_it_small(hearing: Hearing, by_rules: Hearing) -> None:
    text = "my account is hacked and he says i must come to his house or he shows them"
    small, heard = (assess(ear, text, ENGLISH) for ear in (by_rules, hearing))

    assert (small.level, small.category) == ("P4", "account")
    assert (heard.level, heard.category) == ("P1", "sextortion")
    assert set(small.rules) < set(heard.rules)


def test_what_a_rule_of_p4_says_of_a_whole_message_stays_as_it_is(hearing: Hearing, by_rules: Hearing) -> None:
    for language, text in (("km", "ខ្ញុំប្រហែលមានផ្ទៃពោះ"), ("en", "my account is hacked"), ("nl", "ik ben gehackt")):
        context = Context(language=language)
        assert assess(hearing, text, context) == assess(by_rules, text, context)


def replace_frames(file: WordFile, hint: bool) -> WordFile:
    """Return a word file without masks, whose frames are all sure, or all hints."""
    return replace(file, masks=(), doubts=(), frames=tuple(replace(frame, hint=hint) for frame in file.frames))


def test_an_urgent_word_of_the_lists_beside_what_the_model_hears_is_danger_now(hearing: Hearing) -> None:
    heard = [assess(hearing, f"{OBLIQUE} {when}", ENGLISH) for when in ("", "tonight with a knife")]

    assert [h.level for h in heard] == ["P3", "P1"]
    assert heard[1].rules[1:] == ("en.raises.weapon",)


@pytest.mark.parametrize("text", ["", "ok", "hi bot", "12", "👍👍👍", "haha lol ok", "x" * 5000])
def test_bare_words_are_never_left_to_the_model(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, ENGLISH).level is None


def test_long_talk_in_which_nobody_speaks_of_herself_is_not_judged(hearing: Hearing) -> None:
    text = "the army said on monday that its soldiers hid in the village at night and bled in the dark"

    assert assess(hearing, text, ENGLISH).level is None


def test_the_same_sentences_give_the_same_bytes(word_files: list[WordFile]) -> None:
    one, two = (to_bytes(trained(word_files[:1], TINY, "tiny")[0]) for _ in range(2))

    assert one == two


def test_the_order_of_files_and_a_second_reading_change_nothing() -> None:
    assert read_corpus(CORPUS) == read_corpus(CORPUS)


def test_the_shipped_model_was_trained_on_this_corpus() -> None:
    taught = [*sets.files_of("heldout"), *sets.files_of("tuning")]

    assert shipped_model().corpus == corpus_hash(CORPUS, taught), "train it again: make ear"


def test_a_corpus_file_is_plain_sentences_below_headings(tmp_path: Path) -> None:
    (tmp_path / "en.more.txt").write_text("# stalking P3\nhe waits at our gate\n\n# none everyday\nwe had lunch\n")

    found = [(s.text, s.language, s.category, s.kind, s.everyday) for s in read_corpus(tmp_path)]

    assert ("he waits at our gate", "en", "stalking", "P3", False) in found
    assert ("we had lunch", "en", "none", "everyday", True) in found


def test_the_shipped_model_is_small_and_knows_every_language() -> None:
    assert len(to_bytes(shipped_model())) <= 6 * 1024 * 1024
    assert sorted(shipped_model().thresholds) == LANGUAGES


def test_a_model_comes_back_from_its_bytes_unchanged() -> None:
    raw = to_bytes(shipped_model())

    assert to_bytes(from_bytes(raw)) == raw


@pytest.mark.parametrize("cut", [0, 3, 8, 200, -1])
def test_a_damaged_model_is_refused(cut: int) -> None:
    with pytest.raises(BadModel):
        from_bytes(to_bytes(shipped_model())[:cut])


@pytest.mark.parametrize("limits", ["thresholds", "consents"])
def test_a_model_without_limits_is_refused(limits: str) -> None:
    model = shipped_model()

    with pytest.raises(BadModel):
        from_bytes(to_bytes(replace(model, thresholds={}) if limits == "thresholds" else replace(model, consents={})))


def test_a_girl_without_a_language_is_heard_by_the_most_careful_threshold() -> None:
    model = shipped_model()

    assert model.threshold(None) == model.threshold("xx") == max(model.thresholds.values())


def test_a_line_of_the_corpus_stands_for_sentences_spread_over_all_its_choices() -> None:
    found = variants("(he|she) wants (my photo|my number|to meet)", 4)

    assert len(found) == 4
    assert {text.split()[0] for text in found} == {"he", "she"}


def test_compiling_without_a_model_leaves_the_rules_alone(word_files: list[WordFile]) -> None:
    assert compile_hearing(word_files).model is None
