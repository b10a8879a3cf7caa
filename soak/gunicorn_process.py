"""gunicorn as `make serve` runs it, started anew whenever it ends, as systemd does."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import psutil

from bench.callers import TOKEN
from soak.reader import SECRET
from tests.ports import free_port

ROOT = Path(__file__).parents[1]

RESTART_S = 0.2
"""RestartSec of deploy/mask-line.service."""

WORKERS = 2
RENEWED_S = 5
"""FEED_SECONDS; the shortest that is taken."""

_HOLDER = re.compile(
    r"^\d+: FLOCK +ADVISORY +WRITE +(\d+) +[0-9a-f]+:[0-9a-f]+:(\d+) ", re.MULTILINE
)
"""A line of /proc/locks (proc(5)): process and inode of a lock that is held."""


class GunicornProcess:
    """A context; the service runs within it, on a free port of this machine."""

    def __init__(self, feed: str, directory: Path) -> None:
        """`feed`: its FEED_URL; `directory`: its DATA_DIR."""
        self.base = f"http://127.0.0.1:{free_port()}"
        self._directory = directory
        self._environment = {
            **os.environ,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "INSECURE": "yes",
            "SECRET_KEY": SECRET,
            "MALLOC_ARENA_MAX": "2",  # as in the Makefile
            "PUBLIC_URL": "",
            "REDIS_URL": "",
            "BIND": self.base.removeprefix("http://"),
            "WEB_CONCURRENCY": str(WORKERS),
            "FEED_URL": feed,
            "FEED_SECONDS": str(RENEWED_S),
            "DATA_DIR": str(directory),
        }
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed in __exit__
        self._stop = threading.Event()
        self._process = self._begin()
        self._watcher = threading.Thread(target=self._watch, name="systemd", daemon=True)

    def __enter__(self) -> "GunicornProcess":
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self.kill()
        self._watcher.join()
        self.kill()
        self._log.close()

    def workers(self) -> list[int]:
        """The processes that answer, oldest first."""
        with suppress(psutil.Error):
            children = psutil.Process(self._process.pid).children()
            return [child.pid for child in sorted(children, key=psutil.Process.create_time)]
        return []

    def poller(self) -> int | None:
        """The worker that asks the source: the one that holds the lock."""
        locks = list(self._directory.glob("feed-*.lock"))
        inodes = {lock.stat().st_ino for lock in locks}
        held = _HOLDER.findall(Path("/proc/locks").read_text())
        holders = {int(process) for process, inode in held if int(inode) in inodes}
        return next((worker for worker in self.workers() if worker in holders), None)

    def kill(self) -> None:
        """kill -9 of the master and all its workers at once."""
        for process in (self._process.pid, *self.workers()):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    @property
    def ready(self) -> int:
        """How many workers have had a snapshot since the beginning, as the log has it."""
        return self._all_said().count("has its first snapshot")

    def said(self) -> str:
        """The end of its log."""
        return self._all_said()[-2_000:]

    def _all_said(self) -> str:
        # Read at its own place: the service goes on writing where it was.
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).decode(errors="replace")

    def _begin(self) -> "subprocess.Popen[bytes]":
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        command = [gunicorn, "--config", "gunicorn.conf.py", "--log-level", "error"]
        return subprocess.Popen(  # noqa: S603  our words
            command, cwd=ROOT, env=self._environment, stderr=self._log
        )

    def _watch(self) -> None:
        while not self._stop.is_set():
            self._process.wait()
            if not self._stop.wait(RESTART_S):
                self._process = self._begin()
