"""Too many at once: a short line, those who are talking first, the rest answered at once."""

import json
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from app import create_app
from settings import Settings
from tests.ivr.caller import TOKEN
from web.admission import (
    BODY_LIMIT,
    BUSY_PAGE,
    AdmissionControl,
    AdmissionRule,
    Pool,
    Refusal,
)
from web.rate_limit import WorkLimit

ADMISSION = (
    AdmissionRule("/open", None),
    AdmissionRule("/ring", Refusal(b"busy", "text/xml"), pool=Pool.TELEPHONE),
    AdmissionRule("/talk/new", Refusal(b"busy", "text/xml")),
    AdmissionRule("/talk", Refusal(b"busy", "text/xml"), in_conversation=True),
)


class SlowApplication:
    """Each request stays until it is told to go; tells in which order they came in."""

    def __init__(self) -> None:
        self.entered: list[str] = []
        self.go = threading.Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.entered.append(environ["PATH_INFO"])
        if not environ["PATH_INFO"].startswith("/open"):
            assert self.go.acquire(timeout=10)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answered"]


class Crowd:
    """Requests through admission control, each in a thread of its own."""

    def __init__(self, **limits: Any) -> None:
        self.inside = SlowApplication()
        self.admission = AdmissionControl(self.inside, ADMISSION, **limits)
        self.answers: dict[str, bytes] = {}
        self._threads: list[threading.Thread] = []

    def send(self, path: str) -> None:
        """A request that may have to wait; returns when it stands where it will stand."""
        thread = threading.Thread(target=self._ask, args=(path,))
        self._threads.append(thread)
        thread.start()
        time.sleep(0.02)

    def _ask(self, path: str) -> None:
        self.answers[path] = Client(self.admission).get(path).data

    def end(self) -> None:
        """Let everyone through."""
        self.inside.go.release(len(self._threads) + 1)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "a request hung"


@contextmanager
def crowd(**limits: Any) -> Iterator[Crowd]:
    gathered = Crowd(**limits)
    try:
        yield gathered
    finally:
        gathered.end()


def test_those_who_talk_go_first() -> None:
    """Of all who wait, the next turns of conversations come before new ones, each in its order."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=3) as people:
        for path in ("/talk/new/0", "/talk/new/1", "/talk/a", "/talk/new/2", "/talk/b"):
            people.send(path)
        people.inside.go.release(9)
        people.end()
    assert people.inside.entered == [
        "/talk/new/0",
        "/talk/a",
        "/talk/b",
        "/talk/new/1",
        "/talk/new/2",
    ]
    assert set(people.answers.values()) == {b"answered"}


def test_a_full_line_is_told_at_once() -> None:
    """Who finds the line full hears the rule's words within moments, and nobody loses a place."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=1, max_wait_s=60) as people:
        people.send("/talk/new/0")
        people.send("/talk/new/1")
        before = time.monotonic()
        refused = Client(people.admission).get("/talk/new/2")
        assert time.monotonic() - before < 10
        assert refused.data == b"busy"
        people.send("/talk/a")  # the other line is not full
    assert people.admission.refused == 1
    assert people.answers == {
        "/talk/new/0": b"answered",
        "/talk/new/1": b"answered",
        "/talk/a": b"answered",
    }


def test_nobody_waits_longer_than_that() -> None:
    """A place that does not come free in time: the rule's words, and the line is shorter again."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=1, max_wait_s=0.05) as people:
        people.send("/talk/0")
        assert Client(people.admission).get("/talk/1").data == b"busy"
        assert Client(people.admission).get("/talk/2").data == b"busy"
        people.end()
        assert people.answers == {"/talk/0": b"answered"}
        people.inside.go.release()
        assert Client(people.admission).get("/talk/3").data == b"answered"


def test_what_takes_no_time_is_never_shut() -> None:
    """Health and the fallback answer while everything else is full."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=0) as people:
        people.send("/talk/0")
        assert Client(people.admission).get("/open").data == b"answered"


def test_the_web_never_takes_a_place_of_the_telephone() -> None:
    """With every place and both queues of the web full, a call is answered at once, and so in turn
    does a flood of calls leave the web its own."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=1, max_wait_s=9) as people:
        for path in ("/talk/0", "/talk/1", "/talk/new/0"):
            people.send(path)
        assert Client(people.admission).get("/talk/2").data == b"busy"
        people.send("/ring/0")
        assert people.inside.entered == ["/talk/0", "/ring/0"]


def _working(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Costs a tenth of a second of the processor."""
    until = time.thread_time() + 0.1
    while time.thread_time() < until:
        pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"answered"]


