"""`GET /metrics` for Prometheus: from this machine, or with the operator's password."""

import hmac
from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from web.guard import is_trying_out

USER = "operator"


def blueprint(page: Callable[[], bytes], password: str, public_url: str) -> Blueprint:
    """`page`: the metrics as text; `password`: by HTTP Basic; "" serves this machine only."""
    pages = Blueprint("metrics", __name__)

    @pages.get("/metrics")
    def metrics() -> ResponseReturnValue:
        if not _may_read(password, public_url):
            return Response(status=401, headers={"WWW-Authenticate": 'Basic realm="metrics"'})
        return Response(page(), content_type=CONTENT_TYPE_LATEST)

    return pages


def _may_read(password: str, public_url: str) -> bool:
    if not password:
        return is_trying_out(request, public_url)
    given = request.authorization
    if given is None or given.type != "basic" or given.username != USER:
        return False
    return hmac.compare_digest((given.password or "").encode(), password.encode())
