"""How old the counts of a snapshot are, and what follows from it."""

import logging
from datetime import datetime, timedelta

from shared.catalog import Snapshot

log = logging.getLogger(__name__)

SAID_AFTER = timedelta(minutes=30)
"""Older counts are told with their time: the feed is renewed every 30 s, later every 3 min, so by
then something is wrong and the caller must know."""

USELESS_AFTER = timedelta(days=1)
"""Older counts are not told: pharmacies got new stock every day."""


def is_old(snapshot: Snapshot, clock: datetime) -> datetime | None:
    """The time of the counts where it must be said with them, else None.

    A recording always says its time, so that nobody takes it for today's; so do counts from the
    future, since then the feed's clock or ours is wrong.
    """
    age = clock - snapshot.source_time
    if not snapshot.recorded and age < -SAID_AFTER:
        log.warning("counts of %s are from the future: the clock says %s", -age, clock)
    if snapshot.recorded or abs(age) > SAID_AFTER:
        return snapshot.source_time
    return None


def too_old(snapshot: Snapshot, clock: datetime) -> bool:
    """Whether no counts may be told from `snapshot` any more; never so for a recording."""
    return snapshot.now(clock) - snapshot.source_time > USELESS_AFTER
