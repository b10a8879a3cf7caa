"""A caller on a hand-written Twilio: signs what it posts and follows the TwiML it gets back."""

import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urljoin, urlsplit

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

TOKEN = "a-token-of-the-tests"
PUBLIC_URL = "https://line.example.tw"


class Answer:
    """One TwiML document, read strictly."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.root = ET.fromstring(document)
        assert self.root.tag == "Response"

    @property
    def gather(self) -> ET.Element | None:
        return self.root.find("Gather")

    @property
    def said(self) -> str:
        """Everything that is spoken, in order."""
        return "".join("".join(say.itertext()) for say in self.root.iter("Say"))

    @property
    def verbs(self) -> list[str]:
        return [verb.tag for verb in self.root]

    @property
    def next_url(self) -> str:
        """Where the call goes on after a gather or a dial."""
        for name in ("Gather", "Dial"):
            verb = self.root.find(name)
            if verb is not None:
                return verb.attrib["action"]
        redirect = self.root.find("Redirect")
        assert redirect is not None, "the call does not go on"
        return redirect.text or ""

    @property
    def hints(self) -> list[str]:
        assert self.gather is not None
        return self.gather.attrib["hints"].split(",")


class Caller:
    """Calls the hotline; each method is what the caller does next and returns the answer."""

    def __init__(self, client: FlaskClient, number: str = "+886227653147", **fields: str) -> None:
        self._client = client
        self.form = {
            "AccountSid": "AC" + "0" * 32,
            "CallSid": "CA" + "1" * 32,
            "CallStatus": "in-progress",
            "From": number,
            "To": "+886277777777",
            **fields,
        }
        self.url = f"{PUBLIC_URL}/ivr/call"
        self.validator = RequestValidator(TOKEN)
        self.answer: Answer

    def call(self) -> Answer:
        self.url = f"{PUBLIC_URL}/ivr/call"
        return self.post()

    def say(self, words: str) -> Answer:
        return self.post(SpeechResult=words, Confidence="0.0")

    def press(self, keys: str) -> Answer:
        return self.post(Digits=keys)

    def keep_silent(self) -> Answer:
        return self.post()

    def after_dial(self, status: str) -> Answer:
        return self.post(DialCallStatus=status)

    def post(self, **fields: str) -> Answer:
        """Post to where the last answer led, signed as Twilio signs."""
        form = {**self.form, **fields}
        signature = self.validator.compute_signature(self.url, form)
        parts = urlsplit(self.url)
        response = self._client.post(
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            data=form,
            headers={"X-Twilio-Signature": signature},
        )
        assert response.status_code == 200, response.status
        assert response.mimetype == "text/xml"
        self.answer = Answer(response.get_data(as_text=True))
        if "Hangup" not in self.answer.verbs:
            self.url = urljoin(self.url, self.answer.next_url)
        return self.answer

    @property
    def sealed_state(self) -> str:
        return parse_qs(urlsplit(self.url).query)["state"][0]
