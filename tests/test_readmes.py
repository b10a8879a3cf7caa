"""The two READMEs tell the same things."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _rows(name: str) -> list[str]:
    """What stands in code in the first cell of each row of its tables, row by row."""
    text = (ROOT / name).read_text(encoding="utf-8")
    firsts = re.findall(r"^\| ((?:[^|\\]|\\.)*) \|", text, re.MULTILINE)
    return ["".join(re.findall(r"`[^`]+`", first)) for first in firsts]


def test_both_have_the_same_folders_routes_commands_and_settings() -> None:
    """Row by row, so that no setting stands in one of them only."""
    assert _rows("README.zh-TW.md") == _rows("README.md")
    assert len(_rows("README.md")) > 50
