"""The connection to the Redis that several hosts share: one that never keeps anybody waiting."""

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

REDIS_PROBLEMS = (RedisError, OSError, ValueError, TypeError, LookupError)
"""What using it may raise. Not RedisError alone: what somebody else wrote there, or a broken server
answers, fails in the reading (ValueError, and UnicodeDecodeError is one)."""


def connect(url: str, seconds: float, *, text: bool = False) -> Redis:
    """A client of the Redis at `url`, made without asking it anything.

    `text`: it answers in text, else in bytes. Whatever it does fails with one of REDIS_PROBLEMS
    within about `seconds`; nothing is tried again.
    """
    return Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        decode_responses=text,
    )
