"""The questions of `make hear`: drawn, and what answers them rightly."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from shared import outcomes as o
from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.gazetteer import plain_name
from shared.places.districts import District

SEED = 60

VOICES = (
    *("zf_xiaobei", "zf_xiaoni", "zf_xiaoyi", "zm_yunjian"),
    *("zm_yunxi", "zm_yunxia", "zm_yunyang"),
)
"""All of kokoro-js in Mandarin, but the one that the line itself speaks with."""

NOISE_DB = (None, None, 20, 12)
"""Hiss behind the speech, dB below it; None for a quiet room."""


@dataclass(frozen=True, slots=True)
class Question:
    """One that is spoken."""

    number: int
    text: str
    want: str
    """district, pharmacy, or class names of outcomes"""
    district: District
    pharmacy: Pharmacy | None
    county_said: bool
    district_said: bool
    caller: str
    """a number of the same exchange"""
    voice: str
    speed: float
    noise_db: int | None

    @property
    def file(self) -> str:
        """The name of its recording; another text or voice has another."""
        told = f"{self.text}|{self.voice}|{self.speed}"
        return f"{self.number:02}-{hashlib.sha256(told.encode()).hexdigest()[:8]}.wav"

    def is_answered(self, outcome: o.Outcome) -> bool:
        """Whether `outcome` is what she wanted to know."""
        if self.want == "district":
            return _district_of(outcome) == self.district
        if self.want == "pharmacy":
            told = getattr(outcome, "pharmacy", None)
            return isinstance(told, Pharmacy) and self._means(told)
        return type(outcome).__name__ in self.want.split()

    def _means(self, pharmacy: Pharmacy) -> bool:
        assert self.pharmacy is not None
        same = plain_name(pharmacy.name) == plain_name(self.pharmacy.name)
        here = pharmacy.district == self.district if self.district_said else True
        county = pharmacy.district.county == self.district.county
        return same and here and (county or not self.county_said)

    def key_among(self, outcome: o.Outcome) -> str:
        """The key that chooses the right one of those offered; "" where it is not among them."""
        offered: tuple[object, ...] = getattr(outcome, "places", ()) or getattr(
            outcome, "pharmacies", ()
        )
        for number, one in enumerate(offered, start=1):
            if one == self.district or (isinstance(one, Pharmacy) and self._is_hers(one)):
                return str(number)
        return ""

    def _is_hers(self, pharmacy: Pharmacy) -> bool:
        return self.pharmacy is not None and self._means(pharmacy)


def asks_back(outcome: o.Outcome) -> bool:
    """Whether the line lets her choose."""
    return isinstance(outcome, o.AmbiguousPlace | o.AmbiguousPharmacy)


def not_heard(outcome: o.Outcome) -> bool:
    """Whether the line asks her to say it again."""
    unclear = isinstance(outcome, o.AskPlace) and outcome.why in ("unknown", "unclear")
    return unclear or isinstance(outcome, o.NotHeard | o.NotUnderstood)


def _district_of(outcome: o.Outcome) -> District | None:
    if isinstance(outcome, o.Found):
        return outcome.neighbour_of or outcome.no_centre_in or outcome.pharmacy.district
    place = getattr(outcome, "place", None)
    return place if isinstance(place, District) else None


def questions(catalog: Catalog) -> tuple[Question, ...]:
    """All of hear.yaml with names drawn from `catalog`; the same each time."""
    return tuple(_drawn(catalog))


def _drawn(catalog: Catalog) -> Iterator[Question]:
    chance = random.Random(SEED)  # noqa: S311  # no secret
    sellers = sorted(
        (one for one in catalog.pharmacies if one.kind is Kind.PHARMACY), key=lambda one: one.id
    )
    for number, row in enumerate(_rows(), start=1):
        pharmacy = chance.choice(sellers)
        district = pharmacy.district
        said = {"county": district.county.name, "district": district.name}
        yield Question(
            number,
            row["say"].format(pharmacy=pharmacy.name, **said),
            row["want"],
            district,
            pharmacy if row["want"] == "pharmacy" else None,
            "{county}" in row["say"],
            "{district}" in row["say"],
            pharmacy.phone,
            chance.choice(VOICES),
            round(chance.uniform(0.8, 1.1), 2),
            chance.choice(NOISE_DB),
        )


@cache
def _rows() -> list[dict[str, str]]:
    text = Path(__file__).with_name("hear.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, str]] = yaml.safe_load(text)
    return rows
