"""`/healthz`, `/readyz` and `/metrics`: what monitoring asks of the service."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from limits import parse
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from werkzeug.exceptions import TooManyRequests

from shared.catalog import Snapshot
from shared.query import too_old
from web.admission import AdmissionRule
from web.operator_login import Login
from web.rate_limit import LimitKind

ADMISSION = tuple(AdmissionRule(path, None) for path in ("/healthz", "/readyz", "/metrics"))
"""Always admitted: monitoring must see a busy service answer."""

USER = "operator"

READ = LimitKind("metrics", parse("30 per minute"))
"""Requests of one network address, where there is a password. Prometheus asks every 15 s; who
guesses the password has 43,200 tries a day, and six small letters have 300 million combinations."""


def blueprint(
    snapshot: Callable[[], Snapshot | None],
    clock: Callable[[], datetime],
    metrics_page: Callable[[], bytes],
    login: Login,
) -> Blueprint:
    """`GET /healthz`: 200 while the process answers. `GET /readyz`: 200 with a usable snapshot.
    `GET /metrics`: from this machine, or with the operator's password by HTTP Basic.

    `metrics_page`: the metrics as text.
    """
    pages = Blueprint("monitoring", __name__)

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

    @pages.get("/metrics")
    def metrics() -> ResponseReturnValue:
        if login.has_password and not login.may_try(request, READ):
            raise TooManyRequests(retry_after=READ.seconds)
        if not _may_read(login):
            return Response(status=401, headers={"WWW-Authenticate": 'Basic realm="metrics"'})
        return Response(metrics_page(), content_type=CONTENT_TYPE_LATEST)

    return pages


def _may_read(login: Login) -> bool:
    if not login.has_password:
        return login.is_open(request)
    given = request.authorization
    if given is None or given.type != "basic" or given.username != USER:
        return False
    return login.knows(given.password or "")
