"""Home Assistant, and beside it the line as its operator starts it."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
FLASK = ROOT / ".venv" / "bin" / "flask"

START_S = 120

collect_ignore_glob = [] if find_spec("homeassistant") else ["test_*.py"]
"""The line's own environment has no Home Assistant: that wants another Python."""


@pytest.fixture(autouse=True)
def _with_custom_components(request: pytest.FixtureRequest) -> None:
    """Ours is installed, as HACS does it; the line is another process on this machine."""
    request.getfixturevalue("socket_enabled")
    hass = request.getfixturevalue("hass")
    target = Path(hass.config.path("custom_components", "mask_line"))
    if not target.exists():
        shutil.copytree(ROOT / "custom_components" / "mask_line", target)
    request.getfixturevalue("enable_custom_integrations")


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the line is served; it tells of the demo feed."""
    import pytest_socket  # the plugin for Home Assistant forbids sockets

    pytest_socket.enable_socket()
    number = free_port()
    data = str(tmp_path_factory.mktemp("var"))
    line = subprocess.Popen(  # noqa: S603  # our own command
        [FLASK, "--app", "app", "assist", "--uri", f"tcp://127.0.0.1:{number}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": data},
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(number)
        yield number
    finally:
        line.terminate()
        line.wait(10)


def _await(port: int) -> None:
    """Until the line answers a whole turn: the first one reads the feed."""
    ends = time.monotonic() + START_S
    asked = json.dumps({"type": "transcript", "data": {"text": "大安區", "language": "zh-TW"}})
    while time.monotonic() < ends:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as peer:
                peer.settimeout(START_S)
                peer.sendall(asked.encode() + b"\n")
                if peer.recv(1):
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the line does not answer")
