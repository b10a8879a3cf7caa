"""Bytes from a URL or a file, within limits of time and size."""

import random
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests

from shared.errors import FeedUnreachable, FeedUnreadable

SIZE_LIMIT = 20_000_000
"""Bytes, unpacked. The whole feed of 2020 has 0.8 million."""

CONNECT_SECONDS = 5
READ_SECONDS = 10
"""Between two pieces of an answer."""
TOTAL_SECONDS = 25
"""For one answer; under the 30 s after which the feed is renewed."""

TRIES = 3
BACK_OFF_SECONDS = 0.5
REDIRECTS = 5

_PIECE = 65_536
_GZIP = b"\x1f\x8b"
_AGENT = "mask-line/0.1 (+https://data.gov.tw)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source gave."""

    content: bytes
    etag: str = ""
    modified: str = ""
    """Last-Modified of a URL, or size and time of a file"""


def is_recording(source: str) -> bool:
    """Whether `source` is a path without a scheme; see docs/decisions/recordings.md."""
    return urlsplit(source).scheme not in ("http", "https", "file")


def describe(source: str) -> str:
    """`source` as it may stand in a log: no password and no query, which may hold a key."""
    parts = urlsplit(source)
    if parts.scheme not in ("http", "https"):
        return source
    return f"{parts.scheme}://{parts.hostname}{parts.path}"


def fetch(
    source: str, before: Answer | None = None, *, sleep: Callable[[float], None] = time.sleep
) -> Answer | None:
    """What `source` holds now; None where it has not changed since `before`.

    FeedUnreachable where no answer comes, FeedUnreadable where it is larger than the limit.
    """
    if urlsplit(source).scheme not in ("http", "https"):
        return _read_file(source, before)
    for again in range(TRIES):
        try:
            return _get(source, before)
        except FeedUnreachable:
            if again == TRIES - 1:
                raise
            # Jitter, so that many hosts do not come back in the same moment.
            sleep(BACK_OFF_SECONDS * 2**again * random.uniform(0.5, 1.5))  # noqa: S311
    raise AssertionError  # the loop returns or raises


def _read_file(source: str, before: Answer | None) -> Answer | None:
    parts = urlsplit(source)
    path = Path(unquote(parts.path)) if parts.scheme == "file" else Path(source)
    try:
        facts = path.stat()
        mark = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"
        if before and before.modified == mark:
            return None
        if facts.st_size > SIZE_LIMIT:
            raise FeedUnreadable(f"{source}: larger than {SIZE_LIMIT:,} bytes")
        return Answer(_unpack(path.read_bytes(), source), modified=mark)
    except OSError as problem:
        raise FeedUnreachable(f"{source}: {problem.strerror}") from problem


def _get(source: str, before: Answer | None) -> Answer | None:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip"}
    if before and before.etag:
        headers["If-None-Match"] = before.etag
    if before and before.modified:
        headers["If-Modified-Since"] = before.modified
    ends = time.monotonic() + TOTAL_SECONDS
    where = describe(source)
    try:
        with requests.Session() as session:
            session.max_redirects = REDIRECTS
            timeout = (CONNECT_SECONDS, READ_SECONDS)
            with session.get(source, headers=headers, timeout=timeout, stream=True) as response:
                if response.status_code == requests.codes.not_modified:
                    return None
                if response.status_code != requests.codes.ok:
                    raise FeedUnreachable(f"{where}: HTTP status {response.status_code}")
                content = _read_body(response, ends, where)
                return Answer(
                    content,
                    response.headers.get("ETag", ""),
                    response.headers.get("Last-Modified", ""),
                )
    except requests.TooManyRedirects as problem:
        raise FeedUnreachable(f"{where}: more than {REDIRECTS} redirects") from problem
    except requests.Timeout as problem:
        raise FeedUnreachable(f"{where}: too slow") from problem
    except requests.RequestException as problem:
        cause = type(problem).__name__
        raise FeedUnreachable(f"{where}: no whole answer ({cause})") from problem


def _read_body(response: requests.Response, ends: float, where: str) -> bytes:
    """The body, unpacked piece by piece, so that a small bomb cannot fill the memory."""
    body = bytearray()
    for piece in response.iter_content(_PIECE):
        body += piece
        if len(body) > SIZE_LIMIT:
            raise FeedUnreadable(f"{where}: larger than {SIZE_LIMIT:,} bytes")
        if time.monotonic() > ends:
            raise FeedUnreachable(f"{where}: not whole after {TOTAL_SECONDS} s")
    expected = response.headers.get("Content-Length", "")
    packed = response.headers.get("Content-Encoding", "")
    if expected.isdigit() and not packed and len(body) < int(expected):
        raise FeedUnreachable(f"{where}: {len(body)} of {expected} bytes came")
    return _unpack(bytes(body), where)


def _unpack(content: bytes, where: str) -> bytes:
    """A .gz file's content; anything else as it is."""
    if not content.startswith(_GZIP):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, SIZE_LIMIT + 1)
    except zlib.error as problem:
        raise FeedUnreadable(f"{where}: the gzip file is broken") from problem
    if len(unpacked) > SIZE_LIMIT:
        raise FeedUnreadable(f"{where}: larger than {SIZE_LIMIT:,} bytes unpacked")
    return unpacked
