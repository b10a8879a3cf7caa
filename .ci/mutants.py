"""Would a test notice? Changes the code in one place after another and runs the tests of its room.

    make mutants                      # every room, by part: ends within the hour
    make mutants ROOMS=shared/query MINUTES=20 SEED=3

A sample of all mutants that cosmic-ray knows, drawn anew with another SEED; in a copy of the tree,
so that nothing of this one is touched. Each that no test noticed is told with its line. Nothing is
run in CI: it takes long, and what survives is for a person to judge.
"""

import argparse
import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkItem

ROOT = Path(__file__).parents[1]

ROOMS = {
    "shared/names": "tests/names",
    "shared/phonetics": "tests/phonetics tests/names",
    "shared/dialog": "tests/dialog",
    "shared/hours": "tests/hours",
    "shared/query": "tests/query",
    "shared/feed": "tests/feed tests/hosts/test_common.py",
    "shared/places": "tests/places",
    "nlu": "tests/nlu",
    "conversation": "tests/conversation",
}
"""Room → the tests that must notice, beside the examples in its own docstrings."""

MINUTES = 55.0
PATIENCE_SECONDS = 60.0
"""A mutant that runs so much longer than the tests of the unchanged room hangs: noticed."""

_SLIPS = (
    *("NumberReplacer", "AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ZeroIterationForLoop"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceContinueWithBreak"),
    *("ReplaceBreakWithContinue", "ReplaceUnaryOperator_Delete_Not"),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
    *(
        f"ReplaceComparisonOperator_{pair}"
        for pair in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot")
    ),
)
"""One slip each that a person might make. Left out: operators that stand in types alone (X | None),
and decorators, since without `cache` everything is as before but slow."""


_WITHOUT_EFFECT = re.compile(r"@dataclass|@(lru_)?cache|^from|^import")
"""Lines on which a slip changes memory or speed alone."""

_BARE_STAR = re.compile(r"(^|[(,])\s*\*,")
"""Of a signature: with / in its place whoever calls by name sees no difference."""


def main() -> None:
    """Print each survivor, and the share of survivors by room."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rooms", nargs="*", default=list(ROOMS))
    asked.add_argument("--minutes", type=float, default=MINUTES)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    os.environ.setdefault("REAL_DATA", str(ROOT.parent / "shared"))  # not beside the copy
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place) / "tree"
        _copy(tree)
        for number, room in enumerate(options.rooms):
            left = options.minutes * 60 / len(options.rooms)
            _examine(tree, room, left, options.seed + number)


def _copy(tree: Path) -> None:
    """What git knows of, as it stands."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603
    for name in filter(None, names.decode().split("\0")):
        if (source := ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, tree / name)


def _examine(tree: Path, room: str, seconds: float, seed: int) -> None:
    """Mutants of `room`, in a random order, for so many seconds."""
    tests = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {room} {ROOMS[room]}"
    began = time.monotonic()
    whole = subprocess.run(tests.split(), cwd=tree, capture_output=True, check=False)  # noqa: S603
    longest = time.monotonic() - began + PATIENCE_SECONDS
    if whole.returncode:
        raise SystemExit(
            f"{room}: its tests fail though nothing was changed\n{whole.stdout[-2000:]!r}"
        )
    until, tried, survived = time.monotonic() + seconds, 0, 0
    for item in _mutants(tree, room, seed):
        if time.monotonic() > until:
            break
        with contextlib.chdir(tree):
            result = mutate_and_test(item.mutations, tests, longest)
        tried += 1
        if result.test_outcome == TestOutcome.SURVIVED:
            survived += 1
            print(_told(item, result.diff or ""), flush=True)
    print(
        f"{room}: {survived} of {tried} mutants survived ({survived / max(1, tried):.0%})",
        flush=True,
    )


def _mutants(tree: Path, room: str, seed: int) -> list[WorkItem]:
    """All that are tried of `room`, shuffled."""
    config, session = tree / "mutants.toml", tree / "mutants.sqlite"
    session.unlink(missing_ok=True)
    config.write_text(
        f'[cosmic-ray]\nmodule-path = ["{room}"]\ntimeout = {PATIENCE_SECONDS}\n'
        'excluded-modules = []\ntest-command = "true"\n[cosmic-ray.distributor]\nname = "local"\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "cosmic_ray.cli", "init", config.name, session.name]
    subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    with use_db(session, mode=WorkDB.Mode.open) as work:
        found = [item for item in work.work_items if _is_slip(tree, item)]
    random.Random(seed).shuffle(found)  # noqa: S311  a sample, no secret
    return found


def _is_slip(tree: Path, item: WorkItem) -> bool:
    """Whether somebody might make it, and whether anything is otherwise then."""
    mutation = item.mutations[0]
    lines = (tree / mutation.module_path).read_text(encoding="utf-8").splitlines()
    line = lines[mutation.start_pos[0] - 1]
    slip = mutation.operator_name.removeprefix("core/")
    same = _WITHOUT_EFFECT.search(line) or (slip.endswith("Mul_Div") and _BARE_STAR.search(line))
    return slip in _SLIPS and not same


def _told(item: WorkItem, diff: str) -> str:
    """Where, and what it was changed to."""
    mutation = item.mutations[0]
    changed = [
        line[1:].strip() for line in diff.splitlines() if line[:1] == "+" and line[:3] != "+++"
    ]
    return f"  {mutation.module_path}:{mutation.start_pos[0]}: {' '.join(changed)}"


if __name__ == "__main__":
    main()
