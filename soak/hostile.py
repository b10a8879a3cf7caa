"""Fifty thousand requests that nobody honest sends, and some more through a real gunicorn."""

import re
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from bench.serving import serving
from soak.attacks import MARKS, TOKEN, Attack, attacks
from soak.target import OPEN_PART, Target

REQUESTS = 50_000
BY_SOCKET = 3_000
PATIENCE_S = 10.0

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")


def hunt(attack_with: Callable[[Attack], None], times: int) -> None:
    """Draw `times` attacks; raises what `attack_with` raises, for the smallest that does."""

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(attacks())
    def send(attack: Attack) -> None:
        attack_with(attack)

    send()


def main() -> None:
    """Attack the service as it is tried out and as it is public, then gunicorn."""
    for public in (False, True):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            target = Target(Path(folder), public=public)
            try:
                while (sent := sum(target.statuses.values())) < REQUESTS // 2:
                    hunt(target.attack, max(1, (REQUESTS // 2 - sent) // len(target.paths) + 1))
                files = target.look_at_the_files()
            finally:
                target.close()
        kind = "public" if public else "trying out"
        _tell(kind, target.statuses, time.monotonic() - began)
        print(f"  files in DATA_DIR: {', '.join(files)}")
    _through_gunicorn(target.paths)


def _tell(kind: str, statuses: Counter[int], seconds: float) -> None:
    told = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
    print(f"{kind}: {sum(statuses.values()):,} requests in {seconds:.0f} s; {told}", flush=True)


def _through_gunicorn(paths: tuple[str, ...]) -> None:
    statuses: Counter[int] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        options = ("--error-logfile", str(log), "--capture-output", "--workers", "2")
        environment = {"DATA_DIR": folder, "DIALOGFLOW_TOKEN": TOKEN}
        with serving(options=options, environment=environment) as server:
            pids = {worker.pid for worker in server.workers()}

            def attack(drawn: Attack) -> None:
                for path in paths:
                    filled = OPEN_PART.sub(lambda _: drawn.filling, path)
                    status, body = _ask(server.port, written(drawn, filled))
                    statuses[status] += 1
                    assert status < 500 or status in (501, 503, 505), (status, path, drawn)
                    assert b"Traceback (most recent call last)" not in body, (path, drawn)

            hunt(attack, BY_SOCKET // len(paths))
            well, _ = _ask(server.port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert well == 200, "it does not answer any more"
            assert pids == {worker.pid for worker in server.workers()}, "a worker died"
        _tell("gunicorn (0: closed without an answer)", statuses, time.monotonic() - began)
        text = log.read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in text, text[-3000:]
        for path in Path(folder).rglob("*"):
            if path.is_file():
                held = path.read_bytes()
                assert not any(mark.encode() in held for mark in MARKS), path


def written(attack: Attack, path: str) -> bytes:
    """`attack` on `path` as bytes on the wire."""
    target = path.encode("utf-8", "surrogatepass") + (b"?" + attack.query if attack.query else b"")
    lines = [attack.method.encode() + b" " + target + b" HTTP/1.1"]
    headers = {"Host": "127.0.0.1", "Content-Type": attack.content_type, **dict(attack.headers)}
    if attack.chunked:
        headers["Transfer-Encoding"] = "chunked"
    else:
        headers["Content-Length"] = attack.length or str(len(attack.body))
    lines += [f"{name}: {value}".encode("latin-1", "replace") for name, value in headers.items()]
    body = attack.body
    if attack.chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    return b"\r\n".join((*lines, b"Connection: close", b"", body))


def _ask(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and answer; 0 where the connection was closed without one."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as asked:
        try:
            asked.sendall(request)
            asked.shutdown(socket.SHUT_WR)
            while part := asked.recv(65_536):
                answer += part
        except TimeoutError:
            raise
        except OSError:  # it was closed in the middle
            pass
    found = _STATUS.match(answer)
    return (int(found[1]) if found else 0), answer


if __name__ == "__main__":
    main()
