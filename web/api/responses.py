"""The responses of the API: the age of the counts, an ETag, and how long caches may keep them."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2s

from flask import Response, abort, request

from shared.catalog import Snapshot
from shared.query import too_old
from web.api.points import make_points
from web.api.resources import about
from web.kept import Kept
from web.problems import problem

RETRY_SECONDS = 30
"""Retry-After of a service without data."""

_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""So that nothing in an answer looks like HTML, even to a client that ignores its type."""


class Answers:
    """Makes responses from the snapshot in use."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], datetime],
        seconds: int,
    ) -> None:
        self._snapshot = snapshot
        self._clock = clock
        self._public = f"public, max-age={seconds}"
        self._points = Kept(make_points)
        self._without_counts = Kept(partial(make_points, told=False))

    def asked(self) -> tuple[Snapshot, datetime]:
        """The snapshot in use and the time; ends the request with 503 where there is no
        snapshot."""
        current = self._snapshot()
        if current is None:
            response = problem(503, "No data", "There is no feed yet; ask again in a moment.")
            response.headers["Retry-After"] = str(RETRY_SECONDS)
            abort(response)
        return current, self._clock()

    def kept(self, current: Snapshot, now: datetime, facts: Mapping[str, object]) -> Response:
        """An answer that caches may keep for a while."""
        response = self.once(current, now, facts)
        mark = {**about(current, now), "age_seconds": 0, **facts}
        response.set_etag(_digest(as_json(mark)), weak=True)  # without the age: it always changes
        response.headers["Cache-Control"] = self._public
        response.make_conditional(request)
        return response

    def once(self, current: Snapshot, now: datetime, facts: Mapping[str, object]) -> Response:
        """An answer to somebody's words, which caches must not keep."""
        text = as_json({**about(current, now), **facts})
        return Response(text, content_type="application/json")

    def points(self) -> Response:
        """The GeoJSON of the snapshot; the same bytes to all until the next one."""
        current, now = self.asked()
        withheld = too_old(current, now)
        points = (self._without_counts if withheld else self._points).of(current)
        zipped = request.accept_encodings["gzip"] > 0
        response = Response(points.zipped if zipped else points.content)
        response.content_type = "application/geo+json"
        if zipped:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.set_etag(f"{points.version}-gzip" if zipped else points.version)
        if not withheld:  # a client that compares times alone must learn that they are withheld
            response.last_modified = min(current.source_time, now)
        response.headers["Cache-Control"] = self._public
        response.make_conditional(request)
        return response


def as_json(value: object) -> str:
    """Compact JSON in which nothing looks like HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_MARKUP)


def _digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=12).hexdigest()
