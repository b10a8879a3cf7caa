"""What a schema cannot say of words and of sounds: that each stands once, and where it counts."""

import re
from collections.abc import Iterator
from typing import Any

from checks.documents import Document, Fault, read_document
from checks.schema_formats import ROOT
from shared.hours.note_words import spelled_out
from shared.locales import DEFAULT

_RARE = ("ueng", "ê")
"""Finals that were never said in the questions that were counted."""

_BLANK = re.compile(r"(?<!{){\w+}(?!})")
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}(?=\.yaml$)")


def day_words(document: Document) -> Iterator[Fault]:
    """One of the words is of the day itself."""
    if 0 not in document.value.values():
        yield document.fault((), "no word is of the day itself", "give 今天: 0")


def note_words(document: Document) -> Iterator[Fault]:
    """A word written out without choices counts: none of an earlier kind is the same."""
    first: dict[str, str] = {}
    for kind, templates in document.value.items():
        for number, template in enumerate(templates):
            for word in template.split("|") if "(" not in template else ():
                if first.get(word, kind) != kind:
                    what = f"{word} stands below {first[word]} too, which goes first"
                    yield document.fault((kind, number), what, "delete it here, or there")
        for template in templates:
            for word in spelled_out(template):
                first.setdefault(word, kind)


def note_tails(document: Document) -> Iterator[Fault]:
    """Each word stands in one group."""
    first: dict[str, str] = {}
    for group, entries in document.value.items():
        for number, entry in enumerate(entries):
            for word in entry if isinstance(entry, list) else [entry]:
                if word in first:
                    what = f"{word} stands twice, in {first[word]} too"
                    yield document.fault((group, number), what, "keep one of them")
                first.setdefault(word, group)


def readings(document: Document) -> Iterator[Fault]:
    """A reading has a syllable for each character."""
    for word, told in document.value.items():
        for place, reading in enumerate(told):
            if reading.count("-") + 1 != len(word):
                what = f"{reading} has not {len(word)} syllables, as {word} has"
                yield document.fault((word, place), what, "give one a character, with - between")


def confusions(document: Document) -> Iterator[Fault]:
    """A pair is written once, whichever stands first, and of sounds that there are."""
    for part in ("initials", "finals"):
        known = {*_measured(part), *_RARE}
        first: dict[frozenset[str], str] = {}
        for number, row in enumerate(document.value[part]):
            place = (part, number)
            for pair in row["pairs"]:
                for sound in pair.split():
                    if sound not in known:
                        what = f"{sound} is no sound of Mandarin"
                        yield document.fault(place, what, f"take one of {', '.join(sorted(known))}")
                other = first.setdefault(frozenset(pair.split()), pair)
                if other is not pair:
                    what = f"{pair} stands above as {other}"
                    yield document.fault(place, what, "keep one of them, with its cost")


def _measured(part: str) -> list[str]:
    found = read_document(ROOT / "shared/phonetics/measured.yaml").value
    return list(found.get(part, ())) if isinstance(found, dict) else []


def measured(document: Document) -> Iterator[Fault]:
    """What was heard is a sound that can be said, and each was heard as itself once."""
    remedy = "run `python -m bench.names_fit` again"
    for part, rows in document.value.items():
        for said, heard in rows.items():
            if said not in heard:
                yield document.fault((part, said), f"{said} was never heard as itself", remedy)
            for sound in heard.keys() - rows.keys():
                yield document.fault((part, said), f"{sound} has no row of its own", remedy)


def same_words(document: Document) -> Iterator[Fault]:
    """Every language has the keys of Taiwan's, with the same blanks."""
    path = _LOCALE.sub(DEFAULT, document.file)
    wanted = dict(_flat(read_document(ROOT / path).value or {}))
    words = dict(_flat(document.value))
    for key in wanted.keys() - words.keys():
        what = f"{' → '.join(key)} is missing"
        yield document.fault(key[:-1], what, f"give it: {path} has it")
    for key in words.keys() - wanted.keys():
        what = f"{' → '.join(key)} is not known here; {path} lacks it"
        yield document.fault(key, what, "delete it, or give it to all")
    for key in wanted.keys() & words.keys():
        blanks = [set(_BLANK.findall(str(text))) for text in (wanted[key], words[key])]
        for blank in blanks[0] ^ blanks[1]:
            what = f"{' → '.join(key)}: {blank} stands here or in {path} alone"
            yield document.fault(key, what, "use the same blanks in all")


def _flat(table: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every text with the keys that lead to it."""
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, dict):
            yield from _flat(value, (*above, key))
        else:
            yield (*above, key), value
