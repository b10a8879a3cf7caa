"""Fits how far a finding can be relied on, and whether anything was named: `calibration.yaml`.

    python -m bench.names_calibrate [--curves] [ROWS.jsonl …]

A finding counts as good where it is right and more than a shadow of the name was heard (tiers clean
and hard); in a sentence that names nothing none is. Something was named where more than a shadow of
a name was heard, whether the finding is right or not; of the fainter rows nobody can tell. The
features of each row and of each everyday sentence come from a channel and a background that were
fitted without it, so that confidence is not learned from what they know by heart. Some ten weights
for places, for names and for whether anything is named, kept small by a ridge: too few to learn
single rows.

The scores are calibrated apart: how often a finding of some confidence is right, of all spoken
rows, faint and lost too (`place_score`, `name_score`; see `shared/names/scores.py`). So are those
of what is told beside it: of places beside a name, of names beside a place (`place_beside`,
`name_beside`), over their share of the posterior. `--curves` fits these alone, to the weights that
stand.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import names_background
from bench.names_fit import count
from bench.spoken import Row, catalog, folds, provenance, rows_to_fit
from shared.catalog import Catalog
from shared.names import background
from shared.names.finding import KIND_OF, Finding
from shared.names.gazetteer import streets
from shared.names.index import NameIndex
from shared.names.resolution import Meant, Resolution
from shared.names.resolve import best_finding, resolve
from shared.names.scores import BESIDE, SCORES, curve_features
from shared.names.similarity import calibration
from shared.phonetics import channel
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import all_districts

Features = NDArray[np.float64]
Weights = dict[str, dict[str, float]]

_TARGET = Path(__file__).parent.parent / "shared" / "names" / "calibration.yaml"
_CURVES_ALONE = "--curves"
_RIDGE = 1.0
_PARTS = 3
_NAMES = {
    "place": (
        "posterior", "something", "near", "alike", "least", "length", "digits", "shop", "unlisted",
        "written", "known", "odd",
    ),
    "name": (
        "posterior", "something", "near", "alike", "least", "whole", "placed", "near_place",
        "least_place", "road", "shop_in_road", "digits", "shop", "known",
        "odd",
    ),
}  # fmt: skip
_NAMED = (*dict.fromkeys((*_NAMES["place"], *_NAMES["name"], "is_name")),)
"""what tells whether anything was named"""
_TRUSTING: Weights = {kind: {"bias": 20.0} for kind in (*_NAMES, "named")}


@dataclass(frozen=True, slots=True)
class Judged:
    """The best finding in one sentence, and whether it is good."""

    kind: str
    """place, name"""
    finding: Finding
    good: bool
    named: bool | None
    """whether anything was named; None where nobody can tell"""
    right: bool | None
    """whether it is right, however little of it was heard; None of what nobody spoke"""
    beside: tuple[tuple[str, float, bool], ...] = ()
    """of what else is told: place or name, its share of the posterior, and whether it is right"""


def judged(rows: Sequence[Row], everyday: Sequence[str], index: NameIndex) -> Iterator[Judged]:
    """The best finding of each row and everyday sentence in which there is one.

    `index`: one with `trusting` weights, so that nothing is held back.
    """
    for row in rows:
        if best := best_finding(row.heard, index):
            got = resolve(row.heard, index)
            found = _found(row, got)
            named = True if row.heard_well else None if row.named else False
            right = found if row.set != WRITTEN else None
            beside = () if right is None else tuple(told_beside(row, got))
            yield Judged(KIND_OF[best[0]], best[1], row.heard_well and found, named, right, beside)
    for sentence in everyday:
        if best := best_finding(sentence, index):
            yield Judged(KIND_OF[best[0]], best[1], good=False, named=False, right=None)


WRITTEN = "w"
"""`Row.set` of rows that nobody spoke"""


def _found(row: Row, got: Resolution) -> bool:
    """Whether the first answer is right, or one that sounds the same: which of them was meant is
    asked, however well it was heard."""
    if row.kind != got.meant:
        return False
    hits = row.hits(got)
    if row.kind != "pharmacy":
        return hits[:1] == [True]
    sounds = [fold_all(read(match.pharmacy.name)) for match in got.pharmacies]
    return any(hit and mine == sounds[0] for hit, mine in zip(hits, sounds, strict=True))


def told_beside(row: Row, got: Resolution) -> Iterator[tuple[str, float, bool]]:
    """The matches that are not of the kind that is meant: place or name, score, and whether each
    is right."""
    if got.meant in (Meant.PHARMACY, Meant.ROAD):
        for match in got.districts:
            where = match.district
            right = row.named and row.means_district(where.county.name, where.name)
            yield "place", match.score, right
    if got.meant in (Meant.DISTRICT, Meant.ROAD):
        for shop in got.pharmacies:
            name, where = shop.pharmacy.name, shop.pharmacy.district
            right = row.means_pharmacy(name, where.county.name, where.name)
            yield "name", shop.score, row.kind == "pharmacy" and right


def learned(
    names: Catalog,
    rows: Sequence[Row],
    left_out: Sequence[str] = (),
    weights: Weights | None = None,
) -> NameIndex:
    """An index through channel and background of these `rows` and the sentences not `left_out`."""
    counts = names_background.counted(names_background.sentences(rows, set(left_out)))
    return NameIndex.of(names, channel.evidence(count(rows)), weights, background.model(*counts))


def gather(names: Catalog, rows: Sequence[Row]) -> list[Judged]:
    """The findings of each set of rows (`Row.set`: one voice and its lines), learned from the other
    sets; those of the largest set, and the sentences, by parts of it.

    So the weights are learned from voices that the channel has not measured, as callers have them.
    """
    sentences = names_background.lines("everyday")
    carriers = names_background.lines("carriers")
    sets: dict[str, list[Row]] = {}
    for row in rows:
        sets.setdefault(row.set, []).append(row)
    largest = max(sets, key=lambda name: len(sets[name]))
    found: list[Judged] = []
    for name, mine in sets.items():
        if name != largest:
            rest = [row for row in rows if row.set != name]
            found += judged(mine, (), learned(names, rest, weights=_TRUSTING))
    beside = [row for row in rows if row.set != largest]
    for number, (others, part) in enumerate(folds(_PARTS, every=sets[largest])):
        held, around = sentences[number::_PARTS], carriers[number::_PARTS]
        index = learned(names, [*others, *beside], [*held, *around], _TRUSTING)
        found += judged([*part, *written(names, around, number)], held, index)
    return found


def written(names: Catalog, carriers: Sequence[str], seed: int) -> Iterator[Row]:
    """Rows as a perfect recogniser writes them: each carrier with a district, a pharmacy, a road
    and a road with its district."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    kinds = (_written_district, _written_pharmacy, _written_road)
    for number, carrier in enumerate(carriers):
        for make in kinds:
            yield make(f"{WRITTEN}{seed}-{number}", carrier, rng, names)


