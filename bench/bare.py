"""The baseline of bench/webhook.py: checks Twilio's signature and returns one fixed TwiML."""

import os

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

TWIML = (
    '<?xml version="1.0" encoding="UTF-8"?><Response>'
    '<Gather input="speech dtmf" action="/ivr/turn?state=fixed" numDigits="1">'
    '<Say voice="Google.cmn-TW-Wavenet-A" language="cmn-TW">請問您要找哪一區？</Say>'
    "</Gather></Response>"
)


def create_app() -> Flask:
    """One route for all paths below /ivr."""
    app = Flask(__name__)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])

    @app.post("/ivr/<path:_>")
    def fixed(_: str) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            abort(403)
        return Response(TWIML, mimetype="text/xml")

    return app
