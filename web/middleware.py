"""Headers of every response, limits of every request, whichever channel answers.

Call `wrap(app)` once, when everything else is mounted: it wraps admission control too, so that a
refusal has the same headers as an answer.
"""

from collections.abc import Iterable
from string import punctuation
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web import problems
from web.admission import BODY_LIMIT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "microphone=(self), camera=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    # Nearly every response carries the state of a conversation, or is outdated soon; those that
    # may be kept say so themselves.
    ("Cache-Control", "no-store"),
)
"""Added where a response has none of that name (OWASP, HTTP Headers Cheat Sheet)."""

HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""A year, where PUBLIC_URL is https. Not of the subdomains: they are not ours to promise."""


def wrap(
    app: Flask,
    operator: str,
    public_url: str = "",
    proxies: int = 0,
    machines: tuple[str, ...] = (),
) -> None:
    """Put the middleware around `app`. `proxies`: how many in front of it write X-Forwarded-For.

    `machines`: prefixes of the paths whose clients are programs, not browsers.
    """
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    problems.register(app, operator, machines)
    wrapped: WSGIApplication = _ResponseHeaders(
        app.wsgi_app, secure=public_url.startswith("https://")
    )
    if proxies:
        # Not x_host: our address is PUBLIC_URL, and web/access.py must see the real Host.
        wrapped = ProxyFix(wrapped, x_for=proxies, x_proto=proxies, x_host=0)
    app.wsgi_app = wrapped  # type: ignore[assignment,method-assign]  # as Flask's documentation has it


class _ResponseHeaders:
    """A WSGI application that adds headers to the responses of another one."""

    def __init__(self, application: "WSGIApplication", *, secure: bool) -> None:
        self._application = application
        self._headers = {name.lower(): (name, value) for name, value in HEADERS}
        if secure:
            self._headers[HSTS[0].lower()] = HSTS

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *info: Any) -> Any:
            there = {name.lower() for name, _ in headers}
            headers += [pair for name, pair in self._headers.items() if name not in there]
            return start_response(status, headers, *info)

        query = environ.get("QUERY_STRING", "")
        # WSGI decodes bytes as Latin-1; werkzeug fails on these, and on a line break where it
        # redirects.
        if not (query.isascii() and query.isprintable()):
            environ["QUERY_STRING"] = quote(query.encode("latin-1"), safe=punctuation)
        return self._application(environ, start)