def _written_district(utt: str, carrier: str, rng: random.Random, _: Catalog) -> Row:
    place = rng.choice(all_districts())
    short = len(place.name) > 2 and rng.random() < 0.5
    said = carrier.replace("{}", place.name[:-1] if short else place.name)
    county = place.county.name
    return Row(utt, said, "district", said, "clean", county=county, district=place.name)


def _written_pharmacy(utt: str, carrier: str, rng: random.Random, names: Catalog) -> Row:
    shop = rng.choice(names.pharmacies)
    said, where = carrier.replace("{}", shop.name), shop.district
    return Row(
        utt, said, "pharmacy", said, "clean", county=where.county.name, district=where.name,
        pharmacy=shop.name, id=shop.id,
    )  # fmt: skip


def _written_road(utt: str, carrier: str, rng: random.Random, names: Catalog) -> Row:
    shop = rng.choice([one for one in names.pharmacies if streets(one.address)])
    where, road = shop.district, streets(shop.address)[-1]
    placed = rng.random() < 0.5
    said = carrier.replace("{}", where.name + road if placed else road)
    return Row(
        utt, said, "road", said, "clean", county=where.county.name, district=where.name,
        road=shop.address.street, district_said=placed,
    )  # fmt: skip


def fit(findings: Sequence[Judged]) -> Weights:
    """The weights of both kinds."""
    weights = {}
    for kind, names in _NAMES.items():
        mine = [x for x in findings if x.kind == kind]
        table = np.array([[x.finding.features.get(name, 0.0) for name in names] for x in mine])
        weights[kind] = _fitted(table, np.array([x.good for x in mine], float), names)
    every = [x for x in findings if x.named is not None]
    features = [{**x.finding.features, "is_name": float(x.kind == "name")} for x in every]
    table = np.array([[one.get(name, 0.0) for name in _NAMED] for one in features])
    weights["named"] = _fitted(table, np.array([x.named for x in every], float), _NAMED)
    return weights | curves(findings, weights)


