"""What the sound pack must say, worked out from the sentences, the numbers and the places: `python
-m checks.sound_pack` prints it, a text a line, for `make sounds`."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from string import Formatter
from typing import Any

import yaml

from checks.schema_formats import ROOT
from shared.catalog import Kind, ProductName
from shared.clock import TAIPEI
from shared.feed.formats import feed_formats
from shared.feed.load import load_demo
from shared.names.chains import chains
from shared.numbers import say_number, say_ordinal
from shared.places.districts import all_counties, all_districts
from shared.speech.texts import texts
from sip.pack import FOLDER, MANIFEST
from sip.texts import LOCALE, all_own

SIP = ROOT / "sip"

MOST_BYTES = 12_000_000
"""As much as a clone may grow by for it."""

_ENDS = "，。？！；：、,.?! 「」"
_WHOLE = ("line", "product", "unit", "label", "key", "ordinal")
"""Blanks with few values: sentences are rendered with each, so that they sound whole."""

DEMO_DAY = datetime(2020, 3, 3, 11, tzinfo=TAIPEI)
"""Any: the demo feed's names are the same at all times."""


def wanted() -> tuple[str, ...]:
    """Every clip's text, the most useful first; none twice."""
    data = _data()
    groups = (
        *(_numbers(), _words(), _times(), _names(), _districts(), data["roads"]),
        *(_sentences(), data["names"], _chains(), data["characters"]),
    )
    return tuple(
        dict.fromkeys(text for group in groups for one in group if (text := one.strip(_ENDS)))
    )


def faults() -> list[str]:
    """What is wrong with the pack, a line each; [] where nothing is.

    A clip whose sentence was reworded is a fault, and so is one that is lacking of what every call
    hears (`essential`). Other clips may lack: what they say is told another way (sip/sayable.py).
    """
    folder, needed = SIP / FOLDER, set(wanted())
    clips = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["clips"]
    there = {file: folder / file for file in clips.values()}
    found = [f"no clip says 「{text}」: make sounds" for text in essential() if text not in clips]
    found += [f"「{text}」 is said no more: make sounds" for text in clips if text not in needed]
    found += [f"sip/{FOLDER}/{file} is missing" for file, at in there.items() if not at.is_file()]
    size = sum(len(at.read_bytes()) for at in there.values() if at.is_file())
    return sorted(found) + ([f"{size:,} bytes are too many"] if size > MOST_BYTES else [])


def essential() -> tuple[str, ...]:
    """What every call hears, or may: numbers, the channel's own sentences, the greetings."""
    own = [piece for line in all_own()[LOCALE].values() for piece in _clauses(line)]
    greetings = [piece for line in texts(LOCALE)["greeting_demo"] for piece in _mask_line(line)]
    texts_of = (*_numbers(), *_names(), *own, *greetings)
    return tuple(dict.fromkeys(text for one in texts_of if (text := one.strip(_ENDS))))


def _mask_line(line: str) -> Iterator[str]:
    yield from _clauses(line.format(line=texts(LOCALE)["line_adult_mask"][0]))


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load((SIP / "clips.yaml").read_text(encoding="utf-8"))
    return data


def _numbers() -> Iterator[str]:
    yield from (say_number(one) for one in range(100))
    yield "兩"
    for size in (100, 1000):
        yield from (say_number(digit * size) for digit in range(1, 10))
    yield from ("零", "萬", "千", "百")


def _words() -> Iterator[str]:
    yield from (*_data()["words"], *_data()["units"])
    yield from (one.name for one in _named())


def _named() -> list[ProductName]:
    return [product.names[LOCALE] for feed in feed_formats() for product in feed.products]


def _times() -> Iterator[str]:
    yield from _data()["times"]
    yield from (("兩" if hour == 2 else say_number(hour)) + "點" for hour in range(1, 13))
    yield from (say_number(month) + "月" for month in range(1, 13))
    yield from ("星期" + day for day in "一二三四五六天")
    yield from (say_number(section) + "段" for section in range(1, 8))
    yield from (say_ordinal(number, "家") for number in range(1, 11))


def _names() -> Iterator[str]:
    demo = load_demo(DEMO_DAY).snapshot.catalog.pharmacies
    names = "".join(pharmacy.name for pharmacy in demo if pharmacy.kind is Kind.PHARMACY)
    yield from dict.fromkeys(re.sub("健康|藥局", "", names))


def _chains() -> Iterator[str]:
    yield from (chain.name for chain in chains().values())


def _districts() -> Iterator[str]:
    for county in all_counties():
        yield from (county.name, county.name[:-1])
    yield from (district.name for district in all_districts())


def _sentences() -> Iterator[str]:
    lines = [
        line for key, group in texts(LOCALE).items() for line in group if key != "option_marks"
    ]
    for line in (*lines, *all_own()[LOCALE].values()):
        for filled in _filled(line):
            for piece in _between(filled):
                yield from _clauses(piece)


def _filled(line: str) -> Iterable[str]:
    """`line` with each value of the blanks that have few."""
    blanks = [name for _, name, _, _ in Formatter().parse(line) if name in _WHOLE]
    if not blanks:
        return (line,)
    first = blanks[0]
    made = [line.replace("{" + first + "}", value) for value in _values()[first]]
    return [done for one in made for done in _filled(one)]


@cache
def _values() -> Mapping[str, tuple[str, ...]]:
    lines = texts(LOCALE)
    named = _named()
    return {
        "line": ("口罩專線", "快篩專線"),
        "product": tuple(one.name for one in named),
        "unit": tuple(dict.fromkeys(one.unit for one in named)),
        "label": tuple(
            one
            for key, group in lines.items()
            if key.startswith("label_")
            for one in group
            if "{" not in one
        ),
        "key": ("一", "二", "三"),
        "ordinal": tuple(say_ordinal(number, "家") for number in range(2, 6)),
    }


def _between(line: str) -> Iterator[str]:
    """The stretches between the blanks that are left."""
    yield from (text for text, _, _, _ in Formatter().parse(line) if text)


def _clauses(piece: str) -> Iterator[str]:
    yield from re.findall(r"[^。？！；]+", piece)


if __name__ == "__main__":
    print("\n".join(wanted()))
