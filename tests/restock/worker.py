"""A worker as `flask --app app restock` starts it, at a time of the test's own.

python -m tests.restock.worker SECONDS: the time now is so much more than the real one.
"""

import os
import sys
import time

import time_machine

from app import create_app
from commands.serving import deliver
from settings import Settings


def main(seconds: str) -> None:
    """Work until it is killed."""
    settings = Settings.from_environment(os.environ)
    with time_machine.travel(time.time() + float(seconds), tick=True):
        app = create_app(settings)
        app.extensions["feed"].ensure_started()
        print("works", flush=True)  # noqa: T201  told to who started it
        deliver(app)


if __name__ == "__main__":
    main(sys.argv[1])
