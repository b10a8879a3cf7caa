"""A data file with its lines: YAML or CSV → values, and where each of them stands."""

import csv
import io
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top, as jsonschema gives them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in a data file, for whoever made it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Document:
    """What a data file holds."""

    file: str
    """as it is told: shared/places/former.yaml"""
    value: Any
    """mappings with keys made text, lists, scalars; of a CSV file a list of its rows by title"""
    lines: Mapping[Place, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    """why it cannot be read, and keys that occur twice"""

    def line(self, place: Place) -> int:
        """The line of the value at `place`, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, what: str, remedy: str) -> Fault:
        """A mistake at `place`."""
        return Fault(self.file, self.line(place), what, remedy)


def read_document(path: Path, told: str = "") -> Document:
    """The file at `path`, named `told` in faults; a file that cannot be read has a fault."""
    told = told or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return Document(told, None, faults=(Fault(told, 1, str(error.strerror), "put it there"),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(told, line, "these bytes are no UTF-8", "save the file as UTF-8")
        return Document(told, None, faults=(fault,))
    readers = {".csv": _table, ".txt": _lines}
    return readers.get(path.suffix, _yaml)(told, text)


def _table(told: str, text: str) -> Document:
    """The rows of a CSV file; a row with cells too few or too many is a fault."""
    reader = csv.reader(io.StringIO(text, newline=""))
    titles = next(reader, [])
    rows: list[dict[str, str]] = []
    lines: dict[Place, int] = {}
    faults = []
    for row in reader:
        if len(row) == len(titles):
            lines[(len(rows),)] = reader.line_num
            rows.append(dict(zip(titles, row, strict=True)))
        else:
            what = f"{len(row)} cells where the first line has {len(titles)}"
            remedy = f"give {', '.join(titles)}, with a comma between two"
            faults.append(Fault(told, reader.line_num, what, remedy))
    return Document(told, rows, lines, tuple(faults))


def _lines(told: str, text: str) -> Document:
    """Lines of a word and its values, separated by spaces, as word → values; # begins a comment."""
    found: dict[str, list[str]] = {}
    lines: dict[Place, int] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        word, *told_of_it = line.partition("#")[0].split() or [""]
        if word in found:
            faults.append(Fault(told, number, f"{word} stands here twice", "keep one of them"))
        elif word:
            found[word] = told_of_it
            lines |= {(word,): number} | {(word, place): number for place in range(len(told_of_it))}
    if not found:
        return Document(told, None, faults=(Fault(told, 1, "is empty", "put back what it held"),))
    return Document(told, found, lines, tuple(faults))


def _yaml(told: str, text: str) -> Document:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        value = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        remedy = "look at its brackets, quotes and indentation, and at the line before"
        return Document(told, None, faults=(Fault(told, line, str(error.problem), remedy),))
    except (yaml.YAMLError, ValueError) as error:
        fault = Fault(told, 1, str(error), "write it as YAML has it")
        return Document(told, None, faults=(fault,))
    if value is None:
        return Document(told, None, faults=(Fault(told, 1, "is empty", "put back what it held"),))
    lines: dict[Place, int] = {}
    twice = tuple(
        Fault(told, line, f"{key} stands here twice", "keep one of them")
        for key, line in _walk(node, (), lines)
    )
    return Document(told, _text_keys(value), lines, twice)


def _walk(
    node: yaml.Node | None, place: Place, lines: dict[Place, int]
) -> Iterator[tuple[str, int]]:
    """Fill `lines`; yield each key that a mapping has twice, with its line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*place, str(key.value))
            if here in lines:
                yield str(key.value), key.start_mark.line + 1
            lines[here] = key.start_mark.line + 1
            yield from _walk(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines[(*place, number)] = value.start_mark.line + 1
            yield from _walk(value, (*place, number), lines)


def _text_keys(value: Any) -> Any:
    """`value` with the keys of its mappings as text, as a schema wants them."""
    if isinstance(value, dict):
        return {_key(key): _text_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_text_keys(item) for item in value]
    return value


def _key(key: Hashable) -> str:
    """As it is written: `yes` and `no` without quotes are truth values in YAML."""
    return {True: "true", False: "false", None: "null"}.get(key, str(key))  # type: ignore[call-overload,no-any-return]
