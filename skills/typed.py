"""Keys that are typed: 「106」 in LINE means what the keys 1, 0, 6 mean on a telephone."""

import re

_KEYS = re.compile(r"[0-9*#]{1,4}")


def typed_keys(words: str) -> str:
    """The keys that `words` stand for; "" where they are words.

    >>> typed_keys("106"), typed_keys("大安區")
    ('106', '')
    """
    return words if _KEYS.fullmatch(words) else ""
