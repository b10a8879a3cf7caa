"""The baseline of bench/load.py: checks Twilio's signature and returns TwiML of the usual size.

It looks nothing up and decides nothing. The TwiML asks and gives hints like the line's, put
together with Twilio's own library for each answer, as a plain Flask route would.
"""

import os

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.hints import hints_for
from shared.dialog.values import State

SAYS = "大安區的信義藥局，大人的還有兩百零五片。下一家請按一；地址按二；電話按三。"


class _Nothing:
    """Stands for what gunicorn.conf.py starts in each worker."""

    @property
    def buffer(self) -> "_Nothing":
        """The buffer, which is nothing either."""
        return self

    def ensure_started(self) -> None:
        """Nothing to be started."""


def create_app() -> Flask:
    """One route for all paths below /ivr."""
    app = Flask(__name__)
    app.extensions["feed"] = app.extensions["telemetry"] = _Nothing()
    app.extensions["rehearse"] = lambda: None
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    hints = ",".join(hints_for(State(), None))

    @app.post("/ivr/<path:_>")
    def fixed(_: str) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            abort(403)
        response = VoiceResponse()
        gather = Gather(input="speech dtmf", action="/ivr/turn?state=fixed", hints=hints)
        gather.say(SAYS, voice="Google.cmn-TW-Wavenet-A", language="cmn-TW")
        response.append(gather)
        return Response(str(response), mimetype="text/xml")

    @app.get("/healthz")
    def healthz() -> str:
        return ""

    return app
