"""Typed text: the script shows the language."""

import re

from shared.locales import DEFAULT, all_locales


def locale_of_letters(words: str) -> str:
    """The locale of a conversation that begins with `words`, by their script.

    >>> locale_of_letters("マスク"), locale_of_letters("masks in Banqiao"), locale_of_letters("106")
    ('ja-JP', 'en-US', 'zh-TW')
    """
    written = (
        one.code
        for one in reversed([*all_locales().values()])
        if re.fullmatch(one.letters, words, re.DOTALL)
    )
    return next(written, DEFAULT)


def other_language(words: str, locale: str) -> str:
    """The locale to switch to where a person who was answered in English writes another script; ""
    for none. 「再見」 after an English answer is a goodbye.

    >>> other_language("再見", "en-US"), other_language("thanks", "en-US")
    ('zh-TW', '')
    >>> other_language("OK", "zh-TW"), other_language("台北", "ja-JP")
    ('', '')
    """
    spoken = locale_of_letters(words)
    foreign = any("ぁ" <= char <= "ヺ" or "一" <= char <= "鿿" for char in words)
    return spoken if foreign and locale == "en-US" else ""
