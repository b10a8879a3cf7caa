"""`/healthz` and `/readyz`: whether the service is alive, and whether it has a usable snapshot."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.catalog import Snapshot
from shared.query import too_old
from web.admission import AdmissionRule

ADMISSION = tuple(AdmissionRule(path, None) for path in ("/healthz", "/readyz", "/metrics"))
"""Always admitted: monitoring must see a busy service answer."""


def blueprint(snapshot: Callable[[], Snapshot | None], clock: Callable[[], datetime]) -> Blueprint:
    """`GET /healthz`: 200 while the process answers. `GET /readyz`: 200 with a usable snapshot."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return {"status": "alive"}

    @pages.get("/readyz")
    def readyz() -> ResponseReturnValue:
        current, now = snapshot(), clock()
        if current is None:
            return {"status": "no data"}, 503
        age = (current.now(now) - current.source_time).total_seconds()
        facts = {
            "feed": current.feed,
            "demo": current.demo,
            "recorded": current.recorded,
            "source_time": current.source_time.isoformat(),
            "age_seconds": round(age),
            "pharmacies": len(current.catalog.pharmacies),
        }
        if too_old(current, now):
            return {"status": "data too old", **facts}, 503
        return {"status": "ready", **facts}

    return pages
