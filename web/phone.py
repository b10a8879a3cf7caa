"""The browser phone: a telephone on a page, for whoever has no number to dial, and for the deaf."""

import logging
from collections.abc import Mapping

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from conversation.sanitizing import keys_in, typed_keys, words_in
from settings import Settings
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.outcomes import NoData
from shared.places.telephone_numbers import area_code_of
from shared.speech.say import say_outcome
from web.admission import AdmissionRule
from web.channels import HttpChannel, Service
from web.faults import whereabouts
from web.labels import OWN_NAMES, known, labels
from web.rate_limit import ADDRESS, address_of
from web.seal import StateSeal

BODY_LIMIT = 64 * 1024
"""Bytes. A turn is a state of under 1,000 characters and the typed text."""


log = logging.getLogger(__name__)

STATIC = AdmissionRule("/phone/static/", None)
"""Always admitted: files cost next to nothing."""


def declare(settings: Settings) -> HttpChannel:
    """The browser phone, and every path that no other channel has: it stands last."""
    return HttpChannel(
        _channel(settings), ("/",), blueprint, admission=(STATIC,), machines=("/phone",)
    )


def _channel(settings: Settings) -> Channel:
    return Channel("browser", operator=settings.operator_number, keys=True)


def blueprint(service: Service) -> Blueprint:
    """`GET /`: the page; `POST /`: a turn of the page without scripts; `POST /phone`: a turn."""
    pages = Blueprint(
        "phone",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/phone/static",
    )
    seal = StateSeal(service.settings.secret_key, "browser")
    channel = _channel(service.settings)

    def take(words: dict[str, str]) -> tuple[State, Reply]:
        state = seal.open(words["state"]) if words["state"] else None
        typed = typed_keys(words["heard"])  # without scripts the keys can only be typed
        heard = "" if typed else words["heard"]
        turn = Utterance(
            text=heard,
            keys="" if heard else typed or keys_in(words["keys"]),
            opens=state is None,
            area_code=area_code_of(words["number"][:20]),
            locale=known(words["lang"]),
        )
        try:
            return service.conversation.take(state, turn, channel)
        except Exception as problem:
            log.error("turn failed channel=browser %s", whereabouts(problem))
            return State(locale=turn.locale), _calm(channel.operator, turn.locale)

    @pages.before_request
    def limit() -> None:
        request.max_content_length = BODY_LIMIT
        if request.endpoint != "phone.static" and not service.allow(ADDRESS, address_of(request)):
            raise TooManyRequests(retry_after=ADDRESS.seconds)

    @pages.get("/")
    def page() -> ResponseReturnValue:
        return _page(request.args.get("lang", ""), "", "")

    @pages.post("/")
    def plain_turn() -> ResponseReturnValue:
        words = _words(request.form.to_dict())
        state, reply = take(words)
        return _page(words["lang"], reply.text, seal.seal(state) if reply.listens else "")

    @pages.post("/phone")
    def turn() -> ResponseReturnValue:
        try:
            asked = request.get_json(silent=True)
        except RecursionError:  # 30,000 brackets
            asked = None
        state, reply = take(_words(asked if isinstance(asked, dict) else {}))
        return jsonify(
            state=seal.seal(state),
            text=reply.text,
            locale=reply.locale,
            listens=reply.listens,
            digits=reply.digits,
            rings=reply.rings,
            slow=reply.slow,
            outcome=type(reply.outcome).__name__,
        )

    return pages


def _calm(operator: str, locale: str) -> Reply:
    """Whom to call instead, and the end of the call."""
    outcome = NoData(operator)
    return Reply((outcome,), say_outcome(outcome, locale), locale=locale, listens=False)


_FIELDS = ("state", "heard", "keys", "number", "lang")


def _words(asked: Mapping[str, object]) -> dict[str, str]:
    """The fields of a turn, each a text without control characters, whatever was sent."""
    values = {field: asked.get(field, "") for field in _FIELDS}
    return {
        field: words_in(value) if isinstance(value, str) else "" for field, value in values.items()
    }


def _page(lang: str, answer: str, sealed: str) -> str:
    lang = known(lang)
    return render_template(
        "phone.html",
        t=labels("phone", lang),
        lang=lang,
        languages=OWN_NAMES,
        answer=answer,
        sealed=sealed,
    )
