"""The sums of the counts of all workers of all hosts, in Redis."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from redis import Redis

from shared.attempts import Attempts
from shared.redis_link import REDIS_PROBLEMS
from telemetry.counts import Counted, Key
from telemetry.store import KEPT_S, SILENT_S, Worker, parse_workers

PREFIX = "mask_line:figures"
WORKERS = f"{PREFIX}:workers"
"""A hash: worker → its last sign of life; each slot is a hash too, name → sum."""


class RedisCountStore:
    """`CountStore` in one Redis, for several hosts; its clock decides which workers live."""

    kind = "redis"

    def __init__(self, client: Redis) -> None:
        """`client`: with short timeouts, answering in text (`decode_responses`)."""
        self._client = client
        self._attempts = Attempts("Redis (figures)", REDIS_PROBLEMS)

    def add(self, counts: Mapping[Key, int], worker: Worker) -> bool:
        """As in `CountStore`: all of it or nothing. Old slots expire."""

        def write() -> bool:
            said = replace(worker, seen=self._now())
            both = self._client.pipeline(transaction=True)
            for (width, at, name), number in counts.items():
                both.hincrby(_slot(width, at), name, number)
            for width, at in {(width, at) for width, at, _ in counts}:
                both.expire(_slot(width, at), KEPT_S[width])
            both.hset(WORKERS, _name(worker), json.dumps(asdict(said)))
            both.execute()
            return True

        return self._attempts.insist(write) or False

    def counted(self, width: int, since: int, before: int) -> list[Counted]:
        slots = range(since - since % width, before, width)

        def read() -> list[Counted]:
            asked = self._client.pipeline(transaction=False)
            for at in slots:
                asked.hgetall(_slot(width, at))
            return [
                Counted(at, name, int(number))
                for at, names in zip(slots, asked.execute(), strict=True)
                for name, number in names.items()
            ]

        return self._attempts.attempt(read) or []

    def workers(self, now: int) -> list[Worker] | None:  # noqa: ARG002  # the hosts' clocks differ
        """As in `CountStore`, by the clock of Redis."""

        def read() -> list[Worker]:
            said = self._client.hgetall(WORKERS)
            last = self._now() - SILENT_S
            alive = [one for one in parse_workers(map(str, said.values())) if one.seen >= last]
            if gone := said.keys() - {_name(one) for one in alive}:
                self._client.hdel(WORKERS, *gone)
            return alive

        return self._attempts.attempt(read)

    def _now(self) -> int:
        return int(self._client.time()[0])


def _name(worker: Worker) -> str:
    return f"{worker.host}:{worker.pid}"


def _slot(width: int, at: int) -> str:
    return f"{PREFIX}:{width}:{at}"
