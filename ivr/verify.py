"""Verification of Twilio's signature; without a token, only this machine is answered."""

from flask import Request
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import RequestEntityTooLarge

from settings import Settings
from web.access import is_trying_out


class Verifier:
    """Verifies that requests come from Twilio."""

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        token = settings.twilio_auth_token
        self._validator = RequestValidator(token) if token else None

    def is_genuine(self, request: Request) -> bool:
        """Whether `request` may be answered.

        Twilio signs the URL as it knows it and every form field, so behind a proxy the URL is put
        together from PUBLIC_URL, the path and the query string as they came.
        """
        if self._validator is None:
            return is_trying_out(request, self._public_url)
        signature = request.headers.get("X-Twilio-Signature", "")
        try:
            return bool(self._validator.validate(self._url(request), request.form, signature))
        except ValueError:  # a Host header that makes no URL: port 99999, [::1 without its bracket
            return False
        except RequestEntityTooLarge:  # nothing that Twilio sends
            return False

    def _url(self, request: Request) -> str:
        """Not `request.url`: that decodes what the client had quoted, and the signature breaks."""
        base = self._public_url or f"{request.scheme}://{request.host}"
        query = request.query_string.decode("ascii", "replace")
        return base + request.path + (f"?{query}" if query else "")
