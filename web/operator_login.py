"""The login of the operator's page: a password, a signed cookie, and a limit of tries.

The cookie holds no secret. It is signed with the service's key and the password together, so that
a new password ends every session, and any worker with the same key accepts it. Sessions that were
logged out are counted like tries, for all workers and hosts, so that a copied cookie ends too.
"""

import hashlib
import hmac
import secrets

from flask import Request
from itsdangerous import BadData, URLSafeTimedSerializer
from limits import parse
from werkzeug import Response

from web.access import is_trying_out
from web.network import SITE_BITS, network_of
from web.rate_limit import LimitKind, Limits

COOKIE = "operator"
_SESSION_BYTES = 12
PATH = "/operator"

LIFETIME_SECONDS = 12 * 3600
"""A session lasts a long shift."""

TRY = LimitKind("login", parse("10 per 10 minutes"))
"""Passwords that are checked, of one network address; of IPv6 the network of a whole site, which
has 65,536 networks of a household. Ten leave room for typing errors; a stranger has 1,440 a day,
and six small letters have 300 million combinations."""

ENDED = LimitKind("ended", parse("1 per 12 hours"))
"""Sessions that were logged out, for LIFETIME_SECONDS."""

THIS_MACHINE = "loopback"
"""The key under which tries from this machine are counted: a proxy that TRUSTED_PROXIES does not
count has its address too."""


class Login:
    """Opens the page to those who know the password; without one, to this machine only."""

    def __init__(self, password: str, secret_key: str, public_url: str, limits: Limits) -> None:
        self.has_password = bool(password)
        self._public_url = public_url
        self._password = _digest(password)
        self._serializer = URLSafeTimedSerializer(
            secret_key + self._password.hex(), salt="operator.session"
        )
        self._limits = limits

    def is_open(self, request: Request) -> bool:
        """Whether the sender of `request` may see the page."""
        if not self.has_password:
            return is_trying_out(request, self._public_url)
        session = self._session(request)
        return bool(session) and self._limits.has_left(ENDED, session)

    def _session(self, request: Request) -> str:
        """The id in the cookie; "" where it was not signed here, or is too old."""
        cookie = request.cookies.get(COOKIE, "")
        try:
            return str(self._serializer.loads(cookie, max_age=LIFETIME_SECONDS))
        except BadData:
            return ""

    def may_try(self, request: Request, kind: LimitKind = TRY) -> bool:
        """Whether the sender may try another password; the try is counted."""
        network = network_of(request.remote_addr or "", SITE_BITS)
        return self._limits.allow(kind, network or THIS_MACHINE)

    def knows(self, password: str) -> bool:
        """Whether this is the password, compared in constant time."""
        return self.has_password and hmac.compare_digest(_digest(password), self._password)

    def let_in(self, response: Response, request: Request) -> None:
        """Set the cookie of a new session in `response`."""
        response.set_cookie(
            COOKIE,
            str(self._serializer.dumps(secrets.token_urlsafe(_SESSION_BYTES))),
            max_age=LIFETIME_SECONDS,
            path=PATH,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure or self._public_url.startswith("https://"),
        )

    def let_out(self, response: Response, request: Request) -> None:
        """End the session, also for copies of its cookie."""
        if session := self._session(request):
            self._limits.allow(ENDED, session)
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()
