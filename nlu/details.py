"""What a question asks beside its place: a product, one thing about a pharmacy or the rules."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from pypinyin import lazy_pinyin

from intents.contract import Sentences, normal, sentences
from intents.templates import split
from shared import phonetics
from shared.dialog.values import Intent
from shared.phonetics.confusions import Matrix

# Cost a syllable up to which a word counts as heard: 「向海口罩」 for 小孩口罩 lies at 0.05,
# 「畫幾號」 for 電話幾號 at 0.19, and unrelated words from 0.3 on.
_HEARD = 0.2
# A word of two syllables (小孩, 成人) must be nearly its sound: 「大仁藥局」 is no 大人.
_HEARD_SHORT = 0.03
_SHORT = 2

# Sounds whose distances are kept, under 1 KB each; speech has some 1,200 of them.
_KEPT = 2048

_ABOUT_A_PHARMACY = (Intent.ADDRESS, Intent.PHONE, Intent.HOURS)
# What is asked of a pharmacy stands at the end: 「…藥局電話幾號」, within this many syllables.
_TAIL = 8


def product_in(heard: str, locale: str) -> str:
    """Id of the product that is named in `heard`; "" for none."""
    return _spotter(locale).product(heard)


def wanted_of_pharmacy(heard: str, locale: str) -> Intent | None:
    """ADDRESS, PHONE or HOURS where that is asked of the pharmacy in `heard`; else None."""
    return _spotter(locale).wants(heard)


def asked_of_rules(heard: str, locale: str) -> tuple[str, str]:
    """The part of the rules that is asked (`outcomes.RULE_PARTS`), "" for none; how the id ends.

    The end is odd, even, or "" where the caller did not say it.
    """
    spotter = _spotter(locale)
    part, ends = spotter.part(heard), spotter.ends(heard)
    # Whose id ends in 8 wants to know whether it is her day, with whatever card.
    return ("day" if ends and part not in ("weekdays", "proxy") else part), ends


@cache
def _spotter(locale: str) -> "_Spotter":
    data = sentences(locale)
    return _BySound(data) if locale == "zh-TW" else _Spotter(data)


def _product_words(data: Sentences) -> dict[str, str]:
    """Every name of a product → its id; the longest first, so that the fullest is found."""
    words = {normal(name): id_ for id_, names in data.products.items() for name in names}
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


def _wants_words(data: Sentences) -> dict[str, Intent]:
    """What stands around the pharmacy's name in the sentences that ask one thing of it."""
    words: dict[str, Intent] = {}
    expanded = data.expanded()
    for intent in _ABOUT_A_PHARMACY:
        for text in expanded[intent]:
            parts = split(text)
            if len(parts) > 1:
                literal = max((normal(part) for part, _ in parts), key=len)
                words.setdefault(literal, intent)
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))


def _telling_words(products: Mapping[str, str]) -> dict[str, str]:
    """Words that only one product's names have: kids, children → child_mask."""
    owners: dict[str, set[str]] = {}
    for name, id_ in products.items():
        for word in name.split():
            owners.setdefault(word, set()).add(id_)
    return {word: min(ids) for word, ids in owners.items() if len(ids) == 1}


_BEFORE_DIGIT = r"(?:號|好|數|碼|馬|是|為|in|with|is|は)\s*"
_AFTER_DIGIT = (
    r"(?:號|的|人|です|けど|が|今天|現在|我|[\s,，、])*(?:可|能|行|買|嗎|呢|can|may|今日|$)"
)
"""「尾號是八可以買嗎」: the digit stands between them; 「可以買八片嗎」 has none."""


def _digit_heard(heard: str, digits: Sequence[str]) -> int | None:
    """The digit in which an id is said to end, written in any of the usual ways."""
    said = "|".join((*digits, *"0123456789"))
    found = re.search(f"{_BEFORE_DIGIT}({said}){_AFTER_DIGIT}", heard.lower())
    if found is None:
        return None
    return int(found[1]) if found[1].isascii() and found[1].isdigit() else digits.index(found[1])


