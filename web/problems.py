"""Error responses: a calm page in the client's language; RFC 9457 problem details for programs."""

import json
import logging

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from intents.contract import LOCALES
from web.faults import whereabouts
from web.labels import known, labels

TOLD = (404, 405, 413, 429, 500)
"""Statuses with a text in text/problem.*.yaml. Others go to programs, with the text of their
route."""

log = logging.getLogger(__name__)


MACHINES = "machines"
"""Key in app.extensions: prefixes of the paths whose clients are programs."""


def register(app: Flask, operator: str, machines: tuple[str, ...] = ()) -> None:
    """Register the error handlers of `app`; `operator`: the number to call instead.

    `machines`: prefixes of the paths whose clients are programs, not browsers.
    """
    app.extensions[MACHINES] = machines

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        return told(error, operator)

    @app.errorhandler(Exception)
    def failed(fault: Exception) -> ResponseReturnValue:
        place = request.endpoint or "nowhere"
        log.error("request failed endpoint=%s %s", place, whereabouts(fault))
        return told(InternalServerError(), operator)


def told(error: HTTPException, operator: str) -> ResponseReturnValue:
    """The response to `error`; `error` itself where it is not one of TOLD, a redirect for
    example."""
    if error.response is not None or error.code not in TOLD:
        return error
    lang = _language()
    words = labels("problem", lang)
    sentence = words[f"on_{error.code}"].format(operator=operator)
    if _wants_json():
        response = problem(error.code, error.name, sentence)
    else:
        page = render_template("problem.html", t=words, sentence=sentence, lang=lang)
        response = Response(page)
    response.status_code = error.code
    for name, value in error.get_headers():
        if name != "Content-Type":  # Allow, Retry-After
            response.headers[name] = value
    return response


def problem(status: int, title: str, detail: str, **more: object) -> Response:
    """An `application/problem+json` response; `detail`: a sentence that says what to do."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    text = json.dumps(told, ensure_ascii=False)
    return Response(text, status, content_type="application/problem+json")


def _wants_json() -> bool:
    machines: tuple[str, ...] = current_app.extensions.get(MACHINES, ())
    best = request.accept_mimetypes.best_match(("text/html", "application/json"))
    return best == "application/json" or request.is_json or request.path.startswith(machines)


def _language() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LOCALES else known(request.accept_languages.best_match(LOCALES) or "")
