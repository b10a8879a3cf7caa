"""Whether a request was sent by Alexa, for this skill, just now."""

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.context import Context
from ask_sdk_model.interfaces.system.system_state import SystemState
from ask_sdk_model.request_envelope import RequestEnvelope
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skills.alexa.certificates import MayFetch, SigningKeys
from skills.alexa.sdk import AbstractVerifier, VerificationException

TOLERANCE = timedelta(seconds=150)
"""Amazon: refuse a request whose timestamp is more than 150 seconds off."""

EVENT_TOLERANCE = timedelta(hours=1)
"""Amazon: skill events are sent again for up to an hour, with their first timestamp."""

_EVENTS = "AlexaSkillEvent."


class RequestVerifier(AbstractVerifier):
    """Passes what Amazon signed within the last 150 seconds for this skill; refuses the rest."""

    def __init__(
        self,
        skill_id: str,
        keys: SigningKeys,
        clock: Callable[[], datetime],
        may_fetch: MayFetch = lambda: True,
    ) -> None:
        """`clock`: the time now, aware; `may_fetch`: whether for the request at hand."""
        self._skill_id = skill_id
        self._keys = keys
        self._clock = clock
        self._may_fetch = may_fetch

    def verify(
        self,
        headers: Mapping[str, str],
        serialized_request_env: str,
        deserialized_request_env: RequestEnvelope,
    ) -> None:
        """Return for a good request; VerificationException, which becomes 400, for any other."""
        now = self._clock()
        # Cheap checks first: a sender who does not know the skill's id has no certificate fetched.
        check_skill(deserialized_request_env, self._skill_id)
        check_time(deserialized_request_env, now)
        self._check_signature(headers, serialized_request_env.encode(), now)

    def _check_signature(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        try:
            signature = base64.b64decode(headers.get("Signature-256", ""), validate=True)
            if not signature:
                raise VerificationException("the request is not signed")
            url = headers.get("SignatureCertChainUrl", "")
            key = self._keys.key_of(url, now, self._may_fetch)
            key.verify(signature, body, PKCS1v15(), SHA256())
        except (binascii.Error, ValueError) as problem:
            raise VerificationException("the signature is no base64") from problem
        except InvalidSignature as problem:
            raise VerificationException("the signature belongs to another request") from problem


def check_skill(envelope: RequestEnvelope, skill_id: str) -> None:
    """VerificationException unless every part of the request that names a skill names ours."""
    system = getattr(envelope.context, "system", None)
    named = {
        getattr(getattr(part, "application", None), "application_id", None)
        for part in (system, envelope.session)
        if part is not None
    }
    if named != {skill_id}:
        raise VerificationException("the request is for another skill")


def check_time(envelope: RequestEnvelope, now: datetime) -> None:
    """VerificationException where the request is older, or newer, than Amazon allows."""
    request = envelope.request
    sent = request.timestamp if request else None
    if not isinstance(sent, datetime):
        raise VerificationException("the request has no timestamp")
    if sent.tzinfo is None:
        sent = sent.replace(tzinfo=UTC)
    event = str(request and request.object_type).startswith(_EVENTS)
    if abs(now - sent) > (EVENT_TOLERANCE if event else TOLERANCE):
        raise VerificationException("the request is too old, or ahead of the time")


class StrictSerializer(DefaultSerializer):
    """The SDK's serializer, for which a request it cannot read is a bad request and no fault."""

    def deserialize(self, payload: str | None, obj_type: Any) -> Any:
        """As the SDK does, but VerificationException (400) for a malformed or unknown request."""
        if obj_type is not RequestEnvelope:
            return super().deserialize(payload, obj_type)
        try:
            envelope = super().deserialize(payload, obj_type)
        except Exception as problem:  # the SDK raises AttributeError, TypeError … beside its own
            raise VerificationException("the request cannot be read") from problem
        request = getattr(envelope, "request", None)
        if not isinstance(getattr(request, "object_type", None), str):
            raise VerificationException("the request has no type")
        if getattr(envelope, "context", None) is None:  # six of Amazon's examples; the SDK wants it
            session = envelope.session
            state = SystemState(
                application=session.application if session else None,
                user=session.user if session else None,
            )
            envelope.context = Context(system=state)
        return envelope
