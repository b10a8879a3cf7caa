"""`make serve`: gunicorn, after a look at the settings. Arguments are handed on to it.

gunicorn reads WEB_CONCURRENCY before any configuration of ours, and ends in a traceback where it is
empty or no number.
"""

import os
import secrets
import sys
from pathlib import Path

from settings import MADE, Settings
from shared.errors import SettingError

GUNICORN = str(Path(sys.executable).with_name("gunicorn"))


def main() -> None:
    """Become gunicorn, in the same process, so that systemd and its signals find it."""
    environment = {name: value for name, value in os.environ.items() if value.strip()}
    try:
        Settings.from_environment(environment)
    except SettingError as problem:
        sys.exit("The settings make no sense:\n  " + str(problem).replace("; ", "\n  "))
    if "SECRET_KEY" not in environment:  # one for all workers, of each later start of them too
        environment["SECRET_KEY"] = environment[MADE] = secrets.token_urlsafe(32)
    command = [GUNICORN, "--config", "gunicorn.conf.py", *sys.argv[1:]]
    os.execve(GUNICORN, command, environment)  # noqa: S606  no shell: our own words


if __name__ == "__main__":
    main()
