"""The routes of `/api`: page and document, points, districts, pharmacies, and what was said."""

from itertools import islice

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from settings import Settings
from shared.catalog import Location
from shared.dialog.values import Channel, Utterance
from shared.hours import has_stopped
from shared.names.index import index_of
from shared.names.resolve import resolve
from shared.places.districts import all_districts
from shared.query import find_pharmacies, nearest, too_old
from shared.query.near import points_of
from web.admission import AdmissionRule, Refusal
from web.api import asked
from web.api.document import document, follow, values_of
from web.api.resources import district_facts, left_by_district, pharmacy_facts, walk_facts
from web.api.responses import Answers, as_json
from web.channels import HttpChannel, Service
from web.kept import Kept
from web.problems import problem, told
from web.rate_limit import API, address_of

PREFIX = "/api"

READS = "GET, HEAD, OPTIONS"

FAULTS = {
    404: ("Not here", "There is nothing at this address; /api lists what there is."),
    405: ("Only read", "The answers can only be read: use GET."),
    429: ("Too many requests", "Ask again in a minute; /api/points.json holds everything at once."),
}
"""Status → title and detail for programs, where they differ from those of a page."""

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": READS,
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}

_BUSY = Refusal(
    problem(503, "Busy", "Too many are asking; ask again in a moment.").get_data(),
    "application/problem+json",
    "503 Service Unavailable",
    tuple(_HEADERS.items()),
)

ADMISSION = (
    AdmissionRule(f"{PREFIX}/static/", None),
    AdmissionRule(f"{PREFIX}/", _BUSY, by_address=True),
    AdmissionRule("/json/", _BUSY, by_address=True),
)

_PROGRAMS = (f"{PREFIX}/", "/json/")
"""Prefixes of the paths whose clients read JSON."""


def declare(settings: Settings) -> HttpChannel:
    """The API."""
    return HttpChannel(
        _channel(settings),
        (PREFIX, "/json/"),
        blueprint,
        admission=ADMISSION,
        machines=_PROGRAMS,
    )


def _channel(settings: Settings) -> Channel:
    return Channel("api", operator=settings.operator_number)


def blueprint(service: Service) -> Blueprint:
    """`GET /api` and all below it; caches may keep an answer as long as a feed lasts."""
    pages = Blueprint(
        "api",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path=f"{PREFIX}/static",
    )
    answers = Answers(service.snapshot, service.clock, service.settings.feed_seconds)
    _frame(pages, service)
    _districts(pages, answers)
    _pharmacies(pages, answers)
    _words(pages, answers, service)
    return pages


def _frame(pages: Blueprint, service: Service) -> None:
    """The page, its OpenAPI document, and what all routes share: limit, headers, errors."""

    @pages.before_request
    def limit() -> None:
        if not service.allow(API, address_of(request)):
            response = problem(429, *FAULTS[429])
            response.headers["Retry-After"] = str(API.seconds)
            abort(response)

    @pages.after_request
    def guard(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    @pages.app_errorhandler(404)
    @pages.app_errorhandler(405)
    def plainly(error: HTTPException) -> ResponseReturnValue:
        """Errors that are raised before any route of this blueprint is reached."""
        if error.code not in FAULTS or not request.path.startswith(_PROGRAMS):
            return told(error, service.settings.operator_number)
        response = problem(error.code, *FAULTS[error.code])
        response.headers.update(_HEADERS)
        if error.code == 405:
            response.headers["Allow"] = READS
        return response

    pages.add_app_template_filter(follow)
    pages.add_app_template_filter(values_of)

    @pages.get(PREFIX)
    def page() -> ResponseReturnValue:
        return render_template("api.html", api=document())

    @pages.get(f"{PREFIX}/openapi.json")
    def openapi() -> ResponseReturnValue:
        return Response(as_json(document()), content_type="application/json")


def _districts(pages: Blueprint, answers: Answers) -> None:
    left_in = Kept(left_by_district)

    @pages.get(f"{PREFIX}/points.json")
    @pages.get("/json/points.json")  # where a map of 2020 looks that is served from here
    def points() -> ResponseReturnValue:
        return answers.points()

    @pages.get(f"{PREFIX}/v1/districts")
    def districts() -> ResponseReturnValue:
        current, now = answers.asked()
        left = {} if too_old(current, now) else left_in.of(current)
        told = [district_facts(one, current, left.get(one)) for one in all_districts()]
        return answers.kept(current, now, {"districts": told})

    @pages.get(f"{PREFIX}/v1/districts/<name>")
    def one_district(name: str) -> ResponseReturnValue:
        district = asked.district(name)
        current, now = answers.asked()
        left = {} if too_old(current, now) else left_in.of(current)
        return answers.kept(current, now, district_facts(district, current, left.get(district)))


def _pharmacies(pages: Blueprint, answers: Answers) -> None:
    @pages.get(f"{PREFIX}/v1/pharmacies")
    def pharmacies() -> ResponseReturnValue:
        district = asked.district(request.args.get("district", ""))
        seed = asked.given("seed")
        current, now = answers.asked()
        product = asked.product(current)
        if too_old(current, now):
            found = current.catalog.by_district.get(district, ())
        else:
            found = find_pharmacies(current, district, product, current.now(now), seed=seed)
        told = [pharmacy_facts(one, current, now) for one in found]
        facts = {"district": district.key, "product": product.id, "pharmacies": told}
        return answers.kept(current, now, facts)

    @pages.get(f"{PREFIX}/v1/pharmacies/<identity>")
    def one_pharmacy(identity: str) -> ResponseReturnValue:
        current, now = answers.asked()
        found = current.catalog.by_id.get(identity)
        if found is None:
            asked.missing("No pharmacy of this feed has that 醫事機構代碼 (10 characters).")
        return answers.kept(current, now, pharmacy_facts(found, current, now))

    @pages.get(f"{PREFIX}/v1/nearest")
    def nearest_to() -> ResponseReturnValue:
        latitude, longitude = asked.given("lat"), asked.given("lon")
        here, limit = Location(longitude, latitude), asked.given("limit")
        current, now = answers.asked()
        product = asked.product(current)
        points, any_will_do = points_of(current.catalog), too_old(current, now)
        near, today = nearest(current.catalog, here, len(points)), current.now(now).date()
        fit = (
            one
            for one in near
            if any_will_do
            or (current.left(one, product) > 0 and not has_stopped(one, product, today))
        )
        told = [
            pharmacy_facts(one, current, now) | walk_facts(here, points[one.id])
            for one in islice(fit, limit)
        ]
        return answers.kept(current, now, {"product": product.id, "pharmacies": told})


def _words(pages: Blueprint, answers: Answers, service: Service) -> None:
    channel = _channel(service.settings)

    @pages.get(f"{PREFIX}/v1/resolve")
    def resolve_heard() -> ResponseReturnValue:
        heard = asked.given("heard")
        current, now = answers.asked()
        return answers.once(current, now, resolve(heard, index_of(current.catalog)).plain())

    @pages.get(f"{PREFIX}/v1/ask")
    def ask() -> ResponseReturnValue:
        question = asked.given("q")
        turn = Utterance(text=question, opens=True, locale=asked.given("lang"))
        current, now = answers.asked()
        _, reply = service.conversation.take(None, turn, channel)
        outcome = type(reply.outcome).__name__
        facts = {"text": reply.text, "locale": reply.locale, "outcome": outcome}
        return answers.once(current, now, facts)
