"""Bytes from a URL or a file, within limits of time and size."""

import gzip
import io
import random
import re
import stat
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests
import urllib3
from urllib3.connection import port_by_scheme

from shared.errors import FeedError, FeedUnreachable, FeedUnreadable
from shared.feed.deadline import Deadline

REDIRECTS = 5
BACK_OFF_SECONDS = 0.5

_GZIP = b"\x1f\x8b"
_AGENT = "mask-line/0.1"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost."""

    connect_seconds: float = 5
    read_seconds: float = 10
    """between two pieces of an answer"""
    total_seconds: float = 25
    """for all tries together; under the 30 s after which the feed is renewed"""
    size: int = 20_000_000
    """bytes, unpacked; the whole feed of 2020 has 0.8 million"""
    tries: int = 3


FETCH_LIMITS = FetchLimits()


@dataclass(frozen=True, slots=True)
class FetchedContent:
    """What a source gave."""

    content: bytes
    etag: str = ""
    modified: str = ""
    """Last-Modified of a URL; size, time and inode of a file"""


class _Passing(FeedUnreachable):
    """A fault that may be gone a moment later: worth another try."""


def is_recording(source: str) -> bool:
    """Whether `source` is a path without a scheme; see docs/decisions/recordings.md."""
    return bool(source) and "://" not in source


def describe(source: str) -> str:
    """`source` as it may stand in a log: no password and no query, which may hold a key."""
    if not _on_the_web(source):
        return source
    scheme, _, rest = source.partition("://")
    host, slash, path = re.split(r"[?#]", rest)[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _on_the_web(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def fetch(
    source: str,
    before: FetchedContent | None = None,
    limits: FetchLimits = FETCH_LIMITS,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchedContent | None:
    """What `source` holds now; None where it has not changed since `before`.

    FeedUnreachable where no answer comes, FeedUnreadable where it is larger than the limit or
    packed in a way that cannot be undone.
    """
    if not _on_the_web(source):
        return _read_file(source, before, limits)
    ends = time.monotonic() + limits.total_seconds
    for again in range(limits.tries):
        try:
            return _get(source, before, limits, ends)
        except _Passing as problem:
            # Jitter, so that many hosts do not come back in the same moment.
            pause = BACK_OFF_SECONDS * 2**again * random.uniform(0.5, 1.5)  # noqa: S311
            if again == limits.tries - 1 or time.monotonic() + pause >= ends:
                raise FeedUnreachable(str(problem)) from problem
            sleep(pause)
    raise FeedUnreachable(f"{describe(source)}: was not asked")


def _read_file(
    source: str, before: FetchedContent | None, limits: FetchLimits
) -> FetchedContent | None:
    try:
        path = Path(source if is_recording(source) else _path_of(source))
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):  # reading a pipe could wait for ever
            raise FeedUnreachable(f"{source}: is no file")
        mark = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"
        if before and before.modified == mark:
            return None
        if facts.st_size > limits.size:
            raise FeedUnreadable(f"{source}: larger than {limits.size:,} bytes")
        return FetchedContent(_unpack(path.read_bytes(), source, limits), modified=mark)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        cause = getattr(problem, "strerror", None) or str(problem)
        raise FeedUnreachable(f"{source}: {cause}") from problem


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise FeedUnreachable(f"{url}: give a path, file://, http:// or https://")
    return unquote(parts.path)


def _get(
    source: str, before: FetchedContent | None, limits: FetchLimits, ends: float
) -> FetchedContent | None:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip"}
    if before and before.etag:
        headers["If-None-Match"] = before.etag
    if before and before.modified:
        headers["If-Modified-Since"] = before.modified
    where = describe(source)
    home = _server_of(source)

    def reached(host: str, port: int, address: str) -> None:
        if (host.strip("[]").lower(), port) != home:
            _refuse_inside(address, where)

    deadline = Deadline(ends - time.monotonic(), reached)
    too_slow = f"{where}: not whole after {limits.total_seconds:g} s"
    try:
        with deadline, requests.Session() as session:
            session.max_redirects = REDIRECTS
            for scheme in ("http://", "https://"):
                session.mount(scheme, deadline.adapter())
            timeout = (limits.connect_seconds, limits.read_seconds)
            with session.get(source, headers=headers, timeout=timeout, stream=True) as response:
                answer = _take(response, where, limits, deadline)
        if deadline.passed:  # a body without a stated length ends where it was cut
            raise FeedUnreachable(too_slow)
        return answer
    except FeedError as problem:
        if deadline.passed:
            raise FeedUnreachable(too_slow) from problem
        raise
    except requests.TooManyRedirects as problem:
        raise FeedUnreachable(f"{where}: more than {REDIRECTS} redirects") from problem
    except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL) as problem:
        raise FeedUnreachable(f"{where}: leads to no web address") from problem
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as problem:
        if deadline.passed:
            raise FeedUnreachable(too_slow) from problem
        raise _Passing(f"{where}: {_cause(problem)}") from problem


def _server_of(url: str) -> tuple[str, int]:
    """Host and port; FeedUnreachable where it names none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").strip("[]"), parts.port or port_by_scheme[
            parts.scheme.lower()
        ]
    except ValueError as problem:  # a bracket left open, a port that is none
        raise FeedUnreachable(f"{describe(url)}: leads to no web address") from problem


