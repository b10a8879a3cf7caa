"""What went wrong with a request, as RFC 9457 tells it."""

import json

from flask import Response

SENTENCES = {
    404: ("Not here", "There is nothing at this address; /api lists what there is."),
    405: ("Only read", "The answers can only be read: use GET."),
    429: ("Too many requests", "Ask again in a minute; /api/points.json holds everything at once."),
}
"""Status → title and detail of what is found before any route is reached."""


def problem(status: int, title: str, detail: str, **more: object) -> Response:
    """An `application/problem+json` answer; `detail` is a sentence that says what to do."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    text = json.dumps(told, ensure_ascii=False)
    response = Response(text, status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response