def test_an_address_costs_its_share_and_no_more() -> None:
    """After 1.5 s of work one address is told to wait; others, and the telephone, are answered."""
    work = WorkLimit("secret", public=True, clock=lambda: 0.0)  # however slow the machine is
    rules = (AdmissionRule("/ring", Refusal(b"busy", "text/xml"), pool=Pool.TELEPHONE),)
    client = Client(AdmissionControl(_working, rules, work=work))

    def ask(path: str, address: str) -> int:
        return client.get(path, environ_overrides={"REMOTE_ADDR": address}).status_code

    answers = [ask("/phone", "203.0.113.9") for _ in range(18)]
    assert answers.count(200) in range(14, 17)
    assert set(answers[answers.count(200) :]) == {429}
    assert ask("/phone", "203.0.113.10") == 200
    assert ask("/ring", "203.0.113.9") == 200


def test_pages_say_when_to_come_back() -> None:
    """By no rule stands a page: 503 with Retry-After, in both languages."""
    with crowd(concurrency=dict.fromkeys(Pool, 1), queue=0) as people:
        people.send("/talk/0")
        refused = Client(people.admission).get("/operator")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.data == BUSY_PAGE.body


def test_a_place_is_freed_by_a_failure() -> None:
    """An application that raises keeps no place."""

    def fails(_environ: object, _start: object) -> Iterable[bytes]:
        raise RuntimeError

    admission = AdmissionControl(fails, ADMISSION, concurrency=dict.fromkeys(Pool, 1), queue=0)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            Client(admission).get("/talk")


class SlowBody(BytesIO):
    """A body of which nothing comes until `go` is set."""

    def __init__(self, content: bytes, go: threading.Event) -> None:
        super().__init__(content)
        self._go = go

    def read(self, size: int | None = -1, /) -> bytes:
        """Waits."""
        self._go.wait(10)
        return super().read(size)


def _echo(environ: Any, start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [])
    return [environ["wsgi.input"].read() or b"nothing"]


def test_a_body_that_comes_slowly_holds_no_place() -> None:
    """While it comes, others are answered; whole, it is answered too."""
    admission = AdmissionControl(_echo, ADMISSION, concurrency=dict.fromkeys(Pool, 1), queue=0)
    go = threading.Event()
    slow: list[bytes] = []

    def send() -> None:
        body = SlowBody(b"words", go)
        slow.append(Client(admission).post("/talk", input_stream=body, content_length=5).data)

    thread = threading.Thread(target=send)
    thread.start()
    time.sleep(0.05)
    assert Client(admission).post("/talk", data=b"quick").data == b"quick"
    go.set()
    thread.join(10)
    assert slow == [b"words"]


@pytest.mark.parametrize(
    ("length", "read"),
    [
        (str(BODY_LIMIT), BODY_LIMIT),
        (str(BODY_LIMIT + 1), 0),
        ("9" * 5000, 0),
        ("-1", 0),
        ("", 0),
    ],
    ids=["longest", "longer", "absurd", "negative", "none"],
)
def test_a_body_over_the_limit_is_left_to_the_application(length: str, read: int) -> None:
    """It comes unread to where it is refused; a shorter one is here before a place is taken."""
    sent, left = BytesIO(b"w" * (BODY_LIMIT + 1)), list[int]()

    def look(_: Any, start: Callable[..., object]) -> Iterable[bytes]:
        left.append(sent.tell())
        start("200 OK", [])
        return [b"seen"]

    admission = AdmissionControl(look, ADMISSION)
    environ = EnvironBuilder("/talk", method="POST").get_environ()
    run_wsgi_app(admission, {**environ, "wsgi.input": sent, "CONTENT_LENGTH": length})
    assert left == [read]