def _refuse_inside(address: str, where: str) -> None:
    """FeedUnreachable for what only this network reaches: a source must not send us there.

    By the address that was reached and not by a name, which may lead elsewhere the next time. The
    source that is set is the operator's own choice, wherever it stands.
    """
    if not ip_address(address.partition("%")[0]).is_global:
        raise FeedUnreachable(f"{where}: redirects to an address within this network")


def _cause(problem: Exception) -> str:
    """A library's exception in words, without the address, which may hold a key."""
    for kind, words in (
        (requests.ConnectTimeout, "does not answer"),
        (requests.exceptions.SSLError, "its certificate cannot be trusted"),
        ((requests.Timeout, urllib3.exceptions.ReadTimeoutError), "too slow"),
        (requests.ConnectionError, "refused or cut the connection"),
        ((urllib3.exceptions.HTTPError, OSError), "cut off in the middle"),
    ):
        if isinstance(problem, kind):
            return words
    return type(problem).__name__


def _take(
    response: requests.Response, where: str, limits: FetchLimits, deadline: Deadline
) -> FetchedContent | None:
    status = response.status_code
    if status == requests.codes.not_modified:
        return None
    if status != requests.codes.ok:
        passing = status >= 500 or status in (408, 429)  # server faults, slow, too many
        raise (_Passing if passing else FeedUnreachable)(f"{where}: HTTP status {status}")
    body = bytearray()
    # Piece by piece as they come and still packed, so that neither a slow nor a packed answer
    # can grow beyond the limits before it is looked at.
    while (
        piece := response.raw.read1(io.DEFAULT_BUFFER_SIZE, decode_content=False)
    ) and not deadline.passed:
        body += piece  # fewer bytes than its Content-Length says raise IncompleteRead
        if len(body) > limits.size:
            raise FeedUnreadable(f"{where}: larger than {limits.size:,} bytes")
    packed = response.headers.get("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise FeedUnreadable(f"{where}: packed as {packed[:20]!r}, which was not asked for")
    content = _unpack(bytes(body), where, limits)
    return FetchedContent(
        content, response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    )


def _unpack(content: bytes, where: str, limits: FetchLimits) -> bytes:
    """What a gzip holds, whether the sender says that it is one or not; all else as it is."""
    if not content.startswith(_GZIP):
        return content
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(content)).read(limits.size + 1)
    except EOFError as problem:
        raise FeedUnreadable(f"{where}: the gzip is cut off") from problem
    except (gzip.BadGzipFile, zlib.error) as problem:
        raise FeedUnreadable(f"{where}: the gzip is broken") from problem
    if len(unpacked) > limits.size:
        raise FeedUnreadable(f"{where}: larger than {limits.size:,} bytes unpacked")
    return unpacked
