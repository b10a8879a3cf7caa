"""Watches in one Redis, for several hosts; old ones expire there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis import Redis
from redis.client import Pipeline

from restock.values import KEPT_S, Watch
from restock.watch_store import Change
from shared.redis_link import REDIS_PROBLEMS

_PREFIX = "mask-line:restock:"
_WATCHES = f"{_PREFIX}watches"
"""Ids of all watches, with the second since which each is kept."""


@contextmanager
def _as_oserror() -> Iterator[None]:
    """OSError where Redis does not do it."""
    try:
        yield
    except REDIS_PROBLEMS as problem:
        raise OSError(f"Redis: {type(problem).__name__}") from problem


class RedisRows:
    """`WatchRows` in Redis."""

    def __init__(self, redis: Redis) -> None:
        """`redis`: with short timeouts, answering in text (`decode_responses`)."""
        self._redis = redis

    @_as_oserror()
    def change(self, id_: str, work: Change) -> Watch | None:
        """As in `WatchRows`; tried again where another client changed it meanwhile."""

        def changed(both: Pipeline) -> Watch | None:
            text: Any = both.get(_watch(id_))
            old = Watch.read(text) if text else None
            new = work(old)
            both.multi()
            if new and old and new.since == old.since:
                both.set(_watch(id_), new.written(), keepttl=True)
            elif new:
                both.set(_watch(id_), new.written(), ex=KEPT_S)
                both.sadd(_who(new.who), id_)
                both.expire(_who(new.who), KEPT_S)
                both.zadd(_WATCHES, {id_: new.since})
            return new

        made: Any = changed  # redis' types know no callable with a value
        found: Any = self._redis.transaction(made, _watch(id_), value_from_callable=True)
        return cast("Watch | None", found)

    @_as_oserror()
    def read(self, since: int, who: str = "") -> list[Watch]:
        ids: Any
        if who:
            ids = self._redis.smembers(_who(who))
        else:
            self._redis.zremrangebyscore(_WATCHES, 0, since - 1)
            ids = self._redis.zrange(_WATCHES, 0, -1)
        texts: Any = self._redis.mget([_watch(one) for one in ids]) if ids else []
        found = [Watch.read(text) for text in texts if text]
        return [one for one in found if one.since >= since]

    @_as_oserror()
    def delete(self, who: str) -> None:
        ids: Any = self._redis.smembers(_who(who))
        both = self._redis.pipeline(transaction=True)
        both.delete(_who(who), *map(_watch, ids))
        if ids:
            both.zrem(_WATCHES, *ids)
        both.execute()


def _watch(id_: str) -> str:
    return f"{_PREFIX}watch:{id_}"


def _who(who: str) -> str:
    return f"{_PREFIX}who:{who}"
