"""Turns a second of the whole webhook, beside a bare Flask route on the same workers.

Both run under gunicorn on the loopback address, one after the other in the same run, and are
called by the same clients with the same signed requests of a mixed conversation.
"""

import html
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

WORKERS = 2
CLIENTS = 2
CONVERSATIONS = 150
"""Of each client in each round: 150 × 10 turns × 2 clients × 2 rounds × 2 servers = 12,000."""

ROUNDS = 2
"""The servers take turns, so that a slow moment of the machine meets both."""

TOKEN = "bench"  # noqa: S105  made up for this run
FEED = Path(__file__).parents[2] / "shared" / "data" / "maskdata-20200303.csv"

TURNS: tuple[dict[str, str], ...] = (
    {"SpeechResult": "大安區還有口罩嗎"},
    {"SpeechResult": "下一家"},
    {"SpeechResult": "地址"},
    {"Digits": "9"},
    {"Digits": "106"},
    {"Digits": "1"},
    {"Digits": "2"},
    {"Digits": "*"},
    {"SpeechResult": "今天天氣真好我要去公園散步"},
)
"""After the greeting: a question, its answers, a fresh start with keys alone, and nonsense."""

_ACTION = re.compile(rb'action="([^"]*)"')
_LENGTH = re.compile(rb"Content-Length: (\d+)", re.IGNORECASE)


class Client:
    """Posts signed forms over one kept connection; as little Python as possible."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._host = f"127.0.0.1:{port}"
        self._validator = RequestValidator(TOKEN)
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def post(self, path: str, form: dict[str, str]) -> bytes:
        """The body of the answer; RuntimeError for any status but 200."""
        signature = self._validator.compute_signature(self._base + path, form)
        body = urlencode(form)
        self._socket.sendall(
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nX-Twilio-Signature: {signature}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii")
        )
        return self._read()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read(self) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, body = received.split(b"\r\n\r\n", 1)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.decode("latin-1"))
        length = _LENGTH.search(head)
        while length and len(body) < int(length[1]):
            body += self._receive()
        return body

    def _receive(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise RuntimeError("the server closed the connection")
        return data


def converse(port: int, first: int, count: int) -> int:
    """Hold `count` conversations one after the other; how many turns they took."""
    for number in range(first, first + count):
        client = Client(port)  # anew for each call, so that both workers get their share
        area = "2" if number % 2 else "4"
        call = {
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "CallSid": f"CA{number:032}",
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "From": f"+886{area}27653147",
            "To": "+886277777777",
        }
        path = "/ivr/call"
        for turn in ({}, *TURNS):
            action = _ACTION.search(client.post(path, {**call, **turn}))
            if action is None:
                raise RuntimeError(f"no way on after {turn}")
            path = html.unescape(action[1].decode("ascii"))
        client.close()
    return count * (len(TURNS) + 1)


def measure(port: int) -> float:
    """Turns a second that the server on `port` answers."""
    started = time.perf_counter()
    with ProcessPoolExecutor(CLIENTS) as clients:
        firsts = [client * CONVERSATIONS for client in range(CLIENTS)]
        turns = sum(clients.map(converse, [port] * CLIENTS, firsts, [CONVERSATIONS] * CLIENTS))
    return turns / (time.perf_counter() - started)


@contextmanager
def serving(application: str, config: str) -> Iterator[int]:
    """gunicorn with `application` on a free port of the loopback address; ends with the block.

    `config`: its configuration file; workers and threads are the same whatever that says.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SECRET_KEY": "bench",
        "PUBLIC_URL": "",
        "FEED_URL": str(FEED) if FEED.exists() else "",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", config, "--workers", str(WORKERS)]
    command += ["--threads", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command += [application]
    with tempfile.TemporaryFile() as log:  # one line a turn, as in service
        server = subprocess.Popen(command, env=environment, stderr=log)  # noqa: S603  our words
        try:
            _wait_for(port, server, log)
            for _ in range(4):  # every worker has loaded what it loads once
                converse(port, 0, 2)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"gunicorn did not start: {log.read().decode()[-2000:]}")
        try:
            converse(port, 0, 1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not answer within 30 s")


def main() -> None:
    """Print turns a second of both, and their ratio."""
    with (
        serving("app:create_app()", "gunicorn.conf.py") as webhook,
        serving("bench.bare:create_app()", os.devnull) as bare,
    ):
        whole, alone = 0.0, 0.0
        for _ in range(ROUNDS):
            whole = max(whole, measure(webhook))
            alone = max(alone, measure(bare))
    print(f"webhook: {whole:,.0f} turns/s on {WORKERS} workers")
    print(f"bare signed Flask route: {alone:,.0f} turns/s")
    print(f"ratio: {whole / alone:.2f} (at least 0.40)")


if __name__ == "__main__":
    main()
