"""A source → a snapshot, once: for commands, tests and benchmarks."""

from datetime import datetime

from shared.catalog import Snapshot
from shared.errors import FeedUnreachable
from shared.feed.demo import demo_feed
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import Answer, fetch, is_recording
from shared.feed.parse import NO_EXTRAS, TAIPEI, Extras, Parsed, parse_feed

DEMO_SECONDS = 30.0


def load_snapshot(source: str = "", *, hours: str = "", locations: str = "") -> Snapshot:
    """The snapshot of a URL or a path; "" is the demo feed. Errors as in `fetch` and `parse`."""
    if not source:
        return load_demo(datetime.now(TAIPEI)).snapshot
    answer = _must(fetch(source), source)
    extras = load_extras(hours, locations)
    recorded = is_recording(source)
    return parse_feed(answer.content, extras=extras, recorded=recorded).snapshot


def load_demo(now: datetime, before: Parsed | None = None, seconds: float = DEMO_SECONDS) -> Parsed:
    """The demo feed at the last whole multiple of `seconds` before `now` (aware).

    It takes the same way through the parser as any feed; all processes have the same one.
    """
    moment = datetime.fromtimestamp(now.timestamp() // seconds * seconds, TAIPEI)
    content, hours = demo_feed(moment)
    extras = before.extras if before else Extras(parse_hours(hours), {})
    return parse_feed(content, before=before, extras=extras, demo=True)


def load_extras(hours: str, locations: str) -> Extras:
    """Opening hours and coordinates from URLs or paths; "" for none."""
    if not hours and not locations:
        return NO_EXTRAS
    return Extras(
        parse_hours(_must(fetch(hours), hours).content) if hours else {},
        parse_locations(_must(fetch(locations), locations).content) if locations else {},
    )


def _must(answer: Answer | None, source: str) -> Answer:
    if answer is None:
        raise FeedUnreachable(f"{source}: says that nothing changed, though nothing was read yet")
    return answer
