"""Mandarin in kana."""

import pytest

from shared.phonetics.kana import close_kana, in_katakana, spell_kana
from shared.phonetics.pronunciations import read
from shared.phonetics.syllables import syllables


@pytest.mark.parametrize("name", ["信義", "板橋", "漢諾威", "祥生", "久富", "中正", "米米"])
def test_what_was_written_in_kana_is_heard(name: str) -> None:
    """Each syllable is among those that its kana may be."""
    heard = [sound for _, sound in spell_kana(in_katakana(name))]
    for found, said in zip(heard, read(name), strict=True):
        assert {syllables()[one][:2] for one in found} & {syllables()[one][:2] for one in said}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パンチャオ", "バンチャオ"),
        ("カオシュン", "ガオション"),
        ("シートン", "シートゥン"),
        ("ホアリエン", "ファーリエン"),
        ("シンジュアン", "シンジュワン"),
        ("しーりん", "シリン"),
    ],
)
def test_spellings_by_ear_are_one(one: str, other: str) -> None:
    """Long vowels, voiced sounds, small kana and glides are heard in several ways."""
    assert close_kana(one) == close_kana(other)


@pytest.mark.parametrize(("one", "other"), [("シーリン", "シーメン"), ("ヨンホー", "ジョンホー")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    """士林 is no 石門."""
    assert close_kana(one) != close_kana(other)


def test_no_syllables_no_name() -> None:
    """A word that Mandarin could not sound like."""
    assert spell_kana("データ") == []
    assert spell_kana("ア" * 100) == []
