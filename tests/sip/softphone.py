"""A real telephone: Debian's baresip, told what to do over its control port."""

import json
import re
import socket
import subprocess
import time
from pathlib import Path

from tests.ports import free_port
from tests.sip.rig import wait_until
from tests.sip.signals import Samples, load, quiet, save

BARESIP = "/usr/bin/baresip"

_CONFIG = """\
poll_method poll
sip_listen 127.0.0.1:0
audio_player aubridge,out
audio_source aufile,{source}
audio_alert aubridge,alert
ausrc_srate 8000
auplay_srate 8000
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module ctrl_tcp.so
module_tmp account.so
module_app menu.so
ctrl_tcp_listen 127.0.0.1:{port}
snd_path {folder}
"""


class Softphone:
    """One telephone. What it plays is a wave file, what it hears is kept as another."""

    def __init__(
        self, folder: Path, line_port: int, *, codec: str = "PCMU", number: str = "0227653147"
    ) -> None:
        self._folder = folder
        self._line = line_port
        folder.mkdir(parents=True, exist_ok=True)
        self._port = free_port()
        source = save(folder / "silence.wav", quiet(120))
        config = _CONFIG.format(source=source, port=self._port, folder=folder)
        (folder / "config").write_text(config)
        account = f"<sip:{number}@127.0.0.1>;regint=0;audio_codecs={codec}/8000\n"
        (folder / "accounts").write_text(account)
        (folder / "contacts").write_text("")
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(  # noqa: S603  # our own words
            [BARESIP, "-f", str(folder), "-t", "90"],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        assert wait_until(self._connected), self.log
        self._control = socket.create_connection(("127.0.0.1", self._port))

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")

    def _connected(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), 0.2).close()
        except OSError:
            return False
        return True

    def tell(self, command: str, params: str = "") -> None:
        """One of baresip's commands."""
        text = json.dumps({"command": command, "params": params, "token": "t"})
        self._control.sendall(f"{len(text)}:{text},".encode())
        time.sleep(0.05)

    def dial(self, transport: str = "udp") -> None:
        self.tell("dial", f"sip:line@127.0.0.1:{self._line};transport={transport}")
        assert wait_until(lambda: "Call established" in self.log), self.log

    def press(self, key: str) -> None:
        self.tell("sndcode", key)
        self.tell("sndcode", "\x04")

    def say(self, samples: Samples) -> None:
        """Speak once, then be quiet."""
        import numpy as np

        name = f"say{time.monotonic_ns()}.wav"
        path = save(self._folder / name, np.concatenate([samples, quiet(100)]))
        self.tell("ausrc", f"aufile,{path}")

    def hang_up(self) -> None:
        self.tell("hangup")

    @property
    def receives(self) -> int:
        """Bits of sound a second, as the telephone shows them."""
        shown = re.findall(r"audio=\d+/(\d+)", self.log)
        return int(shown[-1]) if shown else 0

    @property
    def heard(self) -> Samples:
        """What arrived so far, 8,000 samples a second."""
        found = sorted(self._folder.glob("dump-*-dec.wav"))
        return load(found[-1])

    def close(self) -> None:
        self._control.close()
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
