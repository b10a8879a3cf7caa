"""What people write wrongly in a data file is told with its line and what to write instead."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.data_files import FILES, DataFile, check_all
from checks.documents import Fault
from checks.schema_formats import ROOT
from shared.locales import DEFAULT, codes

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")
)
BY_PATH = {file.path: file for file in FILES}
EACH_PATH = {path for file in FILES for path in file.paths}
EACH = [(path, row) for path, rows in TABLE.items() for row in rows]
TOGETHER = {path: [row for row in rows if not row.get("alone")] for path, rows in TABLE.items()}


def _planted(root: Path, file: DataFile, rows: list[dict[str, Any]]) -> list[range]:
    """The file with these mistakes below `root`; on which lines each of them may be told."""
    texts = {path: (ROOT / path).read_text(encoding="utf-8-sig") for path in file.paths}
    for row in rows:
        path, text = _path(file, row), texts[_path(file, row)]
        assert row["for"] in text, f"{row['for']!r} does not stand in {path} any more"
        texts[path] = text.replace(row["for"], row["put"], 1).replace(row.get("also", "\0"), "")
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return [_lines(texts[_path(file, row)], row["put"]) for row in rows]


def _path(file: DataFile, row: dict[str, Any]) -> str:
    """In which of its files the mistake is made."""
    locale = row.get("in", DEFAULT)
    return file.path.replace("{locale}", locale).replace("*", locale)


def _lines(text: str, put: str) -> range:
    """The lines of `put`; of what was taken out the whole file, as none is left to be named."""
    if not put.strip():
        return range(1, text.count("\n") + 2)
    first = text[: text.index(put)].count("\n") + 1
    return range(first, first + put.rstrip("\n").count("\n") + 1)


def _told(faults: list[Fault], told: str, lines: range) -> bool:
    return any(told in str(fault) and fault.line in lines for fault in faults)


@pytest.mark.parametrize(("path", "row"), EACH, ids=[f"{p}: {r['put']}" for p, r in EACH])
def test_a_mistake_is_told(path: str, row: dict[str, Any], tmp_path: Path) -> None:
    """Alone in its file: which file, on which line, and what to write."""
    file = BY_PATH[path]
    (lines,) = _planted(tmp_path, file, [row])
    faults = file.check(tmp_path)
    anywhere = range(1, 10_000) if "missing" in row["told"] or row.get("alone") else lines
    assert _told(faults, row["told"], anywhere), [str(fault) for fault in faults]
    assert all(fault.file == _path(file, row) and fault.remedy for fault in faults)


@pytest.mark.parametrize("path", TOGETHER)
def test_all_mistakes_of_a_file_are_told_at_once(path: str, tmp_path: Path) -> None:
    """None hides another."""
    _planted(tmp_path, BY_PATH[path], TOGETHER[path])
    faults = BY_PATH[path].check(tmp_path)
    missed = [row for row in TOGETHER[path] if not _told(faults, row["told"], range(1, 10_000))]
    assert missed == [], [str(fault) for fault in faults]


def test_ten_mistakes_are_tried_in_every_file() -> None:
    """So that a new file brings its own."""
    assert TABLE.keys() == BY_PATH.keys()
    assert {path: len(rows) for path, rows in TABLE.items() if len(rows) < 10} == {}


def test_the_files_as_they_are_have_none() -> None:
    """What `make check` asks."""
    assert list(map(str, check_all())) == []


def test_every_data_file_is_checked() -> None:
    """A YAML or CSV file of a room that nothing checks would be the next surprise."""
    rooms = ("shared", "intents", "nlu", "ivr", "sip", "skills", "web", "commands", "conversation")
    found = {
        str(path.relative_to(ROOT))
        for room in rooms
        for kind in ("*.yaml", "*.csv", "readings.txt")
        for path in (ROOT / room).rglob(kind)
    }
    assert found - EACH_PATH - CHECKED_ELSEWHERE.keys() == set()


CHECKED_ELSEWHERE: dict[str, str] = {
    "web/api/openapi.yaml": "tests/web/api/test_contract.py, by schemathesis",
    "shared/speech/keys.yaml": "checks.sentences",
    "intents/contract.yaml": "checks.intent_sentences",
    **{f"intents/sentences/{locale}.yaml": "checks.intent_sentences" for locale in codes()},
    **{f"shared/speech/text/{locale}.yaml": "checks.sentences" for locale in codes()},
}
"""File → what would notice a mistake in it."""


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[", b"- 1\n- 2\n", b"x\n", b"a: b\n"])
@pytest.mark.parametrize("file", FILES, ids=[file.path for file in FILES])
def test_any_bytes_are_told_as_a_fault(file: DataFile, content: bytes, tmp_path: Path) -> None:
    """An empty file, other encodings, another table: a fault and no traceback."""
    for path in file.paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert file.check(tmp_path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    """By its name."""
    shutil.copytree(ROOT / "shared" / "rules", tmp_path / "shared" / "rules")
    gone = {fault.file for fault in check_all(tmp_path)}
    assert gone == EACH_PATH - {"shared/rules/rules.yaml"}
