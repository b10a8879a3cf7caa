"""The words of notes: `note_words.yaml` and the names of products, looked up at a place."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from shared.data_tables import table_of
from shared.hours.holidays import feast_names
from shared.hours.note_text import plain
from shared.today import days_from_today

_CHOICE = re.compile(r"\(([^()]*)\)")


@cache
def topic_words() -> Mapping[str, str]:
    """Word of a note → what it speaks of, as the table of the feeds declares it: 口罩 → mask."""
    topics = table_of("shared", "feed/products.yaml")["topics"]
    return {plain(word): topic for topic, words in topics.items() for word in words}


@cache
def words() -> dict[str, tuple[str, str]]:
    """Word → its kind and its value (the topic, the feast, "")."""
    found = {
        word: (kind, "")
        for kind, templates in reversed(table_of(__package__, "note_words.yaml").items())
        for template in templates
        for word in spelled_out(plain(template))  # all at once: no sign of ours is another there
    }
    found |= {plain(word): ("today", "") for word in days_from_today()}
    found |= {word: ("topic", topic) for word, topic in topic_words().items()}
    found |= {plain(word): ("feast", feast) for word, feast in feast_names().items()}
    found.pop("", None)
    return found


def spelled_out(template: str) -> Iterator[str]:
    """All words that a template stands for.

    >>> list(spelled_out("(不|未)販售(口罩|)"))
    ['不販售口罩', '不販售', '未販售口罩', '未販售']
    """
    if "(" not in template:
        yield from template.split("|")
        return
    parts = _CHOICE.split(template)
    choices = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(parts)]
    yield from ("".join(chosen) for chosen in product(*choices))


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First sign → the lengths of the words that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for word in words():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def word_at(text: str, place: int) -> tuple[str, str, int] | None:
    """Kind, value and length of the longest word that stands at `place`; None for none."""
    table = words()
    for length in _lengths().get(text[place], ()):
        found = table.get(text[place : place + length])
        if found and place + length <= len(text):
            return *found, length
    return None