class _Spotter:
    """English and Japanese: the words themselves."""

    def __init__(self, data: Sentences) -> None:
        self._digits = data.digits
        self._ends = {word: ends for ends, words in data.id_ends.items() for word in words}
        self._parts = {word: part for part, words in data.about_rules.items() for word in words}
        self._products = _product_words(data)
        self._wants = _wants_words(data)
        self._telling = _telling_words(self._products)

    def product(self, heard: str) -> str:
        text = normal(heard)
        if named := next((id_ for word, id_ in self._products.items() if word in text), ""):
            return named
        return next((self._telling[word] for word in text.split() if word in self._telling), "")

    def wants(self, heard: str) -> Intent | None:
        text = normal(heard)
        return next((intent for word, intent in self._wants.items() if word in text), None)

    def part(self, heard: str) -> str:
        """Part of the rules; "" for none."""
        text = normal(heard)
        return next((part for word, part in self._parts.items() if word in text), "")

    def ends(self, heard: str) -> str:
        """Odd, even, or "" where neither or both are said."""
        said = self._ends_said(heard)
        if said:
            return said.pop() if len(said) == 1 else ""  # 「單號還是雙號」
        digit = _digit_heard(self._spelt(heard), self._digits)
        return "" if digit is None else "odd" if digit % 2 else "even"

    def _ends_said(self, heard: str) -> set[str]:
        text = normal(heard)
        return {  # the word itself: "seven" is not even
            ends
            for word, ends in self._ends.items()
            if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)
        }

    def _spelt(self, heard: str) -> str:
        return heard


class _BySound(_Spotter):
    """Mandarin: the words by their sound."""

    def __init__(self, data: Sentences) -> None:
        super().__init__(data)
        self._heads = {
            head: id_
            for word, id_ in self._products.items()
            if len(head := word.removesuffix("口罩").removesuffix("的")) >= _SHORT and head != word
        }
        self._full, self._short = _Words(self._products), _Words(self._heads)
        self._asked = _Words(self._wants)
        self._about = _Words(self._parts)
        self._endings = {
            ends: _Words(word for word, its in self._ends.items() if its == ends)
            for ends in data.id_ends
        }
        self._digit_sounds = {lazy_pinyin(digit)[0]: digit for digit in data.digits}

    def product(self, heard: str) -> str:
        said = phonetics.read(heard)
        full = self._full.nearest(said)
        return self._products[full] if full else self._heads.get(self._short.nearest(said), "")

    def wants(self, heard: str) -> Intent | None:
        return self._wants.get(self._asked.nearest(phonetics.read(heard)[-_TAIL:]))

    def part(self, heard: str) -> str:
        return self._parts.get(self._about.nearest(phonetics.read(heard)), "")

    def _ends_said(self, heard: str) -> set[str]:
        said = phonetics.read(heard)
        return {ends for ends, words in self._endings.items() if words.nearest(said)}

    def _spelt(self, heard: str) -> str:
        """`heard` with what sounds like a digit written as one: 「尾號是爸」 → 「尾號是八」."""
        # 是 sounds like 四, and is what stands before a digit.
        return "".join(
            self._digit_sounds.get(lazy_pinyin(char)[0], char) if char != "是" else char
            for char in heard
        )


class _Words:
    """Words that may stand anywhere in what was said."""

    def __init__(self, words: Iterable[str]) -> None:
        self._texts = tuple(words)
        self._patterns = [phonetics.read(word) for word in self._texts]
        # 口罩 tells nothing of which: 「要買口罩」 shares half of its sounds with 小孩口罩.
        telling = [len(word.removesuffix("口罩").removesuffix("的")) for word in self._texts]
        self._telling = [own or len(word) for own, word in zip(telling, self._texts, strict=True)]
        limits = [_HEARD_SHORT if len(found) <= _SHORT else _HEARD for found in self._patterns]
        self._limits = np.array(limits) * self._telling
        self._syllables = np.array([sound[0] for found in self._patterns for sound in found])
        self._first = np.cumsum([0, *map(len, self._patterns)])[:-1]
        self._kept: dict[phonetics.Pronunciation, Matrix] = {}

    def nearest(self, said: Sequence[phonetics.Pronunciation]) -> str:
        """The word that is heard best, or "" where none is."""
        if not said:
            return ""
        # Each syllable at its nearest heard one, wherever it stands: never dearer than the truth.
        reach = np.array([self._reach(sound) for sound in said])
        floors = np.add.reduceat(reach.min(axis=0), self._first)
        best, lowest = len(self._texts), 1.0
        # The likeliest first, so that most of the others need no look; of equals the first listed.
        likely = np.flatnonzero(floors <= self._limits).tolist()
        for floor, number in sorted((floors[n] / self._telling[n], n) for n in likely):
            if (floor, number) >= (lowest, best):
                continue
            telling = self._telling[number]
            cost = phonetics.align(self._patterns[number], said).cost / telling
            if cost <= self._limits[number] / telling and (cost, number) < (lowest, best):
                best, lowest = number, cost
        return self._texts[best] if best < len(self._texts) else ""

    def _reach(self, sound: phonetics.Pronunciation) -> Matrix:
        """The distances of a heard sound to all syllables of the words; the usual ones are kept."""
        row = self._kept.get(sound)
        if row is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            row = self._kept[sound] = phonetics.to_syllables(sound).take(self._syllables)
        return row
