"""A feed on the loopback address that is as large as the real one and changes all the time."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shared.clock import TAIPEI
from shared.feed.demo import demo_feed

COPIES = 5
"""The demo feed invents some 1,440 pharmacies; with four more of each they are 7,200, and the feed
of 2020-03-03 has 6,588."""

CATALOGUE = 4
"""Renewals of which one brings other pharmacies."""

_SECOND = "甲乙丙丁"


@dataclass
class FeedServer:
    """The running server."""

    url: str
    renewals: int = 0
    """how often the file was fetched anew"""
    lock: threading.Lock = field(default_factory=threading.Lock)


@cache
def _rows() -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Titles and rows of the demo feed at a quiet hour, and copies with names of their own."""
    noon = datetime(2020, 3, 3, 12, tzinfo=TAIPEI)
    content, _ = demo_feed(noon)
    titles, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    every = [tuple(row) for row in rows]
    for copy, letter in enumerate(_SECOND[: COPIES - 1], start=1):
        for id_, name, *rest in rows:
            every.append((f"{99 - copy}{id_[2:]}", name[0] + letter + name[2:], *rest))
    return tuple(titles), tuple(every)


def file_at(renewal: int, now: datetime) -> bytes:
    """The whole file after so many renewals: other counts, and now and then other pharmacies.

    Those make a new catalogue, and everything that is derived from it, some of which is kept for
    the last four catalogues; so the warm-up must see more of them than that.
    """
    titles, rows = _rows()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    stamp = now.strftime("%Y/%m/%d %H:%M:%S")
    gone = renewal // CATALOGUE % len(rows)
    for number, row in enumerate(rows):
        if number != gone:
            left = (number * 7 + renewal * 3) % 200
            writer.writerow((*row[:4], left, left // 3, stamp))
    return text.getvalue().encode("utf-8-sig")


def alike_at(renewal: int, now: datetime) -> bytes:  # noqa: ARG001  as file_at
    """The whole file with the one count that `now` has everywhere: a mixture of two is seen."""
    titles, rows = _rows()
    stamp = now.strftime("%Y/%m/%d %H:%M:%S")
    left = left_at(now)
    lines = [",".join((*row[:4], str(left), str(left), stamp)) for row in rows]
    return "\r\n".join((",".join(titles), *lines, "")).encode("utf-8-sig")


def left_at(moment: datetime) -> int:
    """The count in `alike_at`: another one each second, never none."""
    return 20 + int(moment.timestamp()) % 180


def how_many() -> int:
    """Pharmacies in `alike_at`."""
    _, rows = _rows()
    return len(rows)


@contextmanager
def renewing(file: Callable[[int, datetime], bytes] = file_at) -> Iterator[FeedServer]:
    """Serve a new `file` to each who asks, for as long as the block lasts."""
    source = FeedServer("")

    class _Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with source.lock:
                source.renewals += 1
                renewal = source.renewals
            body = file(renewal, datetime.now(TAIPEI) - timedelta(seconds=2))
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    source.url = f"http://127.0.0.1:{server.server_port}/masks.csv"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
