"""The whole service on a host of a test: `python -m tests.hosts.host URL DIRECTORY REDIS_URL`."""

import sys

from app import create_app
from settings import Settings

PORT = 8000


def main(url: str, directory: str, redis_url: str) -> None:
    """Answer on the loopback address of this host until killed."""
    settings = Settings(
        feed_url=url,
        feed_seconds=1,
        data_dir=directory,
        redis_url=redis_url,
        secret_key="the same on every host",
        memory=True,
    )
    create_app(settings).run("127.0.0.1", PORT, threaded=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
