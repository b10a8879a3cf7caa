"""Watches and due messages in one Redis, for several hosts; old ones expire there."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any, TypeVar, cast

from redis import Redis
from redis.client import Pipeline

from restock.values import KEPT, Message, Watch
from shared.redis_link import REDIS_PROBLEMS

_PREFIX = "mask-line:restock:"
_WATCHES = f"{_PREFIX}watches"
"""Ids of all watches, with the second at which each expires."""
_DUE = f"{_PREFIX}due"
"""Ids of the messages to send, with the second from which each may be claimed."""
_KEPT_S = int(KEPT.total_seconds())

T = TypeVar("T")


@contextmanager
def _as_oserror() -> Iterator[None]:
    """OSError where Redis does not do it."""
    try:
        yield
    except REDIS_PROBLEMS as problem:
        raise OSError(f"Redis: {type(problem).__name__}") from problem


class RedisWatchStore:
    """`WatchStore` in Redis."""

    def __init__(self, redis: Redis) -> None:
        """`redis`: with short timeouts, answering in text (`decode_responses`)."""
        self._redis = redis

    @_as_oserror()
    def put(self, watch: Watch) -> None:
        both = self._redis.pipeline(transaction=True)
        both.set(_watch(watch.id), json.dumps(asdict(watch)), ex=_KEPT_S)
        both.sadd(_who(watch.who), watch.id)
        both.expire(_who(watch.who), _KEPT_S)
        both.zadd(_WATCHES, {watch.id: watch.since + _KEPT_S})
        both.execute()

    @_as_oserror()
    def of(self, who: str, now: int) -> list[Watch]:
        return self._read(_texts(self._redis.smembers(_who(who))), now)

    @_as_oserror()
    def all(self, now: int) -> list[Watch]:
        self._redis.zremrangebyscore(_WATCHES, 0, now - 1)
        return self._read(_texts(self._redis.zrange(_WATCHES, 0, -1)), now)

    def _read(self, ids: list[str], now: int) -> list[Watch]:
        texts = self._redis.mget([_watch(one) for one in ids]) if ids else []
        found = [Watch(**json.loads(text)) for text in texts if text]
        return [one for one in found if one.since >= now - _KEPT_S]

    @_as_oserror()
    def delete(self, who: str) -> None:
        ids = _texts(self._redis.smembers(_who(who)))
        owed = [
            id_
            for id_ in _texts(self._redis.zrange(_DUE, 0, -1))
            if (text := self._redis.get(_message(id_))) and json.loads(text)["watch"] in ids
        ]
        both = self._redis.pipeline(transaction=True)
        both.delete(_who(who), *map(_watch, ids), *map(_message, owed))
        for key, gone in ((_WATCHES, ids), (_DUE, owed)):
            if gone:
                both.zrem(key, *gone)
        both.execute()

    @_as_oserror()
    def saw(self, watch: Watch, low: bool, seen: int, message: Message | None) -> bool:
        def judge(both: Pipeline) -> bool:
            text = both.get(_watch(watch.id))
            now = Watch(**json.loads(text)) if isinstance(text, str) else None
            both.multi()
            if now is None or now.seen >= seen or now.told != watch.told:
                return False
            told = now.told + (message is not None)
            new = replace(now, low=low, seen=seen, told=told)
            both.set(_watch(watch.id), json.dumps(asdict(new)), keepttl=True)
            if message:
                kept = {"watch": watch.id, "due": message.due, "made": message.made, "tries": 0}
                both.set(_message(message.id), json.dumps(kept), ex=_KEPT_S)
                both.zadd(_DUE, {message.id: message.due})
            return True

        return self._at_once(judge, _watch(watch.id))

    def _at_once(self, work: Callable[[Pipeline], T], *keys: str) -> T:
        """What `work` returns; retried where another client changed one of `keys` meanwhile."""
        made: Any = work  # redis' types know no callable with a value
        found: Any = self._redis.transaction(made, *keys, value_from_callable=True)
        return cast(T, found)

    @_as_oserror()
    def due(self, now: int) -> list[str]:
        return _texts(self._redis.zrangebyscore(_DUE, 0, now))

    @_as_oserror()
    def claim(self, id_: str, now: int, until: int) -> Message | None:
        """As in `WatchStore`; moves the time in _DUE to the end of the claim."""

        def take(both: Pipeline) -> Message | None:
            free, text = both.zscore(_DUE, id_), both.get(_message(id_))
            kept = json.loads(text) if isinstance(text, str) else None
            watch = both.get(_watch(kept["watch"])) if kept else None
            both.multi()
            if free is None or free > now or kept is None or not isinstance(watch, str):
                return None
            both.zadd(_DUE, {id_: until})
            both.set(_message(id_), json.dumps(kept | {"tries": kept["tries"] + 1}), keepttl=True)
            found = Watch(**json.loads(watch))
            return Message(id_, found, kept["due"], kept["made"], kept["tries"])

        return self._at_once(take, _DUE, _message(id_))

    @_as_oserror()
    def postpone(self, id_: str, due: int) -> None:
        self._redis.zadd(_DUE, {id_: due}, xx=True)

    @_as_oserror()
    def done(self, id_: str) -> None:
        both = self._redis.pipeline(transaction=True)
        both.zrem(_DUE, id_)
        both.delete(_message(id_))
        both.execute()


def _texts(found: Iterable[Any]) -> list[str]:
    return [str(one) for one in found]


def _watch(id_: str) -> str:
    return f"{_PREFIX}watch:{id_}"


def _who(who: str) -> str:
    return f"{_PREFIX}who:{who}"


def _message(id_: str) -> str:
    return f"{_PREFIX}message:{id_}"
