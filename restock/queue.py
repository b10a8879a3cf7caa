"""The job queue: Huey, on the Redis that several hosts share, or on a SQLite file of this host.

What is owed stands in the store, so that a worker that is killed with a job in its hands loses
none: each minute, and when a worker starts, whatever is overdue becomes a job again. A job is the
id of a message and nothing else.
"""

import logging
from collections.abc import Callable
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
    """The two jobs: tell a message, and look for what is overdue."""

    def __init__(self, huey: Huey, deliverer: Callable[[], Deliverer]) -> None:
        """`deliverer`: built when the first job runs; who only makes jobs needs none."""
        self._huey, self._deliverer = huey, deliverer
        self._tell = huey.task(name="tell")(self._tell_one)
        self._sweep = huey.periodic_task(crontab(), name="sweep")(self._find_overdue)

    def _tell_one(self, id_: str) -> None:
        try:
            self._deliverer().deliver(id_)
        except OSError as problem:  # it stays owed
            log.warning("restock: %s", problem)

    def _find_overdue(self) -> None:
        try:
            for id_ in self._deliverer().due():
                self._tell(id_)
        except OSError as problem:
            log.warning("restock: %s", problem)

    def owed(self, id_: str, due: datetime) -> None:
        """Make a job of a new message. Never raises: the sweep finds what is no job."""
        try:
            self._tell.schedule((id_,), eta=due.astimezone(UTC).replace(tzinfo=None))
        except Exception as problem:  # Redis' or SQLite's, as Huey hands them on
            log.warning("restock: a job could not be made (%s)", type(problem).__name__)

    def work(self) -> None:
        """Do jobs until SIGINT (which lets those in hand end) or SIGTERM."""
        self._sweep()
        consumer = self._huey.create_consumer(
            workers=WORKERS, max_delay=_IDLE_SECONDS, graceful_signal="TERM"
        )
        consumer.run()
