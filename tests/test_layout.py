"""No folder of code is forgotten by the tools that hold it to its promises."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
ROOMS = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}


def test_examples_of_every_folder_run() -> None:
    """pytest collects the docstrings of each: an example that is wrong is a failure."""
    options = TOOLS["pytest"]["ini_options"]
    assert "--doctest-modules" in options["addopts"]
    assert ROOMS - set(options["testpaths"]) == set()


def test_every_folder_is_typed() -> None:
    """mypy looks at each."""
    assert ROOMS - set(TOOLS["mypy"]["files"]) == set()


def test_modules_say_what_they_are() -> None:
    """The first line of each: what a newcomer reads in the list of a folder."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    silent = [
        str(path.relative_to(ROOT))
        for path in files
        if (text := path.read_text(encoding="utf-8")).strip()
        and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []
