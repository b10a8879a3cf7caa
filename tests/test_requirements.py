"""What the project stands on: pinned, hashed, and audited where advisory data can be had."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def _pins(name: str) -> set[tuple[str, str]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {(re.sub(r"[-_.]+", "-", pin[1]).lower(), pin[2]) for pin in _PIN.finditer(text)}


@pytest.mark.parametrize("name", ["requirements", "requirements-cc", "requirements-dev"])
def test_every_pin_stands_in_the_lock(name: str) -> None:
    """A pin that was changed without `make lock` is told here."""
    assert _pins(f"{name}.in") - _pins(f"{name}.txt") == set(), "run make lock"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_its_hashes(name: str) -> None:
    """And no address of where it was found."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert len(entries) > 30
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_two_locks_agree() -> None:
    """They are installed one after the other into one environment."""
    both = {}
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in _pins(name):
            both.setdefault(package, {}).setdefault(name, set()).add(version)
    apart = {
        package: found
        for package, found in both.items()
        if len(found) == 2 and len({frozenset(versions) for versions in found.values()}) > 1
    }
    assert apart == {}


FAULT = {"id": "PYSEC-2020-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}


@pytest.mark.parametrize(
    ("report", "exit_code", "words"),
    [
        ("", 0, "out of reach"),
        ("no JSON", 0, "out of reach"),
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, 0, "out of reach"),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": []}]},
            0,
            "1 of 1 packages looked at, 0 faulty",
        ),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": [FAULT]}]},
            1,
            "a 1: PYSEC-2020-1; mended in 2.0",
        ),
    ],
)
def test_the_audit_says_what_it_saw(report: object, exit_code: int, words: str) -> None:
    """Only an advisory fails the run; data that cannot be had are said, and never called well."""
    text = report if isinstance(report, str) else json.dumps(report)
    ran = subprocess.run(  # noqa: S603  our own words
        [sys.executable, ROOT / ".ci" / "audit.py"], input=text, capture_output=True, text=True
    )
    assert (ran.returncode, words in ran.stdout) == (exit_code, True), ran.stdout
