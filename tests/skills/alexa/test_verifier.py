"""Amazon's rules for who may call the skill, against chains that are made here."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from skills.alexa.certificates import SigningKeys
from skills.alexa.sdk import VerificationException
from skills.alexa.webhook import blueprint
from tests.skills.alexa import chains, envelopes
from tests.skills.alexa.chains import Leaf
from tests.skills.fakes import FakeConversation
from tests.small_feed import NOW
from tests.web.parts import service
from web.admission import BODY_LIMIT

URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"


@dataclass(frozen=True)
class Sent:
    """What goes over the wire; the defaults are a good request."""

    body: bytes
    signature: str | None
    url: str | None = URL


@dataclass(frozen=True)
class World:
    """Amazon, as the skill sees it: what lies at which URL."""

    client: FlaskClient
    files: dict[str, bytes]
    conversation: FakeConversation


@cache
def root() -> chains.Authority:
    return chains.authority("Root", NOW)


@cache
def intermediate() -> chains.Authority:
    return chains.authority("Intermediate", NOW, root())


@cache
def stranger() -> chains.Authority:
    return chains.authority("Somebody else's root", NOW)


def chain(says: Leaf = Leaf()) -> bytes:  # noqa: B008  # frozen
    return chains.leaf(intermediate(), NOW, says) + chains.pem(intermediate().certificate)


def sign(body: bytes, key: int = 0) -> str:
    signature = chains.leaf_key(key).sign(body, PKCS1v15(), SHA256())
    return base64.b64encode(signature).decode()


def launch(sent: datetime = NOW, skill_id: str = envelopes.SKILL_ID) -> bytes:
    session = envelopes.session(skill_id=skill_id)
    return envelopes.encode(
        envelopes.envelope({"type": "LaunchRequest"}, sent, session=session, skill_id=skill_id)
    )


def signed(body: bytes) -> Sent:
    return Sent(body, sign(body))


@pytest.fixture
def world() -> Iterator[World]:
    files = {URL: chain()}
    conversation = FakeConversation()
    settings = Settings(alexa_skill_id=envelopes.SKILL_ID)
    keys = SigningKeys(files.__getitem__, [root().certificate])
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.register_blueprint(blueprint(service(conversation, settings=settings), keys))
    with app.test_client() as client:
        yield World(client, files, conversation)


def post(world: World, sent: Sent) -> int:
    headers = {"Signature-256": sent.signature, "SignatureCertChainUrl": sent.url}
    given = {name: value for name, value in headers.items() if value is not None}
    return world.client.post("/alexa", data=sent.body, headers=given).status_code


GOOD_URLS = (
    URL,
    "https://s3.amazonaws.com:443/echo.api/echo-api-cert-12.pem",
    "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert-12.pem",
    "HTTPS://S3.amazonaws.com/echo.api/echo-api-cert-12.pem",
)
"""All of them stand among Amazon's examples of valid URLs."""


@pytest.mark.parametrize("url", GOOD_URLS)
def test_a_request_that_amazon_signed_is_answered(world: World, url: str) -> None:
    """valid → 200, however Amazon writes the certificate's URL."""
    assert post(world, replace(signed(launch()), url=url)) == 200


BAD_URLS = {
    "wrong scheme": "http://s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "wrong host": "https://notamazon.com/echo.api/echo-api-cert-12.pem",
    "host that only starts well": "https://s3.amazonaws.com.evil.tw/echo.api/echo-api-cert-12.pem",
    "host behind a user name": "https://s3.amazonaws.com@evil.tw/echo.api/echo-api-cert-12.pem",
    "user name": "https://me:secret@s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "wrong path": "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert-12.pem",
    "another path": "https://s3.amazonaws.com/invalid.path/echo-api-cert-12.pem",
    "path that only starts well": "https://s3.amazonaws.com/echo.api-evil/cert.pem",
    "path that leaves again": "https://s3.amazonaws.com/echo.api/../evil/cert.pem",
    "path that leaves in code": "https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem",
    "path with backslashes": "https://s3.amazonaws.com/echo.api/..\\evil\\cert.pem",
    "directory": "https://s3.amazonaws.com/echo.api/",
    "query": "https://s3.amazonaws.com/echo.api/cert.pem?versionId=evil",
    "wrong port": "https://s3.amazonaws.com:563/echo.api/echo-api-cert-12.pem",
    "no port at all": "https://s3.amazonaws.com:/echo.api/../evil.pem",
    "port that is no number": "https://s3.amazonaws.com:https/echo.api/echo-api-cert-12.pem",
    "open bracket": "https://[s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
    "not ASCII": "https://s3.amazonaws.com/echo.api/憑證.pem",
    "no URL": "echo-api-cert-12.pem",
    "empty": "",
    "missing": None,
}


