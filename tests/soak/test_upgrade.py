"""gunicorn as `make serve` runs it: renewed, upgraded and hurt while calls go on."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest
import requests

from bench.callers import Caller
from bench.serving import ROOT, Server, serving
from shared.places.districts import all_districts
from tests.feed.workers import PATIENCE_S, wait

ASKED = tuple(f"{district.key}還有口罩嗎" for district in all_districts())
_PACKAGES = (
    *("commands", "conversation", "intents", "ivr", "nlu", "restock", "shared", "sip", "skills"),
    "telemetry",
)
CALLERS = 2


class Line:
    """Callers who ring one after the other until they are told to stop."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._stop = threading.Event()
        self.well, self.badly = 0, 0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ring, args=(n,)) for n in range(CALLERS)]

    def _ring(self, number: int) -> None:
        while not self._stop.is_set():
            number += CALLERS
            try:
                caller = Caller(self._base, number, gives_up_s=PATIENCE_S)
                turns, well = caller.converse(ASKED)
                dropped = not well and not caller.put_off
            except OSError:
                turns, dropped = 0, True
            with self._lock:
                self.well += turns
                self.badly += dropped
            time.sleep(0.01)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), "a call hung"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"FEED_URL": "", "DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    with serving(options=("--workers", "2"), environment=settings) as running:
        yield running


@contextmanager
def calls(server: Server) -> Iterator[Line]:
    """Calls that go on during the block, and for some turns after it."""
    line = Line(server.base)
    line.start()
    try:
        wait("the first turns", lambda: line.well > 20)
        yield line
        after = line.well + 40
        wait("turns after it", lambda: line.well > after)
    finally:
        line.stop()


def _pids(server: Server) -> set[int]:
    return {worker.pid for worker in server.workers()}


def test_a_reload_drops_no_call_and_holds_none_up(server: Server) -> None:
    """HUP: new workers with the new code; the old ones answer until those are ready."""
    before = _pids(server)
    with calls(server) as line:
        server.process.send_signal(signal.SIGHUP)
        wait("new workers", lambda: len(_pids(server) - before) == 2)
        answered = 0
        while before & _pids(server):
            requests.get(f"{server.base}/healthz", timeout=PATIENCE_S).raise_for_status()
            answered += 1
    assert line.badly == 0
    assert answered > 2, "with nobody to answer the first waits until the new workers are ready"


def test_a_reload_takes_the_new_code_of_all_modules(tmp_path: Path) -> None:
    """Also of those that gunicorn's master imported when it started, and still holds."""
    for name in ("app.py", "gunicorn.conf.py", "settings.py", *_PACKAGES):
        (tmp_path / name).symlink_to(ROOT / name)
    web = Path(shutil.copytree(ROOT / "web", tmp_path / "web"))
    where = {"FEED_URL": "", "DATA_DIR": str(tmp_path / "data")}
    with serving(options=("--workers", "1"), environment=where, folder=tmp_path) as old:
        with (web / "admission.py").open("a") as imported_by_the_master:
            imported_by_the_master.write('ANEW = "anew"\n')
        health = (web / "monitoring.py").read_text(encoding="utf-8")
        anew = "from web.admission import ANEW\n" + health.replace('"alive"', "ANEW")
        (web / "monitoring.py").write_text(anew, encoding="utf-8")
        old.process.send_signal(signal.SIGHUP)
        asked = partial(requests.get, f"{old.base}/healthz", timeout=PATIENCE_S)
        wait("the new code", lambda: asked().json()["status"] == "anew")


def test_a_killed_worker_is_replaced(server: Server) -> None:
    """kill -9: another one takes its place, and of the calls at most those it was answering then
    meet a broken connection, for which Twilio has its fallback."""
    with calls(server) as line:
        dying = server.workers()[0]
        os.kill(dying.pid, signal.SIGKILL)
        wait("two workers", lambda: len(_pids(server) - {dying.pid}) == 2)
    assert line.badly <= CALLERS


def test_an_upgrade_of_the_whole_drops_no_call(server: Server) -> None:
    """USR2 starts the new version beside the old one on the same port; TERM ends the old one."""
    before = _pids(server)
    new: psutil.Process | None = None
    try:
        with calls(server) as line:
            server.process.send_signal(signal.SIGUSR2)

            def upgraded() -> psutil.Process | None:
                masters = (p for p in server.workers() if p.pid not in before and p.children())
                return next((p for p in masters if len(p.children()) == 2), None)

            wait("a second master", lambda: upgraded() is not None)
            new = upgraded()
            assert new is not None
            time.sleep(4)  # its workers have made themselves ready
            server.process.terminate()
            server.process.wait(60)
        assert line.badly == 0
        assert new.is_running()
    finally:
        if new is not None:
            new.terminate()
            new.wait(60)
