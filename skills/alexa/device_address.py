"""Where the speaker is, as its owner entered it in the Alexa app.

Amazon's Device Address API: the full address where the owner allows it, else country and postal
code, else 403 for both, and then the skill shows the card that asks for the permission.
"""

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import requests
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse
from ask_sdk_model.services.service_exception import ServiceException

from shared.dialog.values import Hint, Utterance
from shared.places.districts import by_postal_code

PERMISSION = "read::alexa:device:all:address"
"""The permission that the skill's manifest lists and the card asks for."""

API_SECONDS = 2.0
"""Timeout of a request; there may be two, and Alexa waits 8 s in all."""

_FORBIDDEN = (401, 403)
_LINES = ("state_or_region", "city", "district_or_county", "address_line1", "address_line2")
_AMAZON = ".amazonalexa.com"

log = logging.getLogger(__name__)


class NotPermitted(Exception):  # noqa: N818  # said by the owner, and no error
    """The owner does not allow the skill to read the speaker's address."""


class AlexaApi(ApiClient):
    """The SDK's client of Amazon's services, with a timeout, and restricted to Amazon's hosts."""

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Send `request`; the SDK turns what is raised here into a ServiceException."""
        url = str(request.url)
        host = urlsplit(url).hostname or ""
        if not url.startswith("https://") or not host.endswith(_AMAZON):
            raise ValueError("the request names an API that is not Amazon's")
        answer = requests.request(
            str(request.method),
            url,
            headers=dict(request.headers or []),
            timeout=API_SECONDS,
            allow_redirects=False,
        )
        return ApiClientResponse(
            headers=list(answer.headers.items()), status_code=answer.status_code, body=answer.text
        )


def near_device(turn: Utterance, handler_input: HandlerInput) -> Utterance:
    """`turn` with the place where the speaker is, as words or as the keys of a postal code.

    Unchanged where Amazon does not answer or the speaker is not in Taiwan. NotPermitted where the
    owner has to allow it first.
    """
    try:
        address = _address_of(handler_input)
    except ServiceException as problem:
        if problem.status_code in _FORBIDDEN:
            raise NotPermitted from problem
        log.warning("Alexa's address service failed: %s", problem.status_code)
        return turn
    words = "".join(str(getattr(address, line, None) or "") for line in _LINES)
    if any("一" <= char <= "鿿" for char in words):
        return replace(turn, hint=Hint("ask", words=words))
    code = str(getattr(address, "postal_code", None) or "")[:3]
    if getattr(address, "country_code", None) == "TW" and code in by_postal_code():
        return replace(turn, keys=code)
    return turn


def _address_of(handler_input: HandlerInput) -> Any:
    """The SDK's Address, or its ShortAddress; None where the owner has entered none."""
    context = handler_input.request_envelope.context
    system = context.system if context else None
    device = system.device.device_id if system and system.device else None
    factory = handler_input.service_client_factory
    if not (system and system.api_access_token and system.api_endpoint and device and factory):
        raise ServiceException("the request brings no access", 403, None, None)
    service = factory.get_device_address_service()
    try:
        return service.get_full_address(device)
    except ServiceException as problem:
        if problem.status_code not in _FORBIDDEN:
            raise
    return service.get_country_and_postal_code(device)
