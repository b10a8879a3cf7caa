"""What the documents point at is there."""

import re
import subprocess
from pathlib import Path

import pytest

from app import create_app
from settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = ("docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md")
DOCUMENTS = (
    *(path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md"),
    *(ROOT / "docs").rglob("*.md"),
)
"""All that is written for people."""

_PATH = re.compile(r"`((?:[a-z_]+/)+(?:[\w.-]+)?)`")
_MODULE = re.compile(r"`(?:[\w/]+/)?(\w+\.(?:py|c|js|yaml|csv|tsv))`")
_MAKE = re.compile(r"(?:`|^\$ )make ([a-z-]+)", re.MULTILINE)
_FLASK = re.compile(r"flask --app app ([a-z]+)")


def _named(page: Path, pattern: re.Pattern[str]) -> set[str]:
    return set(pattern.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_and_module_of_a_page_exists(page: Path) -> None:
    """What was renamed is renamed here too; a path of another project, or of what a command writes,
    begins with no folder of ours."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    files = tracked.stdout.split()
    rooms, names = {file.partition("/")[0] for file in files}, {Path(file).name for file in files}
    paths = {path for path in _named(page, _PATH) if path.partition("/")[0] in rooms}
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []
    assert sorted(_named(page, _MODULE) - names - _OF_OTHERS) == []


_OF_OTHERS = {"configuration.yaml", "main.js", "transport.py"}
"""Files of Home Assistant, of a map of 2020, and of the libraries of the SIP line."""


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists(page: Path) -> None:
    """What a reader types is there to be typed."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert sorted(_named(page, _MAKE) - set(targets)) == []
    commands = create_app(Settings(secret_key="key")).cli.commands
    assert sorted(_named(page, _FLASK) - set(commands)) == []


def test_the_newcomers_pages_name_paths() -> None:
    """They are how the code is found."""
    assert all(len(_named(ROOT / page, _PATH)) >= 8 for page in PAGES)


def _links(page: Path) -> set[Path]:
    """What a page's relative links lead to."""
    found = re.findall(r"\]\(([^)#:]+)[)#]", page.read_text(encoding="utf-8"))
    return {(page.parent / link).resolve() for link in found}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """Relative links, from where the page lies."""
    assert [link for link in _links(page) if not link.exists()] == []


def test_every_document_is_reached_from_the_first() -> None:
    """By links alone: none is known to those who wrote it only."""
    reached, left = set[Path](), {ROOT / "README.md", ROOT / "README.zh-TW.md"}
    while left:
        page = left.pop()
        reached.add(page)
        left |= {link for link in _links(page) if link.suffix == ".md"} - reached
    assert sorted(set(DOCUMENTS) - reached) == []