@pytest.mark.parametrize("url", BAD_URLS.values(), ids=BAD_URLS)
def test_a_certificate_from_elsewhere_is_never_fetched(world: World, url: str | None) -> None:
    """400, and nothing is fetched: the only file there is lies at the right URL."""
    world.files.clear()
    assert post(world, replace(signed(launch()), url=url)) == 400


def _self_signed() -> bytes:
    return chains.leaf(None, NOW, Leaf())


BAD_CHAINS: dict[str, Callable[[], bytes]] = {
    "expired": lambda: chain(Leaf(ends=timedelta(seconds=-1))),
    "not yet valid": lambda: chain(Leaf(starts=timedelta(seconds=1))),
    "unknown root": lambda: (
        chains.leaf(stranger(), NOW, Leaf()) + chains.pem(stranger().certificate)
    ),
    "missing intermediate": lambda: chains.leaf(intermediate(), NOW, Leaf()),
    "wrong SAN": lambda: chain(Leaf(names=["echo-api.amazon.com.evil.tw"])),
    "SAN with a wildcard of another level": lambda: chain(Leaf(names=["*.api.amazon.com"])),
    "no SAN": lambda: chain(Leaf(names=[])),
    "self-signed": _self_signed,
    "self-signed before a good chain": lambda: _self_signed() + chain(),
    "certificates the wrong way round": lambda: (
        chains.pem(intermediate().certificate) + chains.leaf(intermediate(), NOW, Leaf())
    ),
    "far too many certificates": lambda: chain() * 20,
    "no certificate": lambda: b"",
    "an HTML page": lambda: b"<html>Access Denied</html>",
    "garbage between the marks": lambda: (
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    ),
}


@pytest.mark.parametrize("make", BAD_CHAINS.values(), ids=BAD_CHAINS)
def test_a_chain_that_does_not_hold_is_refused(world: World, make: Callable[[], bytes]) -> None:
    """400 for every fault of the chain, though the signature itself is right."""
    world.files[URL] = make()
    assert post(world, signed(launch())) == 400
    assert world.conversation.turns == []


BAD_SIGNATURES: dict[str, Callable[[bytes], str | None]] = {
    "bad base64": lambda body: "!!" + sign(body),
    "base64 cut short": lambda body: sign(body)[:-3],
    "not ASCII": lambda _: "簽章",
    "of another body": lambda body: sign(body + b" "),
    "wrong key": lambda body: sign(body, key=1),
    "half of it": lambda body: sign(body)[:172],
    "empty": lambda _: "",
    "missing": lambda _: None,
}


@pytest.mark.parametrize("make", BAD_SIGNATURES.values(), ids=BAD_SIGNATURES)
def test_a_signature_that_does_not_fit_is_refused(
    world: World, make: Callable[[bytes], str | None]
) -> None:
    """400 for a signature that is none, or belongs to another body or key."""
    body = launch()
    assert post(world, Sent(body, make(body))) == 400
    assert world.conversation.turns == []


