"""Verification of Twilio's signature; without a token, only this machine is answered."""

import hmac
from base64 import b64encode

from flask import Request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from settings import Settings
from web.access import is_trying_out


class Verifier:
    """Verifies that requests come from Twilio."""

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        token = settings.twilio_auth_token
        self._keyed = hmac.new(token.encode(), digestmod="sha1")
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
            url, form = self._url(request), request.form
            if hmac.compare_digest(self._usual(url, form), signature.encode()):
                return True
            return bool(self._validator.validate(url, form, signature))
        except ValueError:  # a Host header that makes no URL: port 99999, [::1 without its bracket
            return False
        except RequestEntityTooLarge:  # nothing that Twilio sends
            return False

    def _usual(self, url: str, form: MultiDict[str, str]) -> bytes:
        """The signature of nearly every request: of the URL, and every field in the order of names.

        Where it differs, Twilio's library tries the variants (ports, trailing slashes).
        """
        fields = sorted(set(form.items(multi=True)))
        signed = self._keyed.copy()
        signed.update((url + "".join(name + value for name, value in fields)).encode())
        return b64encode(signed.digest())

    def _url(self, request: Request) -> str:
        """Not `request.url`: that decodes what the client had quoted, and the signature breaks."""
        base = self._public_url or f"{request.scheme}://{request.host}"
        query = request.query_string.decode("ascii", "replace")
        return base + request.path + (f"?{query}" if query else "")
