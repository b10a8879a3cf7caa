"""The bytes of a table → its lines as cells, whatever has happened to them on the way."""

import csv
import io
import re
from collections.abc import Iterator

from shared.errors import FeedUnreadable

BROKEN = "\ufffd"
"""Stands in the text for bytes that are not of the file's encoding."""

LONGEST_LINE = 2_000
"""Characters. The longest of 6,588 real lines has 120; a note may add some hundred."""

_TALLEST_ROW = 20
"""Lines that a quoted cell may run over. A quote that is never closed must not swallow the file."""

_LINE_END = re.compile(r"\r\n|\n|\r")


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, or Big5, as its first line is.

    Later bytes that are not of that encoding become BROKEN, so that one of them does not cost the
    whole file. FeedUnreadable for a web page and for what is neither.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise FeedUnreadable("the file is a web page (HTML), not a table")
    first, _, _ = content.partition(b"\n")
    for encoding in ("utf-8-sig", "cp950"):
        try:
            first.decode(encoding)
        except UnicodeDecodeError:
            continue
        return content.decode(encoding, errors="replace").replace("\x00", "")
    raise FeedUnreadable("the file is neither UTF-8 nor Big5 text")


def read_table(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The titles, and every further line that is not blank with its number (titles are 1).

    FeedUnreadable where there is not even a title.
    """
    lines = _LINE_END.split(text)
    titles = [title.strip() for title in _cells(lines[0])]
    if not any(titles):
        raise FeedUnreadable("the file is empty")
    return titles, _rows(lines, len(titles))


def _rows(lines: list[str], width: int) -> Iterator[tuple[int, list[str]]]:
    at = 1
    while at < len(lines):
        cells, taken = _row(lines, at, width)
        if lines[at].strip(", \t"):
            yield at + 1, cells
        at += taken


def _row(lines: list[str], at: int, width: int) -> tuple[list[str], int]:
    """The cells of a row, and over how many lines it runs; one where a quote is not closed."""
    if lines[at].count('"') % 2:
        rest = lines[at + 1 : at + _TALLEST_ROW]
        more = next((n for n, line in enumerate(rest, 1) if line.count('"') % 2), 0)
        cells = _cells("\n".join([lines[at], *rest[:more]]))
        if len(cells) == width:
            return cells, 1 + more
    return _cells(lines[at]), 1


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline="")), [])
    except csv.Error:  # longer than any cell may be
        return [line]
