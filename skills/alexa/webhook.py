"""POST /alexa."""

import json
import logging
import re
from pathlib import Path

from ask_sdk_model.services.api_client import ApiClient
from flask import Blueprint, Response, abort, jsonify, request
from flask.blueprints import BlueprintSetupState
from limits import parse
from werkzeug.exceptions import RequestEntityTooLarge

from settings import Settings
from shared.feed.file_cache import ContentCache, FileCache
from shared.feed.redis_cache import RedisCache
from shared.outcomes import Busy
from shared.redis_link import connect
from shared.speech.say import say_outcome
from skills.alexa.certificates import SigningKeys
from skills.alexa.device_address import AlexaApi
from skills.alexa.sdk import (
    VERIFY_SIGNATURE_APP_CONFIG,
    VERIFY_TIMESTAMP_APP_CONFIG,
    SkillAdapter,
    VerificationException,
)
from skills.alexa.skill import build_skill, channel_of
from skills.alexa.turns import SPOKEN, locale_of
from skills.alexa.verifier import RequestVerifier
from web.admission import AdmissionRule, Pool, Refusal
from web.channels import HttpChannel, Service
from web.rate_limit import LimitKind, address_of

CHAIN = LimitKind("chain", parse("20 per 10 minutes"))
"""Certificates never seen before that one network address names. Amazon's servers name one, and
another one a few times a year; after that it is known."""

_REDIS_S = 0.2
"""Timeout of reading a stored chain; a fetch takes longer."""

TRYING_OUT = "trying-out"
"""Stands for the skill id in the SDK's list of skills where none is set."""

log = logging.getLogger(__name__)


def declare(settings: Settings) -> HttpChannel:
    """The skill: answers are spoken; Amazon wants unsigned requests answered with 400."""

    return HttpChannel(
        channel_of(settings.operator_number),
        ("/alexa",),
        blueprint,
        admission=(admission_rule(settings.operator_number),),
        machines=("/alexa",),
        title="Alexa",
        opened_by="ALEXA_SKILL_ID",
        opened=bool(settings.alexa_skill_id),
        refusals=frozenset({400, 401, 403}),
    )


def blueprint(
    service: Service, keys: SigningKeys | None = None, api: ApiClient | None = None
) -> Blueprint:
    """The skill's endpoint. `keys`: whose signatures count; None for Amazon's.

    Without ALEXA_SKILL_ID nothing is verified. With it a request that is not Amazon's, not for
    this skill, not of this moment, or not readable gets 400.
    """
    settings = service.settings
    skill_id = settings.alexa_skill_id

    def may_fetch() -> bool:
        return service.allow(CHAIN, address_of(request))

    keys = keys or SigningKeys(chains=_chains(settings))
    verifier = RequestVerifier(skill_id, keys, service.clock, may_fetch)
    adapter = _Adapter(
        skill=build_skill(service, api or AlexaApi()),
        skill_id=skill_id or TRYING_OUT,
        verifiers=[verifier] if skill_id else [],
    )
    skill = Blueprint("alexa", __name__)

    @skill.record_once
    def _register(setup: BlueprintSetupState) -> None:
        # The SDK's own verifiers stay off: ours does their work and refuses with 400, never 500.
        setup.app.config[VERIFY_SIGNATURE_APP_CONFIG] = False
        setup.app.config[VERIFY_TIMESTAMP_APP_CONFIG] = False
        adapter.init_app(setup.app)

    @skill.post("/alexa")
    def answer() -> Response:
        return adapter.dispatch_request()

    return skill


def _chains(settings: Settings) -> ContentCache:
    """Where verified chains are kept for all workers, and for the next start."""
    secret = settings.lasting_secret
    if settings.redis_url:
        return RedisCache(connect(settings.redis_url, _REDIS_S), "alexa", secret)
    return FileCache(Path(settings.data_dir), "alexa", secret)


def admission_rule(operator: str) -> AdmissionRule:
    """How Alexa's requests are admitted; the refusal is in the language of the speaker."""
    by_language = tuple(
        (re.compile(rb'"locale"\s*:\s*"' + locale[:2].encode()), _busy(operator, locale))
        for locale in SPOKEN
    )
    return AdmissionRule(
        "/alexa",
        _busy(operator, locale_of("")),
        in_conversation=True,
        by_language=by_language,
        pool=Pool.SKILL,
    )


def _busy(operator: str, locale: str) -> Refusal:
    speech = {"type": "PlainText", "text": say_outcome(Busy(operator), locale, keys=False)}
    body = {"version": "1.0", "response": {"outputSpeech": speech, "shouldEndSession": True}}
    return Refusal(json.dumps(body).encode(), "application/json")


class _Adapter(SkillAdapter):  # type: ignore[misc]  # flask-ask-sdk has no types
    """The SDK's adapter, which answers every request that it cannot read with 400.

    The SDK's own fails on a body that is not UTF-8, and writes a traceback into the log for each
    refusal, so that anybody could fill it.
    """

    def dispatch_request(self) -> Response:
        """The skill's answer to the request at hand; 400 for a bad one."""
        try:
            answer = self._webservice_handler.verify_request_and_dispatch(
                http_request_headers=request.headers,
                http_request_body=request.get_data().decode("utf-8"),
            )
        except (VerificationException, UnicodeDecodeError, RequestEntityTooLarge) as problem:
            log.info("refused a request to the Alexa skill: %s", problem)
            abort(400, "this is no request of Alexa's to this skill")
        return jsonify(answer)
