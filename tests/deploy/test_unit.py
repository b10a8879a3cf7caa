"""deploy/: what systemd is told holds, and what it would start starts."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "mask-line.service").read_text(encoding="utf-8")
EXPOSURE = 2.0
"""Of 10, as systemd counts it; with no hardening at all a service has 9.6."""


def _values(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def _here(tmp_path: Path, name: str = "mask-line.service") -> Path:
    """The unit with paths to this checkout, so that systemd finds the program.

    By links, since the checkout may lie in a folder whose name a unit file would have to quote.
    """
    unit, here, scripts = (tmp_path / one for one in (name, "line", "bin"))
    here.symlink_to(ROOT)
    scripts.symlink_to(Path(sys.executable).parent)
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    text = text.replace("/opt/mask-line/.venv/bin", str(scripts))
    unit.write_text(text.replace("/opt/mask-line", str(here)), encoding="utf-8")
    return unit


def _analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


UNITS = ("mask-line.service", "mask-line-sip.service")


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(tmp_path: Path, name: str) -> None:
    """Not one line of it is unknown or makes no sense."""
    checked = _analyze("verify", "--man=no", str(_here(tmp_path, name)))
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_the_service_is_shut_in(tmp_path: Path, name: str) -> None:
    """Systemd's own measure of what a broken-into service could reach."""
    told = _analyze("security", "--offline=true", "--no-pager", str(_here(tmp_path, name))).stdout
    level = re.search(r"Overall exposure level .*: ([0-9.]+)", told)
    assert level is not None, told
    assert float(level[1]) <= EXPOSURE


def test_what_the_unit_starts_runs(tmp_path: Path) -> None:
    """Its command with its environment tells systemd that it is ready, renews its workers on the
    unit's reload signal, answers, and ends by itself when it is told to."""
    port = free_port()
    notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notices.bind(str(tmp_path / "notify"))
    notices.settimeout(30)
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for line in _values("Environment"):
        environment.update(pair.split("=", 1) for pair in line.split())
    environment |= {
        "DATA_DIR": str(tmp_path / "state"),
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        "SECRET_KEY": "a-key-of-the-tests",
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
    }
    (command,) = _values("ExecStart")
    arguments = [sys.executable, *shlex.split(command)[1:]]
    with (tmp_path / "log").open("wb") as log:
        service = subprocess.Popen(  # noqa: S603  the unit's own command
            arguments, cwd=ROOT, env=environment, stderr=log
        )
    try:
        assert notices.recv(200).startswith(b"READY=1")
        _answers(port)
        assert _values("ExecReload") == ["/bin/kill -HUP $MAINPID"]
        service.send_signal(signal.SIGHUP)
        _answers(port)
    finally:
        service.terminate()
        assert service.wait(int(_values("TimeoutStopSec")[0])) == 0
        notices.close()
    told = (tmp_path / "log").read_text(encoding="utf-8")
    assert not re.search(r"ERROR|CRITICAL|Traceback", told), told


def _answers(port: int) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < until, "no answer within 120 s"
            time.sleep(0.1)


def test_every_setting_of_the_example_is_known() -> None:
    """The example of the environment file names settings that README.md tells of."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / "deploy" / "mask-line.env.example").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert names
    assert [name for name in names if f"`{name}`" not in readme] == []
