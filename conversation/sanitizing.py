"""What came in by any channel, without what nobody says or presses."""

import re

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
"""Control characters, lone surrogates, and the replacement character of invalid UTF-8."""

_NO_KEYS = re.compile(r"[^0-9*#]+")

_TYPED_KEYS = re.compile(r"[0-9*#]{1,4}")

_KEYS_LIMIT = 8
"""Keys that are taken: a postal code has three, and an impatient finger presses more."""


def words_in(text: str) -> str:
    """`text` without control characters, trimmed."""
    return _UNSPEAKABLE.sub(" ", text).strip()


def keys_in(text: str) -> str:
    """The keys in `text`, the first few of them.

    >>> keys_in("1w0A6")
    '106'
    """
    return _NO_KEYS.sub("", text)[:_KEYS_LIMIT]


def typed_keys(words: str) -> str:
    """The keys that `words` stand for, where keys can only be typed; "" where they are words.

    >>> typed_keys("106"), typed_keys("大安區")
    ('106', '')
    """
    return words if _TYPED_KEYS.fullmatch(words) else ""
