"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md")
DOCUMENTS = (
    *(path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md"),
    *(ROOT / "docs").rglob("*.md"),
)
"""All that is written for people."""

_PATH = re.compile(r"`((?:[a-z_]+/)+(?:[\w.-]+)?)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_of_a_page_exists(page: str) -> None:
    """A module that was renamed is renamed here too: these pages are how newcomers find it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path for path in _PATH.findall(text) if not path.startswith(("data/", "spoken/"))}
    assert len(named) >= 8
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


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
