"""Where a running service takes its feed from, and how often."""

from dataclasses import dataclass, field
from pathlib import Path

from shared.feed.fetch import FETCH_LIMITS, FetchLimits, is_recording
from shared.feed.redis_cache import LEASE_SECONDS

STARVED_SECONDS = 600.0
"""After so long without a new kept file a process asks for itself: the one that should may hang, or
its disk may be full. Well before the 30 minutes after which an age is said."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the feed comes from."""

    feed: str = ""
    """URL or path; "" for the demo feed"""
    hours: str = ""
    locations: str = ""
    seconds: float = 30
    data_dir: Path = field(default_factory=lambda: Path("var"))
    limits: FetchLimits = FETCH_LIMITS
    starved_seconds: float = STARVED_SECONDS
    redis_url: str = ""
    """what several hosts share; "" for one host alone"""
    lease_seconds: float = LEASE_SECONDS
    secret: str = ""
    """signs what is kept on disk and in Redis; "" where there is none that outlives a restart"""

    @property
    def shared(self) -> bool:
        """Whether processes share what one of them fetched."""
        return bool(self.feed) and not is_recording(self.feed)