def curves(findings: Sequence[Judged], weights: Weights) -> Weights:
    """How often a finding of some confidence is right: a curve for places, and one for names; and
    the same of what is told beside it."""
    found: Weights = {}
    for kind, curve in SCORES.items():
        mine = [x for x in findings if x.kind == kind and x.right is not None]
        right = np.array([x.right for x in mine], float)
        found[curve] = _curve([x.finding.confidence(kind, weights) for x in mine], right)
    for kind, curve in BESIDE.items():
        told = [(share, right) for x in findings for what, share, right in x.beside if what == kind]
        found[curve] = _curve([share for share, _ in told], np.array([r for _, r in told], float))
    return found


def _curve(chances: Sequence[float], right: Features) -> dict[str, float]:
    """How often what has some chance is right: never less often where the chance is higher, so a
    slope that would fall is 0 (as Kull, Silva Filho and Flach have it)."""
    table = np.array([curve_features(one) for one in chances])
    fitted = _fitted(table, right, ("low", "high"))
    if fitted["high"] < 0:
        fitted = _fitted(table[:, :1], right, ("low",)) | {"high": 0.0}
    elif fitted["low"] < 0:
        fitted = _fitted(table[:, 1:], right, ("high",)) | {"low": 0.0}
    if min(fitted["low"], fitted["high"]) < 0:
        raise ArithmeticError(f"the curve falls where the chance rises: {fitted}")
    return fitted


def _fitted(table: Features, good: Features, names: Sequence[str]) -> dict[str, float]:
    return dict(zip(("bias", *names), _logistic(table, good), strict=True))


def _logistic(table: Features, good: Features) -> list[float]:
    """Bias and weights of a logistic regression with a ridge on the standardised columns."""
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    columns = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    ridge = np.diag([1e-6] + [_RIDGE] * table.shape[1])
    weights = np.zeros(columns.shape[1])
    for _ in range(50):  # Newton's steps; ten are enough
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (chance - good) + ridge @ weights
        bend = (columns.T * (chance * (1 - chance))) @ columns + ridge
        weights -= np.linalg.solve(bend, slope)
    plain = weights[1:] / spread
    return [float(weights[0] - plain @ mean), *map(float, plain)]


def _as_yaml(weights: Weights, origin: str) -> str:
    lines = [
        "# Weights of the sums from which `finding.py` tells how far a finding can be relied on,",
        "# and whether anything was named; and how often one of some confidence is right.",
        "# Fitted by `python -m bench.names_calibrate` (see there); not to be edited by hand.",
        origin,
    ]
    for kind, mine in weights.items():
        cells = ", ".join(f"{name}: {weight:.2f}" for name, weight in mine.items())
        lines.append(f"{kind}: {{{cells}}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the weights fitted on all rows."""
    files = [argument for argument in sys.argv[1:] if argument != _CURVES_ALONE]
    spoken = rows_to_fit(files)
    findings = gather(catalog(), spoken)
    if len(files) == len(sys.argv[1:]):
        weights = fit(findings)
    else:
        stand = {kind: dict(calibration()[kind]) for kind in (*_NAMES, "named")}
        weights = stand | curves(findings, stand)
    _TARGET.write_text(_as_yaml(weights, provenance(spoken)), encoding="utf-8")
    print(_TARGET.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