def test_a_tampered_body_is_refused(world: World) -> None:
    """400 where a single character was changed on the way."""
    sent = signed(launch())
    tampered = sent.body.replace(b'"en-US"', b'"en-GB"')
    assert tampered != sent.body
    assert post(world, replace(sent, body=tampered)) == 400


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (-150, 200), (150, 200), (-151, 400), (151, 400)]
)
def test_a_request_counts_for_150_seconds(world: World, seconds: int, status: int) -> None:
    """Amazon's tolerance, before and after: 150 s pass, 151 s are refused."""
    assert post(world, signed(launch(NOW + timedelta(seconds=seconds)))) == status


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 400)])
def test_a_skill_event_counts_for_an_hour(world: World, minutes: int, status: int) -> None:
    """Amazon sends skill events again for up to an hour, with their first timestamp."""
    sent = NOW - timedelta(minutes=minutes)
    event = {"type": "AlexaSkillEvent.SkillEnabled"}
    assert post(world, signed(envelopes.encode(envelopes.envelope(event, sent)))) == status


@pytest.mark.parametrize("skill_id", ["amzn1.ask.skill.another", ""])
def test_another_skills_request_is_refused(world: World, skill_id: str) -> None:
    """400: Amazon signs the requests of every skill with the same key."""
    assert post(world, signed(launch(skill_id=skill_id))) == 400


def test_a_request_that_names_two_skills_is_refused(world: World) -> None:
    """400 where session and context disagree."""
    body = envelopes.envelope(
        {"type": "LaunchRequest"},
        NOW,
        session=envelopes.session(skill_id="amzn1.ask.skill.another"),
    )
    assert post(world, signed(envelopes.encode(body))) == 400


MALFORMED = {
    "empty": b"",
    "no JSON": b"launch, please",
    "JSON cut off": launch()[:-20],
    "null": b"null",
    "a list": b"[]",
    "a number": b"7",
    "no request": b'{"version": "1.0"}',
    "request is a text": b'{"request": "LaunchRequest"}',
    "request without a type": b'{"request": {"requestId": "1"}}',
    "type is a number": b'{"request": {"type": 7}}',
    "type is a list": b'{"request": {"type": []}}',
    "unknown request": envelopes.encode(envelopes.envelope({"type": "Alexa.TeaIsReady"}, NOW)),
    "no context": b'{"request": {"type": "LaunchRequest", "timestamp": "2020-03-03T03:25:00Z"}}',
    "no timestamp": launch().replace(b"timestamp", b"timestomp"),
    "timestamp is no time": launch().replace(b"2020-03-03", b"yesterday"),
    "status of no kind": envelopes.encode(
        envelopes.envelope(
            {"type": "IntentRequest", "intent": {"name": "AskIntent", "confirmationStatus": "?"}},
            NOW,
        )
    ),
    "not UTF-8": b"\xff\xfe" + launch(),
    "nested without end": b'{"request": ' + b"[" * 100_000,
    "far too large": launch() + b" " * 300_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_request_is_refused(world: World, body: bytes) -> None:
    """400 and never 500, though it is signed as it should be."""
    assert post(world, signed(body)) == 400
    assert world.conversation.turns == []


def test_a_verified_chain_is_kept_until_it_expires(world: World) -> None:
    """The certificate is fetched once, not each hour: it is good for the thirty days it says."""
    fetched = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return world.files[url]

    keys = SigningKeys(fetch, [root().certificate])
    for hours in (0, 1, 2, 24, 24 * 29):
        keys.key_of(URL, NOW + timedelta(hours=hours))
    assert fetched == [URL]


def test_a_kept_chain_ends_with_its_certificate(world: World) -> None:
    """A kept key is not trusted beyond the certificate's own end."""
    world.files[URL] = chain(Leaf(ends=timedelta(minutes=5)))
    fetched = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return world.files[url]

    keys = SigningKeys(fetch, [root().certificate])
    keys.key_of(URL, NOW)
    with pytest.raises(VerificationException, match="does not hold"):
        keys.key_of(URL, NOW + timedelta(minutes=6))
    assert len(fetched) == 2


def test_the_public_authorities_are_trusted_and_nobody_else(world: World) -> None:
    """In service the roots are certifi's: they can all be read, and ours is none of them."""
    keys = SigningKeys(world.files.__getitem__)
    with pytest.raises(VerificationException, match="does not hold"):
        keys.key_of(URL, NOW)
