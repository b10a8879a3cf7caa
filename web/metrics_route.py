"""`GET /metrics` for Prometheus: from this machine, or with the operator's password."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from limits import parse
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from werkzeug.exceptions import TooManyRequests

from web.operator_login import Login
from web.rate_limit import LimitKind

USER = "operator"

READ = LimitKind("metrics", parse("30 per minute"))
"""Requests of one network address, where there is a password. Prometheus asks every 15 s; who
guesses the password has 43,200 tries a day, and six small letters have 300 million combinations."""


def blueprint(page: Callable[[], bytes], login: Login) -> Blueprint:
    """`page`: the metrics as text; `login`: who may see them, its password by HTTP Basic."""
    pages = Blueprint("metrics", __name__)

    @pages.get("/metrics")
    def metrics() -> ResponseReturnValue:
        if login.has_password and not login.may_try(request, READ):
            raise TooManyRequests(retry_after=READ.seconds)
        if not _may_read(login):
            return Response(status=401, headers={"WWW-Authenticate": 'Basic realm="metrics"'})
        return Response(page(), content_type=CONTENT_TYPE_LATEST)

    return pages


def _may_read(login: Login) -> bool:
    if not login.has_password:
        return login.is_open(request)
    given = request.authorization
    if given is None or given.type != "basic" or given.username != USER:
        return False
    return login.knows(given.password or "")
