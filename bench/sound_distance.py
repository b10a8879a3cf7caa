"""The nearest name by an untuned distance of sounds: the second baseline of `bench.names`.

`shared/phonetics/confusions.yaml` alone, nothing fitted: each name lies as far from an utterance as
its cheapest alignment anywhere in it costs a syllable (`shared.phonetics.align`, for all names at
once). Of names that lie equally far, that whose district, or of a district whose county, is nearer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.spoken import Row
from shared.catalog import Catalog
from shared.phonetics.confusions import Matrix, distances, gaps
from shared.phonetics.pronunciations import read
from shared.places.districts import all_districts

_AMONG = 3


@dataclass(frozen=True, slots=True)
class SpokenNames:
    """Names by their usual readings, all of one length in sounds beside another."""

    by_length: tuple[tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Matrix], ...]
    """where names of a length stand among all, and their sounds: (names, length)"""
    count: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "SpokenNames":
        """The `texts` in their order."""
        sounds = [[sound[0] for sound in read(text)] for text in texts]
        lengths = np.array([len(one) for one in sounds])
        groups = []
        for length in sorted(set(lengths.tolist()) - {0}):
            at = np.flatnonzero(lengths == length)
            groups.append((at, np.array([sounds[i] for i in at])))
        return cls(tuple(groups), len(texts))

    def distances_to(self, heard: str) -> Matrix:
        """(names,): what the cheapest alignment of each costs a syllable."""
        said = [sound[0] for sound in read(heard)]
        found = np.ones(self.count, np.float32)
        for at, names in self.by_length:
            found[at] = _cheapest(names, said) / names.shape[1]
        return found


def _cheapest(names: Matrix, said: Sequence[int]) -> Matrix:
    """(names,): the cost of the cheapest place of each in what was `said`."""
    missing, extra = gaps()
    between = distances()
    before = np.zeros((len(said) + 1, len(names)), np.float32)
    for column in names.T:
        line = np.empty_like(before)
        line[0] = before[0] + missing
        for place, sound in enumerate(said):
            here = np.minimum(before[place] + between[column, sound], before[place + 1] + missing)
            line[place + 1] = np.minimum(here, line[place] + extra)
        before = line
    cheapest: Matrix = before.min(axis=0)
    return cheapest


def shares_found(rows: Sequence[Row], names: Catalog) -> dict[str, tuple[int, float, float]]:
    """Kind → (rows, share found first, share among three) of the districts and pharmacies."""
    places = all_districts()
    counties = SpokenNames.of([place.county.name for place in places])
    districts = SpokenNames.of([_unended(place.name) for place in places])
    shops = names.pharmacies
    number = {place: i for i, place in enumerate(places)}
    lies_in = np.array([number[shop.district] for shop in shops], np.intp)
    pharmacies = SpokenNames.of([shop.name for shop in shops])
    found = {}
    for kind in ("district", "pharmacy"):
        mine = [row for row in rows if row.kind == kind and row.heard_well]
        first = among = 0
        for row in mine:
            place = districts.distances_to(row.heard)
            if kind == "district":
                order = np.lexsort((counties.distances_to(row.heard), place))
                best = [places[i] for i in order[:_AMONG]]
                hits = [row.means_district(one.county.name, one.name) for one in best]
            else:
                order = np.lexsort((place[lies_in], pharmacies.distances_to(row.heard)))
                chosen = [shops[i] for i in order[:_AMONG]]
                hits = [
                    row.means_pharmacy(one.name, one.district.county.name, one.district.name)
                    for one in chosen
                ]
            first, among = first + hits[0], among + any(hits)
        count = max(1, len(mine))
        found[kind] = len(mine), first / count, among / count
    return found


def _unended(name: str) -> str:
    """大安 of 大安區, as callers say it; 東區 whole."""
    return name[:-1] if len(name) > 2 else name