def test_a_crowd_is_answered_whole() -> None:
    """Many threads at once: as many are in as may be, and each is answered one way or the other."""
    inside, most, lock = 0, 0, threading.Lock()

    def counts(_environ: object, start: Callable[..., object]) -> Iterable[bytes]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.001)
        with lock:
            inside -= 1
        start("200 OK", [])
        return [b"answered"]

    admission = AdmissionControl(
        counts, ADMISSION, concurrency=dict.fromkeys(Pool, 3), queue=5, max_wait_s=5
    )
    answers: list[bytes] = []

    def ask() -> None:
        answers.extend(Client(admission).get(path).data for path in ("/talk", "/talk/new") * 20)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 640
    assert answers.count(b"busy") == admission.refused
    assert answers.count(b"answered") == 640 - admission.refused > 0
    assert most == 3


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The whole service with no room in it."""
    directory: Path = tmp_path_factory.mktemp("busy")
    app = create_app(Settings(data_dir=str(directory), secret_key="k", twilio_auth_token=TOKEN))
    admission = app.extensions["admission"]
    yield Client(
        AdmissionControl(admission, admission.rules, concurrency=dict.fromkeys(Pool, 0), queue=0)
    )
    app.extensions["feed"].stop()


@pytest.mark.parametrize("path", ["/ivr/call", "/ivr/turn?state=x", "/ivr/dialled?state=x"])
def test_the_hotline_says_it_in_words(shut: Client, path: str) -> None:
    """TwiML that speaks and hangs up, so that the caller is not left in silence."""
    response = shut.post(path)
    root = ET.fromstring(response.get_data(as_text=True))
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    assert [verb.tag for verb in root] == ["Say", "Hangup"]
    assert "一九二二" in (root[0].text or "")


def test_the_speakers_say_it_in_words(shut: Client) -> None:
    """A spoken sentence in each platform's own form."""
    alexa = json.loads(shut.post("/alexa", data=b"{}").data)
    assert "1 9 2 2" in alexa["response"]["outputSpeech"]["text"]
    assert alexa["response"]["shouldEndSession"] is True
    dialogflow = json.loads(shut.post("/dialogflow", data=b"{}").data)
    assert "1922" in dialogflow["fulfillmentText"]


@pytest.mark.parametrize(
    ("locale", "word"),
    [("ja-JP", "お電話ください"), ("en-US", "again"), ("en-GB", "again"), ("", "again")],
)
def test_alexa_says_it_in_the_language_of_the_speaker(shut: Client, locale: str, word: str) -> None:
    """A Japanese speaker is not answered in English."""
    asked = {"context": {"x": "x" * 9_000}, "request": {"locale": locale}}
    for body in (json.dumps(asked), json.dumps(asked, separators=(",", ":"))):
        told = json.loads(shut.post("/alexa", data=body.encode()).data)
        assert word in told["response"]["outputSpeech"]["text"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh-TW", "很多人"), ("en", "again"), ("ja", "お電話ください"), ("fr", "很多人")],
)
def test_dialogflow_says_it_in_the_language_of_its_agent(
    shut: Client, language: str, word: str
) -> None:
    """As any other answer of that agent."""
    body = json.dumps({"queryResult": {"languageCode": language}}).encode()
    assert word in json.loads(shut.post("/dialogflow", data=body).data)["fulfillmentText"]


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 30])
def test_a_false_length_is_answered_too(shut: Client, length: str) -> None:
    """What a request says of its own size is not believed."""
    answer = shut.post("/alexa", data=b"{}", environ_overrides={"CONTENT_LENGTH": length})
    assert json.loads(answer.data)["response"]["shouldEndSession"] is True


def test_a_head_has_no_body(shut: Client) -> None:
    """Only the status of a page."""
    answer = shut.head("/")
    assert (answer.status_code, answer.data) == (503, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/phone/static/phone.css"])
def test_health_is_seen(shut: Client, path: str) -> None:
    """Who watches over the service sees it alive while it is busy."""
    response = shut.get(path)
    response.close()
    assert response.status_code == 200


def test_the_fallback_stays_open(shut: Client) -> None:
    """Twilio's fallback is refused for its signature alone, not for the crowd."""
    assert shut.post("/ivr/fallback").status_code == 403


@pytest.mark.parametrize("path", ["/", "/phone", "/api/nearest"])
def test_pages_are_503(shut: Client, path: str) -> None:
    """A page and a program's interface say so with a status."""
    assert shut.post(path).status_code == 503


def test_a_map_elsewhere_may_read_why(shut: Client) -> None:
    """A browser shows the script of another origin only what has the header of CORS."""
    response = shut.get("/api/points.json")
    assert response.mimetype == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert int(response.headers["Retry-After"]) > 0
