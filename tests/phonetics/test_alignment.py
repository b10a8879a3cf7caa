"""How far apart Mandarin syllables sound."""

import numpy as np
import pytest

from shared.phonetics.alignment import align, best_cost, whole_cost
from shared.phonetics.confusions import distances
from shared.phonetics.pronunciations import pronunciation_of, read
from shared.phonetics.syllables import Syllable, parse_syllable, syllables


@pytest.mark.parametrize(
    ("pinyin", "initial", "final", "tone"),
    [
        ("zhong4", "zh", "ong", 4),
        ("shi2", "sh", "ï", 2),
        ("yu2", "0", "ü", 2),
        ("xue2", "x", "üe", 2),
        ("nü3", "n", "ü", 3),
        ("yan2", "0", "ian", 2),
        ("you3", "0", "iu", 3),
        ("wei4", "0", "ui", 4),
        ("wen2", "0", "un", 2),
        ("yong3", "0", "iong", 3),
        ("er2", "0", "er", 2),
        ("a1", "0", "a", 1),
    ],
)
def test_a_syllable_is_initial_final_and_tone(
    pinyin: str, initial: str, final: str, tone: int
) -> None:
    """Hanyu Pinyin's spelling rules are undone: medials and ü are written out."""
    assert parse_syllable(pinyin) == Syllable(initial, final, tone)


@pytest.mark.parametrize("letters", ["", "5", "bx", "hm5", "qqq1"])
def test_what_is_no_syllable_has_no_parts(letters: str) -> None:
    """Interjections without a vowel and plain nonsense are refused."""
    assert parse_syllable(letters) is None


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("知資", "知低"),  # zh/z of the accent
        ("吃疵", "吃踢"),
        ("詩思", "詩西"),
        ("南蘭", "南甘"),  # n/l
        ("發花", "發他"),  # f/hu
        ("林零", "林梁"),  # in/ing
        ("分風", "分方"),  # en/eng
        ("安昂", "安歐"),  # an/ang
        ("魚姨", "魚鵝"),  # ü/i
        ("八趴", "八抓"),  # aspiration
        ("媽馬", "媽妮"),  # tone costs least
    ],
)
def test_what_the_ear_confuses_is_near(nearer: str, farther: str) -> None:
    """Each confusion of the table brings two syllables closer than an arbitrary change does."""
    first, second = (best_cost(read(pair[0]), read(pair[1])) for pair in (nearer, farther))
    assert first < second


def test_distances_are_a_measure() -> None:
    """Nothing is nearer to a syllable than itself; both directions are the same; 0 to 1."""
    matrix = distances()
    assert matrix.shape == (len(syllables()), len(syllables()))
    assert np.diagonal(matrix).max() == 0
    assert np.array_equal(matrix, matrix.T)
    assert matrix.min() >= 0
    assert matrix.max() <= 1


def test_every_reading_of_a_character_counts() -> None:
    """三重 is read chóng, 重要 zhòng: either may have been meant."""
    assert len(pronunciation_of("重")) > 1
    assert best_cost(read("三重"), read("三蟲")) < 0.1
    assert best_cost(read("重要"), read("眾要")) < 0.1


def test_a_name_is_found_wherever_it_stands() -> None:
    """Alignment tells where in a sentence the name was heard."""
    found = align(read("康希藥局"), read("三重期康熙要局還有沒有口罩"))
    assert (found.start, found.end) == (3, 7)
    assert found.cost < 0.2


def test_a_missing_and_an_extra_syllable_cost_less_than_another_name() -> None:
    """A recogniser swallows and inserts syllables."""
    name = read("康希藥局")
    other = best_cost(name, read("博惠診所"))
    assert 0 < best_cost(name, read("康希局")) < other
    assert 0 < best_cost(name, read("康的希藥局")) < other


def test_the_whole_sentence_can_be_asked_for() -> None:
    """For commands, words that belong to nothing count against."""
    command, heard = read("電話幾號"), read("大安區的電話幾號")
    assert best_cost(command, heard) == 0
    assert whole_cost(command, heard) > 0.2


@pytest.mark.parametrize("text", ["", "。，！", "🙂🙂", "\x00", "ABC"])
def test_what_cannot_be_read_aloud_has_no_sounds(text: str) -> None:
    """Punctuation, emoji and control characters are passed over; nothing costs 1."""
    assert read(text) == ()
    assert best_cost(read("大安"), read(text)) == 1


def test_digits_are_read_and_long_texts_cut() -> None:
    """Half and full width; sixty sounds are more than any question has."""
    assert read("106") == read("一零六") == read("１０６")
    assert len(read("安" * 10_000)) == 60
