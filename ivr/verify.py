"""Verification of Twilio's signature."""

from flask import Request
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import RequestEntityTooLarge


class Verifier:
    """Verifies that requests come from Twilio."""

    def __init__(self, token: str, public_url: str) -> None:
        self._validator, self._public_url = RequestValidator(token), public_url

    def is_genuine(self, request: Request) -> bool:
        """Whether Twilio signed `request`.

        Twilio signs the URL as it knows it and every form field, so behind a proxy the URL is put
        together from PUBLIC_URL, the path and the query string as they came.
        """
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
