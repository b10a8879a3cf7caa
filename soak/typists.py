"""Typists who keep the service busy within their limits, while calls go on.

Four network addresses send the heaviest texts that were found, ten a second each, to whatever
understands a text; a fifth has many connections open. The telephone's turns, of which most are
spoken, are timed without them and with them, in turn, on the same core.
"""

import argparse
import json
import os
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from bench import spoken
from bench.callers import questions
from bench.offered import Offered, offer
from bench.serving import Server, serving

MOST = 3.0
"""99 % of the turns within so many times what it takes without typists."""

ROUNDS = 3
SECONDS = 8.0
CALLS = 12.0
"""A second: some 90 turns, a sixth of what a core carries."""

ADDRESSES = ("203.0.113.7", "203.0.113.8", "198.51.100.9", "2001:db8:7::1")
A_SECOND = 10

TEXTS = (
    "district " * 56,
    "zhong shan " * 40,
    "daan " * 200,
    "大安區板橋區" * 90,
    "區" * 4_000,
    "我要找大安區健安藥局不要中和區" * 40,
    "106 " * 9_000,
    "一" * 80_000,
)
"""Of the attack of issue 16, and the slowest that were found in the understanding that followed."""

OPEN = 200
"""Connections that a fifth one leaves standing."""

_HALF = b"POST /phone HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{"


def main(arguments: Sequence[str] = ()) -> None:
    """Print both; RuntimeError where a turn failed or the typists cost too much."""
    parser = argparse.ArgumentParser(prog="python -m soak.typists")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each part of a round")
    parser.add_argument("--calls", type=float, default=CALLS, help="that come in a second")
    given = parser.parse_args(arguments)
    asked = questions(spoken.catalog())
    quiet, troubled, typed = tried(asked, given.seconds, given.calls)
    ratio = median(it.percentile(0.99) for it in troubled) / median(
        it.percentile(0.99) for it in quiet
    )
    _tell("quiet", quiet)
    _tell("with typists", troubled)
    print(f"typists were answered: {dict(sorted(typed.items()))}")
    print(f"99 % of the turns: × {ratio:.2f} (at most {MOST:g})")
    lost = [why for it in (*quiet, *troubled) for why in it.failed]
    if lost or any(it.busy for it in troubled) or ratio > MOST:
        raise RuntimeError(f"typists cost the telephone too much {lost[:3]}")


def tried(
    asked: Sequence[str], seconds: float, calls: float, rounds: int = ROUNDS
) -> tuple[list[Offered], list[Offered], Counter[int]]:
    """The turns without typists, and with them, round after round; what typists were answered."""
    cores = sorted(os.sched_getaffinity(0))
    served, calling = set(cores[: len(cores) // 2 or 1]), set(cores[len(cores) // 2 :])
    quiet, troubled, typed = [], [], Counter[int]()
    before = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "TRUSTED_PROXIES": "1", "DIALOGFLOW_TOKEN": "typists"}
        with serving(environment=environment, cores=served) as server:
            os.sched_setaffinity(0, calling)
            try:
                offer(server.base, asked, calls, 2)  # what is loaded once is loaded
                for _ in range(rounds):
                    quiet.append(offer(server.base, asked, calls, seconds))
                    with _typing(server, typed):
                        troubled.append(offer(server.base, asked, calls, seconds))
            finally:
                os.sched_setaffinity(0, before)
    return quiet, troubled, typed


@contextmanager
def _typing(server: Server, answered: Counter[int]) -> Iterator[None]:
    """All of them, for the block."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=_type, args=(server, address, stop, answered))
        for address in ADDRESSES
    ]
    standing = [_standing(server) for _ in range(OPEN)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for one in standing:
            one.close()


def _standing(server: Server) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    one.sendall(_HALF)
    return one


def _type(server: Server, address: str, stop: threading.Event, answered: Counter[int]) -> None:
    """Ten a second, whatever is answered."""
    number, due = 0, time.monotonic()
    while not stop.is_set():
        due += 1 / A_SECOND
        text = TEXTS[number % len(TEXTS)]
        request = _dialogflow(text, address) if number % 3 == 0 else _phone(text, address)
        answered[_sent(server.port, request)] += 1
        number += 1
        stop.wait(max(0.0, due - time.monotonic()))


def _phone(text: str, address: str) -> bytes:
    return _request("/phone", {"heard": text}, address)


def _dialogflow(text: str, address: str) -> bytes:
    asked = {"queryText": text, "languageCode": "zh-TW", "intent": {"displayName": "ask"}}
    return _request("/dialogflow", {"session": address, "queryResult": asked}, address)


def _request(path: str, asked: object, address: str) -> bytes:
    body = json.dumps(asked, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {address}\r\n"
        "X-Dialogflow-Token: typists\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def _sent(port: int, request: bytes) -> int:
    """The status; 0 for none."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
            one.sendall(request)
            found = one.recv(64).split(b" ", 2)
            while one.recv(65_536):
                pass
        return int(found[1])
    except (OSError, IndexError, ValueError):
        return 0


def _tell(what: str, found: Sequence[Offered]) -> None:
    for it in found:
        print(
            f"{what}: {it.rate:.0f} turns/s, median {it.percentile(0.5) * 1e3:.1f} ms, 99 % within "
            f"{it.percentile(0.99) * 1e3:.1f} ms, busy {len(it.busy)}, failed {len(it.failed)}",
            flush=True,
        )


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
