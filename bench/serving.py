"""gunicorn on the loopback address, for as long as a block lasts."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

import samples
from bench.callers import TOKEN
from samples import material

ROOT = Path(__file__).parents[1]
FEED = material() / "data" / samples.FEED

START_S = 120.0
STOP_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """gunicorn's master process and where its workers answer."""

    base: str
    """http://127.0.0.1:8000"""
    process: "subprocess.Popen[bytes]"

    @property
    def port(self) -> int:
        """The port alone."""
        return int(self.base.rpartition(":")[2])

    def workers(self) -> list[psutil.Process]:
        """The processes that answer, oldest first."""
        found = psutil.Process(self.process.pid).children()
        return sorted(found, key=lambda process: process.create_time())

    def seconds(self) -> float:
        """Processor time that the workers have spent so far."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers())


@contextmanager
def serving(
    application: str = "",
    config: str = "gunicorn.conf.py",
    options: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
    cores: Set[int] | None = None,
    folder: Path = ROOT,
) -> Iterator[Server]:
    """`application` ("" for our own) as `make serve` runs it, on a free port, for the block.

    `cores`: it runs on those alone, a worker on each; None for all that there are. `folder`: where
    the code is.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = {
        **os.environ,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SECRET_KEY": "made up for the benchmarks",
        "INSECURE": "yes",  # the figures are asked for, by this machine
        "MALLOC_ARENA_MAX": "2",  # as in the Makefile
        "PUBLIC_URL": "",
        "BIND": base.removeprefix("http://"),
        "FEED_URL": str(FEED),
        "DATA_DIR": "",  # below: figures of a benchmark are none of the operator's
        **({"WEB_CONCURRENCY": str(len(cores))} if cores else {}),
        **(environment or {}),
    }
    # The script, as in the Makefile: started with -m it cannot start itself anew (USR2).
    command = [str(Path(sys.executable).with_name("gunicorn")), "--config", config]
    command += ["--bind", settings["BIND"], "--log-level", "error", *options]
    if application:
        command.append(application)
    with (
        tempfile.TemporaryFile() as log,  # one line a turn, as in service
        tempfile.TemporaryDirectory() as data,
    ):
        settings["DATA_DIR"] = settings["DATA_DIR"] or data
        with _only_on(cores):  # what is started here stays there
            process = subprocess.Popen(command, cwd=folder, env=settings, stderr=log)  # noqa: S603  our words
        server = Server(base, process)
        try:
            _wait_for(server, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=STOP_S)


@contextmanager
def _only_on(cores: Set[int] | None) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores or before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _wait_for(server: Server, log: IO[bytes]) -> None:
    """Return when a worker accepts connections; RuntimeError with the log where none does."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=START_S) as asked:
                asked.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                if asked.recv(1):
                    return
        except OSError:
            time.sleep(0.05)
    log.seek(0)
    raise RuntimeError(f"gunicorn did not start: {log.read().decode()[-2000:]}")
