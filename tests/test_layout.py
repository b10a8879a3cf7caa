"""No folder of code is forgotten by the tools that hold it to its promises."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
ROOMS = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
SIBLINGS = {
    "admission",
    "render",
    "restock",
    "service",
    "settings",
    "texts",
    "turns",
    "values",
    "webhook",
}
"""Modules of which several rooms have one of their own (docs/glossary.md)."""


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


def test_a_module_can_be_found_by_its_name() -> None:
    """No two bear one name, save the siblings; and each of these has a sibling still."""
    assert _twice((path.stem, path) for path in _modules()) == SIBLINGS


def test_a_class_means_one_thing() -> None:
    """No two of the product bear one name, wherever they are."""
    classes = (
        (node.name, path)
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert _twice(classes) == set()


def _modules() -> Iterator[Path]:
    """Of the product and of what tries it; benchmarks are read by themselves."""
    folders = [ROOT / room for room in ROOMS - {"bench"}]
    yield from ROOT.glob("*.py")
    yield from (ROOT / "custom_components").rglob("*.py")
    for folder in folders:
        yield from (path for path in folder.rglob("*.py") if not path.stem.startswith("__"))


def _twice(named: Iterable[tuple[str, Path]]) -> set[str]:
    places = defaultdict(list)
    for name, path in named:
        places[name].append(path)
    return {name for name, paths in places.items() if len(paths) > 1}


def test_the_forge_runs_what_we_run() -> None:
    """Its workflow calls .ci/run on every Python from the oldest that is promised on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["run"]
    pythons = job["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={pythons[0]}"
    assert pythons == [f"3.{minor}" for minor in range(11, 11 + len(pythons))]
    assert {".ci/run", ".ci/run --without-real"} <= {step.get("run") for step in job["steps"]}


def test_each_commit_is_looked_at_with_the_tools_of_make_check() -> None:
    """Whatever `make check` runs, a hook runs too: no surprise in CI."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = " ".join(hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"])
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    parts = makefile.split("\ncheck:")[1].split("\n", 1)[0].split()
    recipe = "\n".join(makefile.split(f"\n{part}:")[1].split("\n\n")[0] for part in parts)
    tools = re.findall(r"\$\(RUN\) (.+)|-c (.+)", recipe)
    assert len(tools) >= 5
    for module, code in tools:
        called = module.removesuffix(" .") if module else code
        assert called.replace("ruff format --check", "ruff format") in entries
