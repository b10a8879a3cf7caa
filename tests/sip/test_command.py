"""`flask --app app sip` as systemd runs it: it takes calls, and ends without cutting one off."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.sip.dialler import Dialler
from tests.sip.rig import wait_until

ROOT = Path(__file__).parents[2]

Running = tuple["subprocess.Popen[bytes]", int, Path]
"""The process, its port, its log."""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The command with the settings that it has by default; no server anywhere."""
    port = free_port()
    settings = {"DATA_DIR": str(tmp_path / "var"), "SIP_PORTS": "25000-25099"}
    unwanted = {"STT_URI": "", "TTS_URI": "", "FEED_URL": "", "SIP_TRUNK": ""}
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603  # our own words
            [
                *(sys.executable, "-m", "flask", "--app", "app", "sip"),
                "--bind",
                f"127.0.0.1:{port}",
            ],
            cwd=ROOT,
            env={**os.environ, **settings, **unwanted},
            stdout=file,
            stderr=file,
        )
        yield process, port, log
        process.kill()
        process.wait()


def test_a_newcomers_call_is_answered_and_not_cut_off_by_a_stop(running: Running) -> None:
    """No settings: the pack speaks, a postal code is answered; SIGTERM waits for her goodbye."""
    process, port, log = running
    assert wait_until(lambda: b"calls are taken" in log.read_bytes(), 60), log.read_text()
    with Dialler(port) as caller, Dialler(port) as late:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 8_000)
        process.send_signal(signal.SIGTERM)
        assert wait_until(lambda: b"no new calls" in log.read_bytes()), log.read_text()
        assert late.call() == 503
        caller.press("106")
        assert wait_until(lambda: b"heard=keys" in log.read_bytes()), log.read_text()
        assert process.poll() is None
    assert process.wait(15) == 0
    text = log.read_text()
    assert "0227653147" not in text  # one line a turn, without numbers
    measured = r"\d\d:\d\d:\d\d,\d{3}|(?:micro|milli)seconds=\d+"  # any digits, by chance
    assert "106" not in re.sub(measured, "", text.replace(str(port), ""))
