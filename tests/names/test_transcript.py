"""Text of a recogniser → the sounds that are looked at, and where each stands; postal codes."""

import pytest

from shared.names.transcript import (
    LONGEST,
    READ_AT_MOST,
    Transcript,
    by_code,
    hear,
    traditional,
    transcribe,
)
from shared.phonetics.pronunciations import fold_all, read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10點", "十點"),
        ("13號", "十三號"),
        ("19號", "十九號"),
        ("7000", "七千"),
        ("300片", "三百片"),
        ("25", "二五"),
        ("130", "一三零"),
        ("2300", "二三零零"),
        ("1", "一"),
        ("20", "二零"),
        ("113", "一一三"),
        ("C區", "西區"),
    ],
)
def test_a_number_sounds_as_it_is_said(written: str, said: str) -> None:
    """From ten to nineteen, and whole hundreds and thousands; all others digit by digit, and
    a letter by its name."""
    assert fold_all(hear(f"有{written}")) == fold_all(read(f"有{said}"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("請問板橋", "請問板橋"),
        ("請 問，板橋", "請問板橋"),
        ("有13家", "有11家"),  # both syllables, where the number begins
        ("㍿板橋", "㍿㍿㍿㍿板橋"),  # one sign, four characters
    ],
)
def test_each_sound_tells_from_which_character_it_was_read(text: str, shown: str) -> None:
    """So that a name can be shown, or masked, in the text as it was given."""
    found = transcribe(text)
    assert "".join(text[place] for place in found.at) == shown
    assert len(found.at) == len(found.sounds)


def test_a_span_of_sounds_is_one_of_characters() -> None:
    """From the first to the one after the last; of English the whole, for its order is another."""
    found = transcribe("請 問，板 橋區")
    assert found.span(2, 5) == (4, 8)
    assert found.span(0, 2) == (0, 3)
    english = transcribe("any in Linkou")
    assert english.at == ()
    assert english.span(0, 1) == (0, len("any in Linkou"))


def test_without_some_sounds_the_others_stay() -> None:
    """Each with its place in the text."""
    whole = transcribe("請問板橋的口罩")
    left = whole.without(2, 4)
    assert left == Transcript(whole.text, whole.sounds[:2] + whole.sounds[4:], (0, 1, 4, 5, 6))


@pytest.mark.parametrize("text", ["好" * 100, "linkou wugu " * 60, "シーリン、" * 60])
def test_so_much_is_looked_at_and_no_more(text: str) -> None:
    """Forty sounds, of any script."""
    assert len(hear(text)) == LONGEST == 40


def test_a_text_of_which_most_is_latin_is_english() -> None:
    """Two letters are as much as one character: 「Linkou有嗎」 is spelled."""
    assert transcribe("Linkou有嗎").at == ()
    assert transcribe("板橋有嗎KTV").at != ()
    assert transcribe("有KT").at != ()
    assert transcribe("有KTV").at == ()


def test_kana_and_characters_are_heard_in_their_order() -> None:
    """Of names in kana no tone is known, and no place in the text is told."""
    found = transcribe("新北のバンチャオ区")
    assert found.at == ()
    before, behind = hear("新北"), hear("區")
    assert found.sounds[: len(before)] == before
    assert fold_all(found.sounds[-1:]) == fold_all(behind)


def test_all_is_written_as_in_taiwan() -> None:
    """In its characters, half as wide, 台 for 臺, without the spaces of a recogniser."""
    assert traditional("臺北　万华 区１") == "台北萬華區1"
    assert len(traditional("好" * 1000)) == READ_AT_MOST


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("106", "大安區"),
        ("一零六", "大安區"),
        ("一〇六", "大安區"),
        ("１０６", "大安區"),
        ("one oh six", "大安區"),
        ("one zero six", "大安區"),
        ("10650", "大安區"),
        ("106508", "大安區"),
        ("郵遞區號是 106", "大安區"),
        ("my postal code is 106", "大安區"),
        ("請問，220。", "板橋區"),
        ("依靈溜", "大安區"),
        ("二二靈", "板橋區"),
        ("奇依靈", "永康區"),  # 奇 is also read ji
    ],
)
def test_a_postal_code_names_its_district(text: str, place: str) -> None:
    """In digits or words, by its sound, with five or six digits too."""
    assert {one.name for one in by_code(text)} == {place}


@pytest.mark.parametrize(
    "text",
    [
        *("10", "1065", "1065089", "106板橋"),
        *("依靈溜啊", "依靈好", "999", "依靈", "²²⁰x"),
    ],
)
def test_what_is_no_code_names_nothing(text: str) -> None:
    """Another number of digits, anything beside it, a code of nowhere."""
    assert by_code(text) == ()
