"""The time to choose with real notes in force, of this tree or of an older one beside it.

    python -m bench.query_noted                # this tree
    python -m bench.query_noted OLDER_TREE     # both in turn, in processes of their own

An older tree is a checkout of a former revision (`git worktree add ../older f66bcc1`). Each is
asked the same questions of the same feed, in turn, and of some rounds the quickest counts:
milliseconds of the processor, which other programs do not lengthen.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

# Only what an older tree has too, as this file is run beside it.
from shared.catalog import Catalog, Hours, Snapshot
from shared.feed.load import load_snapshot
from shared.query import find_nearby, find_pharmacies
from shared.query.choose import in_order

ROOT = Path(__file__).parents[1]

NOTE_DAYS = ("20200306", "20220517")
"""When most of the notes on masks, and most of those on rapid tests, were in force."""

CLOCK = time(11, 25, tzinfo=ZoneInfo("Asia/Taipei"))
ROUNDS = 5
"""Of each tree; beyond three the quickest changes by less than a hundredth."""


def main() -> None:
    """Print the times of this tree, and those of the one that is named beside them."""
    from samples import FEED, material  # here, as an older tree has none

    feed = material() / "data" / FEED
    trees = [ROOT, *(Path(name).resolve() for name in sys.argv[1:])]
    found: list[dict[str, dict[str, float]]] = [{} for _ in trees]
    for _ in range(ROUNDS):
        for tree, best in zip(trees, found, strict=True):
            _quickest(best, _measured(tree, feed))
    print(
        "first: a district's first choice in a minute; again: a later one; near: around a point; ms"
    )
    for tree, best in zip(trees, found, strict=True):
        for day, told in best.items():
            shown = ", ".join(
                f"{name} {told[name]:.3f}{_ratio(found, day, name, told)}" for name in told
            )
            print(f"  {tree.name:12} {day}  {shown}")


def _ratio(
    found: list[dict[str, dict[str, float]]], day: str, name: str, told: Mapping[str, float]
) -> str:
    ours = found[0][day][name]
    return "" if told[name] == ours else f" (this tree {ours / told[name]:.2f}×)"


def _measured(tree: Path, feed: Path) -> dict[str, dict[str, float]]:
    """Day of the notes → what is asked → milliseconds, by a process that imports `tree`."""
    command = [
        sys.executable,
        "-c",
        f"import runpy; runpy.run_path({__file__!r}, run_name='child')",
        str(feed),
    ]
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1"}
    run = subprocess.run(command, cwd=tree, env=surroundings, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return dict(json.loads(run.stdout))


def _quickest(best: dict[str, dict[str, float]], new: Mapping[str, Mapping[str, float]]) -> None:
    for day, told in new.items():
        known = best.setdefault(day, dict(told))
        known.update({name: min(told[name], known[name]) for name in told})


def measure(feed: Path) -> dict[str, dict[str, float]]:
    """Day of the notes ("none" for none) → what is asked → milliseconds."""
    moments = {day: datetime.combine(date.fromisoformat(day), CLOCK) for day in NOTE_DAYS}
    found = {"none": times_of(with_notes(feed, ""), moments[NOTE_DAYS[0]])}
    return found | {day: times_of(with_notes(feed, day), now) for day, now in moments.items()}


def with_notes(path: Path, day: str) -> Snapshot:
    """The feed, whose pharmacies are open and have the notes in force on `day`; "" for none."""
    feed = load_snapshot(str(path), locations=str(path.with_name("locations.csv")))
    lines = path.with_name("notes-2020-2023.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    notes = [
        note for first, last, many, note in rows if first <= day <= last for _ in range(int(many))
    ]
    random.Random(3).shuffle(notes)  # noqa: S311  # a sample, no secret
    notes += [""] * len(feed.catalog.pharmacies)
    topic: dict[str, Any] = (
        {"topic": "mask"} if "topic" in {one.name for one in fields(Hours)} else {}
    )
    pharmacies = tuple(
        replace(one, hours=Hours("N" * 21, note, **topic))
        for one, note in zip(feed.catalog.pharmacies, notes, strict=False)
    )
    return replace(feed, catalog=Catalog.of(pharmacies))


def times_of(feed: Snapshot, now: datetime) -> dict[str, float]:
    """The means of many: a district's first choice in a minute, a later one, what is near."""
    product, districts = feed.products[0], tuple(feed.catalog.by_district)
    for district in districts:  # the notes are read once, when the feed comes
        find_pharmacies(feed, district, product, now, seed=0)
    points = [one.location for one in feed.catalog.pharmacies if one.location][::40]

    def first(one: Any, at: datetime) -> Any:
        return next(in_order(feed, one, product, at, seed=0), None)

    found = {}
    for name, asked, choose in (
        ("first", districts, first),
        ("again", districts, first),
        ("near", points, lambda one, at: find_nearby(feed, one, product, at, seed=0)),
    ):
        at = now + timedelta(minutes=2 if name == "near" else 1)
        started = process_time()
        for one in asked:
            choose(one, at)
        found[name] = (process_time() - started) / len(asked) * 1000
    return found


if __name__ == "child":
    json.dump(measure(Path(sys.argv[1])), sys.stdout)
if __name__ == "__main__":
    main()
