"""`/operator`: the page for those who run the line, with its login and the data it draws."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.catalog import Snapshot
from web.admission import AdmissionRule
from web.kept import Body
from web.labels import OWN_NAMES, known, labels
from web.operator_data import PageData
from web.operator_login import PATH, Login
from web.operator_state import state_of
from web.problems import problem

BODY_LIMIT = 4096
"""Bytes. A password."""

SHARED = timedelta(seconds=1.5)
"""How long the figures are shared by those who look at the page. A full day's take some 40 ms to
add up, and workers flush their counts every two seconds anyhow."""

ADMISSION = (AdmissionRule(f"{PATH}/live.json", None), AdmissionRule(f"{PATH}/static", None))
"""Always admitted: monitoring must see a busy service answer."""

MACHINES = (f"{PATH}/live.json",)
"""Polled by the page's own script."""

_OPEN_TO_ALL = ("operator.login", "operator.log_in", "operator.static")


def blueprint(
    figures: Callable[[datetime], Mapping[str, Any]],
    snapshot: Callable[[], Snapshot | None],
    clock: Callable[[], datetime],
    session: Login,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Blueprint:
    """`GET /operator`: the page; below it the login, the live figures, and the data of the map.

    `titles`: channel → its name in every language, where the page's texts have none for it.
    """
    pages = Blueprint(
        "operator",
        __name__,
        url_prefix=PATH,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    drawn, latest = PageData(), _Latest(figures)

    @pages.before_request
    def authorise() -> ResponseReturnValue | None:
        request.max_content_length = BODY_LIMIT
        if request.endpoint in _OPEN_TO_ALL or session.is_open(request):
            return None
        if request.endpoint == "operator.page" and session.has_password:
            return redirect(url_for("operator.login", lang=request.args.get("lang")), 303)
        return _not_for_you(session)

    @pages.get("")
    def page() -> ResponseReturnValue:
        state = state_of(latest.at(clock()))
        return _page("operator.html", titles, state=state, session=session)

    @pages.get("/login")
    def login() -> ResponseReturnValue:
        return _page("operator_login.html", wrong="")

    @pages.post("/login")
    def log_in() -> ResponseReturnValue:
        if not session.may_try(request):
            return _page("operator_login.html", wrong="too_many"), 429
        if not session.knows(request.form.get("password", "")):
            return _page("operator_login.html", wrong="wrong"), 403
        response = redirect(url_for("operator.page", lang=request.args.get("lang")), 303)
        session.let_in(response, request)
        return response

    @pages.post("/logout")
    def log_out() -> ResponseReturnValue:
        response = redirect(url_for("operator.login", lang=request.args.get("lang")), 303)
        session.let_out(response, request)
        return response

    @pages.get("/live.json")
    def live() -> ResponseReturnValue:
        found = latest.at(clock())
        return jsonify(state=state_of(found), **found)

    @pages.get("/places.json")
    def places() -> ResponseReturnValue:
        return _sent(drawn.places, snapshot())

    @pages.get("/stock.json")
    def stock() -> ResponseReturnValue:
        return _sent(drawn.stock, snapshot())

    @pages.get("/notes.json")
    def notes() -> ResponseReturnValue:
        return _sent(drawn.notes, snapshot())

    return pages


class _Latest:
    """The figures, added up once for all who look at the same time."""

    def __init__(self, figures: Callable[[datetime], Mapping[str, Any]]) -> None:
        self._figures = figures
        self._kept: tuple[datetime, Mapping[str, Any]] | None = None

    def at(self, now: datetime) -> Mapping[str, Any]:
        """The figures of `now`, or of less than SHARED before."""
        kept = self._kept
        if kept is None or not timedelta() <= now - kept[0] < SHARED:
            kept = self._kept = now, self._figures(now)
        return kept[1]


def _page(template: str, titles: Mapping[str, str] = MappingProxyType({}), **values: object) -> str:
    lang = known(request.args.get("lang", ""))
    words = labels("operator", lang)
    words = {**words, "channels": {**titles, **words["channels"]}}
    return render_template(template, t=words, lang=lang, languages=OWN_NAMES, **values)


def _sent(made: Callable[[Snapshot], Body], current: Snapshot | None) -> ResponseReturnValue:
    """The body, or 304 to a browser that has it; every browser that runs the page reads gzip."""
    if current is None:
        return problem(503, "No data", "There is no feed yet; ask again in a moment.")
    body = made(current)
    response = Response(body.zipped, mimetype="application/json")
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(body.version)
    return response.make_conditional(request)


def _not_for_you(session: Login) -> ResponseReturnValue:
    if session.has_password:
        return problem(401, "Not logged in", f"Log in at {PATH}/login.")
    return problem(403, "Not from here", "OPERATOR_PASSWORD is not set: only this machine may see.")
