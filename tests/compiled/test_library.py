"""The library in C: made where it is missing, never older than its sources."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared import compiled
from shared.errors import NotCompiledError

ROOT = Path(__file__).parents[2]


def test_it_is_made_once_and_then_only_read(tmp_path: Path) -> None:
    """So that a service may run from files it cannot write."""
    made = compiled.compiled(tmp_path / "built")
    assert ctypes.CDLL(str(made)).weigh
    assert [one.name for one in made.parent.iterdir()] == [made.name]  # and nothing is left beside
    before = made.stat().st_mtime_ns
    assert compiled.compiled(tmp_path / "built") == made
    assert made.stat().st_mtime_ns == before


def test_another_source_is_another_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes a line or checks an older commit out never runs what was made of another."""
    old = compiled.compiled(tmp_path / "built")
    for source in compiled.HERE.glob("*.[ch]"):
        shutil.copy(source, tmp_path)
    with (tmp_path / "alignment.c").open("a", encoding="utf-8") as source:
        source.write("int more(void) { return 7; }\n")
    monkeypatch.setattr(compiled, "HERE", tmp_path)
    new = compiled.compiled(tmp_path / "built")
    assert new != old
    assert ctypes.CDLL(str(new)).more() == 7


def test_what_the_compiler_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no half-made file stays."""
    (tmp_path / "broken.c").write_text("int f(void) { return nobody; }", encoding="utf-8")
    monkeypatch.setattr(compiled, "HERE", tmp_path)
    with pytest.raises(NotCompiledError, match="nobody"):
        compiled.compiled(tmp_path / "built")
    assert list((tmp_path / "built").iterdir()) == []


def test_without_a_compiler_it_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh machine may have none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(compiled, "find_spec", lambda _name: None)
    with pytest.raises(NotCompiledError, match="make setup"):
        compiled.compiled(tmp_path / "built")


def test_where_nothing_can_be_written_it_is_said_what_to_do(tmp_path: Path) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "built").write_text("", encoding="utf-8")
    with pytest.raises(NotCompiledError, match="make setup"):
        compiled.compiled(tmp_path / "built" / "there")


def test_the_compiler_finds_no_fault() -> None:
    """With all its warnings."""
    cc = shutil.which("cc")
    assert cc
    sources = [str(one) for one in compiled.HERE.glob("*.c")]
    told = subprocess.run(  # noqa: S603  our own words
        [cc, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *sources],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")


_HEARS = """
from pathlib import Path
import samples
from shared import compiled
compiled._FLAGS += ("-fsanitize=address,undefined", "-fno-sanitize-recover", "-g")
compiled.compiled.__defaults__ = (Path({folder!r}),)
from shared.catalog import Catalog
from shared.feed.load import load_snapshot
from shared.names import Hints, index_of, resolve
every = load_snapshot(str(samples.SAMPLES / "data" / samples.FEED)).catalog.pharmacies
for pharmacies in ((), every[:1], every):
    index = index_of(Catalog.of(pharmacies))
    for text in ("好", "一" * 40, "大安區" * 30, "Da An Road", every[0].name, "三重康希"):
        for hints in (Hints(), Hints(offered_pharmacies=pharmacies[:3])):
            resolve(text + "啊", index, hints)
from nlu.model import classifier
for locale in ("zh-TW", "en-US", "ja-JP"):
    for text in ("", "好", "大安區還有口罩嗎", "口罩 " * 90, "ﷺ" * 200, chr(0xD800)):
        classifier(locale).read(text)
print("heard")
"""


def test_nothing_is_read_or_written_beyond_what_was_laid_out(tmp_path: Path) -> None:
    """By gcc's own checks of each address: the longest and the shortest utterance, no pharmacy."""
    gcc = shutil.which("gcc")
    library = (
        gcc
        and subprocess.run(  # noqa: S603  our own words
            [gcc, "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    if not library or not Path(library).is_absolute():
        pytest.skip("gcc's libasan is not there")
    checked = {"LD_PRELOAD": library, "ASAN_OPTIONS": "detect_leaks=0", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", _HEARS.format(folder=str(tmp_path / "built"))],
        env={**os.environ, **checked},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "heard\n"), ran.stderr[-3000:]
