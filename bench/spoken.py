"""The spoken rows that accuracy is measured on, and their rules of truth."""

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples import FEED, material, without_real
from shared.catalog import Catalog
from shared.feed.load import load_snapshot
from shared.names.gazetteer import plain_name
from shared.names.resolution import Resolution


@dataclass(frozen=True, slots=True)
class Row:
    """One spoken question: what was said, what was heard, and the truth."""

    utt: str
    heard: str
    kind: str
    """district, pharmacy, road, command; none: an everyday sentence"""
    said: str
    tier: str
    """clean, hard, faint, lost"""
    county: str = ""
    district: str = ""
    county_said: bool = False
    pharmacy: str = ""
    id: str = ""
    district_said: bool = False
    intent: str = ""
    road: str = ""

    @property
    def set(self) -> str:
        """The letters that its `utt` begins with; rows of one set share voice and lines."""
        return re.split(r"[^a-z]", self.utt)[0]

    def means_district(self, county: str, district: str) -> bool:
        """Whether that district is a right answer: elsewhere too, if the county was not said."""
        return district == self.district and (not self.county_said or county == self.county)

    def means_pharmacy(self, name: str, county: str, district: str) -> bool:
        """Whether a pharmacy of that name there is a right answer."""
        here = (county, district) == (self.county, self.district)
        same = plain_name(name) == plain_name(self.pharmacy)
        return same and (here or not self.district_said)

    @property
    def named(self) -> bool:
        """A name was spoken."""
        return self.kind not in ("command", "none")

    @property
    def heard_well(self) -> bool:
        """More than a shadow of the name was heard."""
        return self.named and self.tier in ("clean", "hard")

    def hits(self, resolution: Resolution) -> list[bool]:
        """For each answer of the resolver that this kind of question asks for: is it right?"""
        if self.kind == "district":
            places = [match.district for match in resolution.districts]
            return [self.means_district(place.county.name, place.name) for place in places]
        if self.kind == "road":
            return [
                match.road == section_in_digits(self.road)
                and (not self.district_said or match.district.name == self.district)
                for match in resolution.roads
            ]
        found = [match.pharmacy for match in resolution.pharmacies]
        return [self.means_pharmacy(p.name, p.district.county.name, p.district.name) for p in found]

    def answered_by(self, resolution: Resolution) -> bool:
        """Whether the first answer is right, and of the right kind."""
        return self.kind == resolution.meant and self.hits(resolution)[:1] == [True]


def section_in_digits(road: str) -> str:
    """A road as `Address.street` writes it, however the row does: 長春路三段 is 長春路3段."""
    return _SECTION.sub(lambda found: str("零一二三四五六七八九".index(found[1])) + "段", road)


_SECTION = re.compile("([一二三四五六七八九])段$")


def rows(folder: Path | None = None) -> tuple[Row, ...]:
    """All rows of a folder of material; None for the real ones, or our own where those are not."""
    return rows_in(((folder or material()) / "spoken" / "dev.jsonl",))


def rows_in(files: Iterable[Path]) -> tuple[Row, ...]:
    """All rows of some files."""
    return tuple(
        Row(**json.loads(line))
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
    )


def rows_to_fit(arguments: Sequence[str]) -> tuple[Row, ...]:
    """The rows of `fit_files`, by their names: whatever is fitted to them is the same in whatever
    order the files are given.

    Raises `FileNotFoundError` where rows are named and the catalogue that they ask for is not
    there: against our small sample of it the weights would be others by far.
    """
    if arguments and (why := without_real()):
        raise FileNotFoundError(why)
    return tuple(sorted(rows_in(fit_files(arguments)), key=lambda row: (row.utt, row.heard)))


def provenance(spoken: Iterable[Row]) -> str:
    """A line for the head of a fitted table: how many rows of which sets, and their checksum."""
    every = sorted(f"{row.utt} {row.heard}" for row in spoken)
    sets = Counter(row.set for row in spoken)
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(sets.items()))
    checksum = hashlib.sha256("\n".join(every).encode()).hexdigest()[:16]
    return f"# From {len(every):,} spoken rows ({counts}), sha256 {checksum}."


def fit_files(arguments: Sequence[str]) -> tuple[Path, ...]:
    """The files to fit on: those that were named, else the rows of the material."""
    named = tuple(Path(argument) for argument in arguments)
    return named or (material() / "spoken" / "dev.jsonl",)


def catalog() -> Catalog:
    """The pharmacies that the rows ask for."""
    return load_snapshot(str(material() / "data" / FEED)).catalog


def folds(
    count: int, seed: int = 3, every: Sequence[Row] = ()
) -> list[tuple[list[Row], list[Row]]]:
    """All rows split `count` ways at random: (the others, the part held back) for each part."""
    mixed = list(every or rows())
    random.Random(seed).shuffle(mixed)  # noqa: S311  # no secret
    parts = [mixed[part::count] for part in range(count)]
    return [
        ([row for other in parts if other is not part for row in other], part) for part in parts
    ]
