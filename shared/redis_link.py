"""The connection to the Redis that several hosts share: one that never keeps anybody waiting."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry


def connect(url: str, seconds: float, *, text: bool = False) -> Redis:
    """A client of the Redis at `url`, made without asking it anything.

    `text`: it answers in text, else in bytes. Whatever it does fails with `redis.RedisError` within
    about `seconds`; nothing is tried again.
    """
    return Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        decode_responses=text,
    )
