"""Requests that nobody honest sends, as hypothesis draws them: each for every route that there is.

What is in them carries a mark, so that it can be looked for in logs and files afterwards.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

MARKS = ("私房話q7x9", "939481726")
"""Words and the number of a caller; neither may be found again."""

NUMBER = "+886" + MARKS[1]

TOKEN = "a-token-of-the-attacks"  # noqa: S105  made up
"""Of Twilio and of Dialogflow: some of the attacks know it."""

PUBLIC_URL = "https://line.example.tw"

_TEXTS = (
    MARKS[0],
    f"大安區還有口罩嗎{MARKS[0]}",
    NUMBER,
    "",
    "\x00",
    f"\ud800{MARKS[0]}\udfff",
    f"\r\nX-Evil: {MARKS[0]}",
    f"%s%n{{{{7*7}}}}<script>{MARKS[0]}</script>' OR 1=1--",
    f"../../../../{MARKS[0]}",
    f"%2e%2e%2f%00{MARKS[0]}",
    "𠮷\u202e\u0301" * 300,
    "x" * 70_000,
    "9" * 5_000,
    "٣１²Ⅷ",
    "-0",
    "1e999",
    "NaN",
    "106",
    "1",
    "*",
)
_FIELDS = (
    "SpeechResult",
    "Digits",
    "From",
    "CallSid",
    "DialCallStatus",
    "state",
    "heard",
    "keys",
    "number",
    "lang",
    "q",
    "lat",
    "lon",
    "limit",
    "product",
    "district",
    "seed",
    "password",
    MARKS[0],
)
_TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/x-www-form-urlencoded; charset=utf-16",
    "text/xml; charset=" + "x" * 300,
    "",
    "\x7f",
)
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "Host": ("127.0.0.1", "line.example.tw", "a b", "[::1", "127.0.0.1:99999", "x" * 300, ""),
    "X-Forwarded-For": ("127.0.0.1", "203.0.113.9, 10.0.0.1", "x" * 3000, "::1%eth0"),
    "X-Forwarded-Proto": ("https", "javascript", ","),
    "Accept": ("application/json", "*/*;q=x", "text/html;q=1e9", "," * 500),
    "Accept-Language": ("ja", "zh-TW;q=2,*", "x" * 3000, "-"),
    "Authorization": (
        "Bearer " + TOKEN,
        "Basic " + base64.b64encode(f"operator:{TOKEN}".encode()).decode(),
        "Basic =",
        "Basic " + base64.b64encode(b"\xff:\xfe").decode(),
        "Digest username=\xff",
        "Bearer \xff\xfe",
    ),
    "X-Dialogflow-Token": (TOKEN, "\xff", "é"),
    "X-Twilio-Signature": ("\xff", "x", "é" * 99),
    "Signature-256": ("x", "\xff", "YWJj"),
    "SignatureCertChainUrl": (f"http://127.0.0.1/{'a' * 9}", "https://[", "\xff", "x" * 3000),
    "Cookie": ("operator=x.y.z", "operator=\xff; =; ;;", "a=" + "b" * 5000),
    "Range": ("bytes=9-1", "bytes=0-,0-,0-", "x"),
    "If-None-Match": ('"', "*", 'W/"' + "x" * 2000),
    "If-Modified-Since": ("Thu, 99 Foo 2020", "\xff"),
    "Expect": ("100-continue",),
    "Origin": ("null", "https://evil.example"),
    "X-HTTP-Method-Override": ("DELETE",),
}
_METHODS = ("GET", "POST", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QU\x01T")
_TRICKS = (
    "/phone/static/../../settings.py",
    "/phone/static/..%2f..%2fapp.py",
    "/phone/static//etc/passwd",
    "/phone/static/\x00",
    "/operator/static/../../../settings.py",
    "//evil.example/%2f..",
    "/" + "a/" * 2000,
    f"/{MARKS[0]}",
    "/\xff\xfe",
    "/ivr/call/",
    "/api/v1/districts/%00",
    "*",
    "",
)

_text = st.sampled_from(_TEXTS) | st.text(max_size=20)
_value: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, -1, 2**70, 1e308, [], {}, [[[[]]]], {"a": [1]}, ["x"] * 2000)
)
_fields = st.lists(st.tuples(st.sampled_from(_FIELDS), _text), max_size=8)


@dataclass(frozen=True, slots=True)
class Attack:
    """One request, but for the path it is sent to."""

    method: str
    query: bytes
    headers: tuple[tuple[str, str], ...]
    content_type: str
    body: bytes
    form: tuple[tuple[str, str], ...]
    """the fields of `body`, where it is a form"""
    filling: str
    """for what stands open in a path, as <name> in /districts/<name>"""
    chunked: bool
    """sent without a length"""
    length: str
    """what it says of its length; "" for the truth"""
    signed: bool
    """as Twilio signs, with the right token"""
    state: str
    """none, sealed, cut, swapped: what stands in the query as state"""


def _form(fields: list[tuple[str, str]]) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


_ALEXA_TYPES = ("LaunchRequest", "SessionEndedRequest", "System.ExceptionEncountered", "\n")


def _alexa(name: Any, slot: Any, kind: Any) -> dict[str, Any]:
    system = {"application": {"applicationId": "a"}, "user": {"userId": name}}
    slots = {"district": {"name": "district", "value": slot, "resolutions": kind}}
    return {
        "version": "1.0",
        "context": {"System": system},
        "session": {"new": kind, "sessionId": name, "attributes": {"state": slot}},
        "request": {
            "type": kind if kind in _ALEXA_TYPES else "IntentRequest",
            "requestId": name,
            "timestamp": "2020-03-03T03:22:00Z",
            "locale": slot,
            "reason": kind,
            "error": {"type": name, "message": name},
            "intent": {"name": name or "AskIntent", "slots": slots},
        },
    }


def _dialogflow(name: Any, slot: Any, kind: Any) -> dict[str, Any]:
    context = {"name": f"{name}/contexts/mask-line-state", "parameters": {"state": slot}}
    return {
        "session": name,
        "queryResult": {
            "queryText": slot,
            "languageCode": kind,
            "action": name,
            "parameters": {"district": slot, "digits": kind},
            "intent": {"displayName": name, "isFallback": kind},
            "outputContexts": [context],
        },
        "originalDetectIntentRequest": {
            "source": name,
            "payload": {"source": slot, "telephony": {"caller_id": NUMBER}},
        },
    }


_json = st.builds(
    lambda tree: json.dumps(tree).encode(),
    st.dictionaries(st.sampled_from(_FIELDS), _text | _value, max_size=6)
    | st.builds(_alexa, _text, _text | _value, _value | st.sampled_from(_ALEXA_TYPES))
    | st.builds(_dialogflow, _text, _text | _value, _value | _text)
    | st.builds(_dialogflow, _text, _text, st.just(False))
    | _value,
)
_raw = st.binary(max_size=60) | st.sampled_from(
    (
        b"[" * 100_000,
        b"[" * 30_000,
        b'{"a":' * 50_000,
        b"\xff\xfe" + "大安區".encode("utf-16"),
        b"\x1f\x8b\x08" + b"\x00" * 40,
        b"a=1&" * 20_000,
        b"x" * 400_000,
        b"--b\r\nContent-Disposition: form-data; name=a; filename=../../x\r\n\r\ny\r\n--b--\r\n",
        b"--b\r\n" * 2_000,
        b'{"heard": 1e99999, "heard": NaN}',
        b"",
    )
)


@st.composite
def attacks(draw: st.DrawFn) -> Attack:
    """Any of them."""
    form = draw(_fields)
    kind = draw(st.sampled_from(("form", "form", "json", "json", "raw")))
    types = {"form": _TYPES[0], "json": _TYPES[1], "raw": draw(st.sampled_from(_TYPES))}
    names = draw(st.lists(st.sampled_from(sorted(_HEADERS)), max_size=5, unique=True))
    return Attack(
        method=draw(st.sampled_from(_METHODS)),
        query=draw(_fields.map(_form) | st.binary(max_size=30)),
        headers=tuple((name, draw(st.sampled_from(_HEADERS[name]))) for name in names),
        content_type=types[kind],
        body=_form(form) if kind == "form" else draw(_json if kind == "json" else _raw),
        form=tuple(form) if kind == "form" else (),
        filling=draw(_text),
        chunked=draw(st.booleans()),
        length=draw(st.sampled_from(("", "", "", "-1", "x", "99999999999", "0"))),
        signed=draw(st.booleans()),
        state=draw(st.sampled_from(("none", "sealed", "cut", "swapped"))),
    )


def tricks() -> tuple[str, ...]:
    """Paths that lead nowhere, or should."""
    return _TRICKS
