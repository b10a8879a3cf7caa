"""What is fitted depends on the rows and on nothing else, and tells which they were."""

import os
import random
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from bench.names_background import counted
from bench.names_fit import as_yaml, count
from bench.spoken import provenance, rows, rows_to_fit
from samples import SAMPLES

_TABLES = (
    ("shared.phonetics", "measured.yaml"),
    ("shared.names", "background.tsv"),
    ("shared.names", "calibration.yaml"),
)


def test_every_fitted_table_tells_the_same_rows() -> None:
    """How many, of which sets, and their checksum: a table from other rows is seen at once."""
    told = set()
    for package, name in _TABLES:
        text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
        told.add(next(line for line in text.splitlines() if line.startswith("# From ")))
    assert len(told) == 1
    assert "sha256" in told.pop()


def test_rows_in_another_order_make_the_same_counts() -> None:
    """Byte for byte, and so are they told of; one row less is another checksum."""
    spoken = list(rows(SAMPLES))
    mixed = random.Random(7).sample(spoken, len(spoken))  # noqa: S311  # no secret
    assert as_yaml(count(mixed), "") == as_yaml(count(spoken), "")
    assert provenance(mixed) == provenance(spoken)
    assert provenance(spoken[1:]) != provenance(spoken)


def test_a_sentence_is_garbled_alike_whatever_else_is_learned() -> None:
    """One sentence more in `intents/` changes no count but its own."""
    one, other = {"我要買口罩": 1.0}, {"今天有沒有開": 1.0}
    _, alone, _ = counted(one)
    _, both, _ = counted({**other, **one})
    assert alone
    assert all(both[gram] >= weight - 1e-9 for gram, weight in alone.items())


@pytest.mark.real
def test_files_in_another_order_are_the_same_rows(tmp_path: Path, material: Path) -> None:
    """`make fit-names` may be given them as the shell lists them."""
    lines = (material / "spoken" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for number, file in enumerate(files):
        file.write_text("\n".join(lines[number::2]), encoding="utf-8")
    first = rows_to_fit([str(file) for file in files])
    assert len(first) == 20
    assert rows_to_fit([str(file) for file in reversed(files)]) == first


def test_rows_are_not_fitted_against_the_samples(tmp_path: Path) -> None:
    """Where the catalogue that they ask for is missing, nothing is written: the weights of a sample
    of it were others by far (`alike` of names 4.0 → -1.6)."""
    run = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "bench.names_calibrate", str(tmp_path / "rows.jsonl")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "REAL_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode
    assert "REAL_DATA names the folder" in run.stderr
