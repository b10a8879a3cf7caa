"""Fetching a certificate: limits of size, time and redirects."""

import time

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from skills.alexa.certificates import CHAIN_BYTES, fetch_chain, normal_url
from skills.alexa.sdk import CertificateValidator, NotInUseError, VerificationException


def test_a_file_is_fetched(httpserver: HTTPServer) -> None:
    """The bytes behind the URL, as they are."""
    httpserver.expect_request("/chain.pem").respond_with_data(b"-----BEGIN")
    assert fetch_chain(httpserver.url_for("/chain.pem")) == b"-----BEGIN"


def _slow(_: Request) -> Response:
    def drip() -> object:
        for _ in range(80):
            time.sleep(0.1)
            yield b"x" * 100

    return Response(drip())


REFUSED = {
    "missing": Response("no", 404),
    "broken": Response("no", 500),
    "elsewhere": Response("", 302, headers={"Location": "/good.pem"}),
    "too large": Response(b"x" * (CHAIN_BYTES + 1)),
}


@pytest.mark.parametrize("answer", REFUSED.values(), ids=REFUSED)
def test_any_other_answer_is_refused(httpserver: HTTPServer, answer: Response) -> None:
    """Nothing but a small file counts, and no redirect is followed."""
    httpserver.expect_request("/chain.pem").respond_with_response(answer)
    httpserver.expect_request("/good.pem").respond_with_data(b"-----BEGIN")
    with pytest.raises(VerificationException):
        fetch_chain(httpserver.url_for("/chain.pem"))


def test_a_file_that_drips_in_is_refused_in_time(httpserver: HTTPServer) -> None:
    """A sender who sends a little now and then holds nobody longer than the limit."""
    httpserver.expect_request("/chain.pem").respond_with_handler(_slow)
    started = time.monotonic()
    with pytest.raises(VerificationException):
        fetch_chain(httpserver.url_for("/chain.pem"), seconds=0.25)
    assert time.monotonic() - started < 5


def test_a_host_that_does_not_answer_is_refused() -> None:
    """A refused connection is a refused certificate."""
    with pytest.raises(VerificationException):
        fetch_chain("http://127.0.0.1:9/chain.pem", seconds=0.5)


def test_the_url_is_fetched_in_its_normal_form() -> None:
    """What is checked is what is fetched."""
    url = "https://s3.amazonaws.com:443/echo.api/./a/../echo-api-cert.pem"
    assert normal_url(url) == "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"


def test_the_stand_in_for_certvalidator_accepts_nothing() -> None:
    """Should the SDK's own verifier ever be switched on, it refuses everything."""
    with pytest.raises(NotInUseError):
        CertificateValidator(b"leaf", [])
