"""The job queue: Huey, on the Redis that several hosts share, or on a SQLite file of this host.

Messages are kept with their watches, so that a worker that is killed in the middle of a job loses
none: each minute, and when a worker starts, overdue ones become jobs again. A job is the id of a
watch and nothing else.
"""

import logging
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from restock.deliver import Deliverer

NAME = "mask-line-restock"

WORKERS = 2
"""Threads. With a message a minute and pharmacy one would do; two while a platform is slow."""

_IDLE_SECONDS = 1.0
"""How often an idle worker looks for a job."""

log = logging.getLogger(__name__)


def queue_of(redis_url: str, path: Path, secret: str) -> Huey:
    """The queue; `path`: the file, where there is no `redis_url`. Jobs are signed by `secret`: they
    are unpickled, and somebody else may write to that Redis."""
    options: dict[str, Any] = {
        "name": NAME,
        "results": False,
        "serializer": SignedSerializer(secret, salt=NAME),
    }
    if redis_url:
        return RedisHuey(url=redis_url, **options)
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(filename=str(path), **options)


class Jobs:
    """The two jobs: deliver a message, and look for overdue ones."""

    _deliverer: Deliverer
    """of the process that works; one that only makes jobs has none"""

    def __init__(self, huey: Huey) -> None:
        self._huey = huey
        self._tell = huey.task(name="tell")(self._tell_one)
        self._sweep = huey.periodic_task(crontab(), name="sweep")(self._find_overdue)

    def _tell_one(self, id_: str) -> None:
        try:
            self._deliverer.deliver(id_)
        except OSError as problem:  # the message stays due
            log.warning("restock: %s", problem)

    def _find_overdue(self) -> None:
        try:
            for id_ in self._deliverer.due():
                self._tell(id_)
        except OSError as problem:
            log.warning("restock: %s", problem)

    def owed(self, id_: str, due: datetime) -> None:
        """Make a job for a new message. Never raises: the sweep finds messages without a job."""
        try:
            with closing(self._huey.storage):  # the file, which Huey would keep open
                self._tell.schedule((id_,), eta=due.astimezone(UTC).replace(tzinfo=None))
        except Exception as problem:  # any of Redis' or SQLite's, which Huey does not translate
            log.warning("restock: a job could not be made (%s)", type(problem).__name__)

    def work(self, deliverer: Deliverer) -> None:
        """Run jobs until SIGTERM or SIGINT; SIGINT lets running ones finish."""
        self._deliverer = deliverer
        self._sweep()
        consumer = self._huey.create_consumer(
            workers=WORKERS, max_delay=_IDLE_SECONDS, graceful_signal="TERM"
        )
        consumer.run()
