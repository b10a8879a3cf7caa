"""A source → a snapshot, once: for commands, tests and benchmarks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from shared.catalog import Snapshot
from shared.clock import TAIPEI
from shared.errors import FeedUnreachable, FeedUnreadable
from shared.feed.demo import demo_feed, demo_points
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import describe, fetch, is_recording
from shared.feed.parse import NO_EXTRAS, Extras, Parsed, parse_feed

DEMO_SECONDS = 30.0

T = TypeVar("T")


def load_snapshot(source: str = "", *, hours: str = "", locations: str = "") -> Snapshot:
    """The snapshot of a URL or a path; "" is the demo feed. Errors as in `fetch` and `parse`."""
    if not source:
        return load_demo(datetime.now(TAIPEI)).snapshot
    content = bytes_of(source)
    extras = load_extras(hours, locations)
    with naming(source):
        return parse_feed(content, extras=extras, recorded=is_recording(source)).snapshot


def load_demo(now: datetime, before: Parsed | None = None, seconds: float = DEMO_SECONDS) -> Parsed:
    """The demo feed at the last whole multiple of `seconds` before `now` (aware).

    It takes the same way through the parser as any feed; all processes have the same one.
    """
    moment = datetime.fromtimestamp(now.timestamp() // seconds * seconds, TAIPEI)
    content, hours = demo_feed(moment)
    extras = before.extras if before else _demo_extras(hours)
    return parse_feed(content, before=before, extras=extras, demo=True)


def _demo_extras(hours: bytes) -> Extras:
    return Extras(parse_hours(hours), parse_locations(demo_points()))


def load_extras(hours: str, locations: str) -> Extras:
    """Opening hours and coordinates from URLs or paths; "" for none."""
    if not hours and not locations:
        return NO_EXTRAS
    return Extras(_read(hours, parse_hours), _read(locations, parse_locations))


def _read(source: str, parse: Callable[[bytes], dict[str, T]]) -> dict[str, T]:
    if not source:
        return {}
    with naming(source):
        return parse(bytes_of(source))


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Put the name of `source` before what is said of a file that cannot be read."""
    try:
        yield
    except FeedUnreadable as problem:
        raise FeedUnreadable(f"{describe(source)}: {problem}") from problem


def bytes_of(source: str) -> bytes:
    """What a URL or a path holds; errors as in `fetch`."""
    answer = fetch(source)
    if answer is None:
        told = "says that nothing changed, though nothing was read yet"
        raise FeedUnreachable(f"{describe(source)}: {told}")
    return answer.content
