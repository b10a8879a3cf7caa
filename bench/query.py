"""Nearest five beside a search through all, and the time to choose: one run, one table."""

import random
from collections import Counter
from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from bench.query_noted import measure
from samples import FEED, material
from shared.catalog import Location, Pharmacy, Snapshot
from shared.feed.load import load_snapshot
from shared.places.districts import District, by_key
from shared.query import find_pharmacies, nearest
from shared.query.choose import FEW
from shared.query.near import great_circle_metres

DATA = material() / "data"
FIVE = 5
ASKED = 200
"""How many pharmacies are asked from; the search through all takes some 5 ms each."""

BOUND_MS = 2.0
"""What the nearest five may take."""

CALLERS = 10_000
FAIR = 1.2
SPREAD_IN = ("新北市板橋區", "台北市大安區", "台北市信義區", "台南市新營區")
"""From 116 equally good choices in the morning of 2020-03-03 down to a dozen."""

NOW = datetime(2020, 3, 3, 11, 25, tzinfo=ZoneInfo("Asia/Taipei"))


def main() -> None:
    """Print the figures; fails where the two searches differ."""
    feed = load_snapshot(str(DATA / FEED), locations=str(DATA / "locations.csv"))
    print_nearest(feed)
    print_choosing(feed)
    print_with_notes()
    print_spread(feed)


def print_nearest(feed: Snapshot) -> None:
    """The index against great-circle distances to all."""
    located = [(one, one.location) for one in feed.catalog.pharmacies if one.location]
    asked = [point for _, point in located[:: max(1, len(located) // ASKED)]]
    nearest(feed.catalog, asked[0], FIVE)
    started = perf_counter()
    found = [nearest(feed.catalog, point, FIVE) for point in asked]
    indexed = (perf_counter() - started) / len(asked) * 1000
    started = perf_counter()
    brute = [search_all(located, point) for point in asked]
    through_all = (perf_counter() - started) / len(asked) * 1000
    same = sum(
        [round(great_circle_metres(point, one.location), 3) for one in five if one.location]
        == distances
        for point, five, distances in zip(asked, found, brute, strict=True)
    )
    print(f"nearest five of {len(located)} pharmacies, from {len(asked)} of them")
    print(f"  equal to a search through all   {same} of {len(asked)}")
    print(f"  index                           {indexed:.3f} ms (bound {BOUND_MS} ms)")
    print(f"  search through all              {through_all:.3f} ms, {through_all / indexed:.0f}×")
    assert same == len(asked)


def search_all(located: list[tuple[Pharmacy, Location]], point: Location) -> list[float]:
    """The five smallest distances in metres, to the millimetre."""
    distances = sorted(great_circle_metres(point, other) for _, other in located)
    return [round(metres, 3) for metres in distances[:FIVE]]


def print_choosing(feed: Snapshot) -> None:
    """The order of a district's pharmacies: the largest district, and the mean of all."""
    product = feed.products[0]
    largest = max(feed.catalog.by_district, key=lambda one: len(feed.catalog.by_district[one]))
    started = perf_counter()
    for seed in range(ASKED):
        find_pharmacies(feed, largest, product, NOW, seed=seed)
    slowest = (perf_counter() - started) / ASKED * 1000
    started = perf_counter()
    for seed, district in enumerate(feed.catalog.by_district):
        find_pharmacies(feed, district, product, NOW, seed=seed)
    mean = (perf_counter() - started) / len(feed.catalog.by_district) * 1000
    print(f"choosing in {largest} ({len(feed.catalog.by_district[largest])})  {slowest:.3f} ms")
    print(f"choosing in a district, mean   {mean:.3f} ms")


def print_with_notes() -> None:
    """The first choice, a minute's first and its later ones, and what is near: with and without."""
    measured = measure(DATA / FEED)
    plain = measured.pop("none")
    print(
        "with real notes in force, beside none: ms, ratio (beside an older tree: bench.query_noted)"
    )
    for day, noted in measured.items():
        told = ", ".join(
            f"{name} {noted[name]:.3f} ({noted[name] / plain[name]:.2f}×)" for name in noted
        )
        print(f"  {day[:4]}-{day[4:6]}-{day[6:]}  {told}")


def print_spread(feed: Snapshot) -> None:
    """The worst share of callers over share of stock: callers in a row, and scattered ones."""
    print(f"{CALLERS} callers to one district: worst share of callers ÷ share of stock")
    draw = random.Random(2020)  # noqa: S311  # a sample, no secret
    for key in SPREAD_IN:
        district = by_key()[key]
        in_a_row = worst_share(feed, district, list(range(CALLERS)))
        scattered = worst_share(feed, district, [draw.getrandbits(32) for _ in range(CALLERS)])
        print(f"  {key}  in a row {in_a_row:.2f}, scattered {scattered:.2f} (bound {FAIR})")


def worst_share(feed: Snapshot, district: District, seeds: list[int]) -> float:
    """Of all in stock there, the one that is told first most often for its stock."""
    product, now = feed.products[0], feed.source_time
    told = Counter(find_pharmacies(feed, district, product, now, seed=seed)[0] for seed in seeds)
    good = [one for one in feed.catalog.by_district[district] if feed.left(one, product) >= FEW]
    stock = sum(feed.left(one, product) for one in good)
    shares = (told[one] / len(seeds) * stock / feed.left(one, product) for one in good)
    return max(shares, default=0.0)


if __name__ == "__main__":
    main()
