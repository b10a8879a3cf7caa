"""A form and an answer in one piece are what Flask would have made of them."""

from io import BytesIO

import pytest
from flask import Flask, Request, Response
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.test import EnvironBuilder, run_wsgi_app

from web.whole import FormRequest, WholeResponse

FORM = "application/x-www-form-urlencoded"


def _asked(kind: type[Request], body: bytes, **environ: str) -> Request:
    made = EnvironBuilder(method="POST", data=body, content_type=FORM).get_environ()
    made["wsgi.input"] = BytesIO(body)
    made.update({name.replace("__", "."): value for name, value in environ.items()})
    asked = kind(made)
    asked.max_content_length = 1000
    return asked


@pytest.mark.parametrize(
    "body",
    [
        b"SpeechResult=%E5%A4%A7%E5%AE%89%E5%8D%80&Digits=&From=%2B88622765",
        "SpeechResult=大安".encode(),
        b"a=1&a=2&b=+x+&=y&z&&c==",
        b"a=%ff%fe&b=%E5%A4",
        b"a=\xff\xfe",
        b"",
        b"x" * 1000,
        b"a=1;b=2",
        b"%00=%0d%0a",
    ],
)
@pytest.mark.parametrize(
    "kind", [FORM, f"{FORM}; charset=UTF-8", "Application/X-WWW-Form-URLEncoded"]
)
def test_a_form_is_read_as_flask_reads_it(body: bytes, kind: str) -> None:
    """Whatever Twilio or a stranger sends: the same fields, in the same order, none more."""
    ours, theirs = (_asked(one, body, CONTENT_TYPE=kind) for one in (FormRequest, Request))
    assert list(ours.form.items(multi=True)) == list(theirs.form.items(multi=True))
    assert type(ours.form) is type(theirs.form)
    assert ours.files == theirs.files
    assert ours.get_data() == theirs.get_data()


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "json"])
def test_what_is_no_such_form_is_left_to_flask(kind: str) -> None:
    """Parts, JSON, nothing: the body is still there for who reads it another way."""
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    ours, theirs = (_asked(one, body, CONTENT_TYPE=kind) for one in (FormRequest, Request))
    assert list(ours.form.items()) == list(theirs.form.items())
    assert ours.get_data() == theirs.get_data()


@pytest.mark.parametrize("kind", [Request, FormRequest])
def test_a_form_over_the_limit_is_refused(kind: type[Request]) -> None:
    """As before: nobody makes the process read what is longer than a channel allows."""
    with pytest.raises(RequestEntityTooLarge):
        _ = _asked(kind, b"a=" + b"x" * 1000).form


@pytest.mark.parametrize("kind", [Request, FormRequest])
def test_a_form_that_ends_too_early_is_none(kind: type[Request]) -> None:
    """A connection that broke in the middle is no caller who said less."""
    with pytest.raises(ClientDisconnected):
        _ = _asked(kind, b"SpeechResult=%E5%A4%A7", CONTENT_LENGTH="90").form


@pytest.mark.parametrize("read_first", [False, True])
def test_a_body_can_be_read_before_its_form(read_first: bool) -> None:
    """A signature over the bytes is checked first, and the form is there afterwards."""
    asked = _asked(FormRequest, b"a=1")
    if read_first:
        assert asked.get_data() == b"a=1"
    assert asked.form["a"] == "1"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_whole_answer_is_what_flask_hands_on(method: str) -> None:
    """Status, headers and bytes; of HEAD the headers alone."""
    app, words = Flask(__name__), "大安區，還有兩百零五片"
    headers = (("Cache-Control", "no-store"), ("X-Twice", "1"), ("X-Twice", "2"))
    answers = []
    for kind in (Response, WholeResponse):
        made = kind(words, status=201, content_type="text/xml; charset=utf-8", headers=headers)
        with app.app_context():
            asked = EnvironBuilder(method=method).get_environ()
            body, status, sent = run_wsgi_app(made, asked)
        answers.append((b"".join(body), status, sorted(sent)))
    assert answers[0] == answers[1]
    assert (answers[1][0] == words.encode()) == (method == "GET")
