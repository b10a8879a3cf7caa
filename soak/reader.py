"""One who looks all the time whether a snapshot is whole: in answers, and on the disk."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.feed.file_cache import FileCache
from shared.feed.parse import parse_feed
from soak.feed_server import how_many, left_at
from soak.patient import exchange

SECRET = "soak"  # noqa: S105  made up
"""Of the service that is looked at; it signs what it keeps on the disk."""

_EVERY_S = 0.5


class Reader:
    """Looks in a thread of its own."""

    def __init__(self, base: str, feed: str, directory: Path) -> None:
        self._base = base
        self._cache = FileCache(directory, feed, SECRET)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.looks = 0
        self.halves: list[str] = []
        """what was seen that is not one whole snapshot"""

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def ready(self) -> bool:
        """Whether the service answers now, with a snapshot of all pharmacies."""
        state = self._get("/readyz")
        if not state:
            return False
        if state["pharmacies"] != how_many():
            self.halves.append(f"{state['pharmacies']} pharmacies")
        return True

    def _run(self) -> None:
        while not self._stop.wait(_EVERY_S):
            answer = self._get("/api/v1/pharmacies?district=106")
            if answer:
                self._look(answer)
            self._look_at_disk()

    def _look(self, answer: Mapping[str, Any]) -> None:
        self.looks += 1
        left = left_at(datetime.fromisoformat(answer["source_time"]))
        told = {count for one in answer["pharmacies"] for count in one["left"].values()}
        if told != {left}:
            self.halves.append(f"counts {sorted(told)} where {left} was expected")

    def _look_at_disk(self) -> None:
        self.looks += 1
        content = self._cache.kept("feed")
        if content is None:
            self.halves.append("the kept file is damaged")
            return
        snapshot = parse_feed(content).snapshot
        left = left_at(snapshot.source_time)
        told = {count for stock in snapshot.stocks.values() for count in stock.values()}
        if told != {left} or len(snapshot.stocks) != how_many():
            self.halves.append(f"kept: counts {sorted(told)}, {len(snapshot.stocks)} pharmacies")

    def _get(self, path: str) -> Mapping[str, Any] | None:
        """What the service says as JSON; None where it says nothing just now."""
        host = self._base.removeprefix("http://")
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        try:
            found: Mapping[str, Any] = json.loads(exchange(self._base, request))
        except (OSError, RuntimeError):
            return None
        return found
