"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md")
_PATH = re.compile(r"`((?:[a-z_]+/)+(?:[\w.-]+)?)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_of_a_page_exists(page: str) -> None:
    """A module that was renamed is renamed here too: these pages are how newcomers find it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path for path in _PATH.findall(text) if not path.startswith(("data/", "spoken/"))}
    assert len(named) >= 8
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    """Relative links, from where the page lies."""
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []
