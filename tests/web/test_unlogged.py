"""What the server of `make run` writes down."""

import logging
import threading
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from werkzeug.serving import make_server

from tests.small_feed import snapshot
from tests.web.api.serving import api
from web.unlogged import leave_queries_out


def test_no_word_of_a_question_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The request is, with its status; its query is not."""
    leave_queries_out()
    caplog.set_level(logging.INFO)
    server = make_server("127.0.0.1", 0, api(snapshot()))
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/api/v1/ask?q="
    with urlopen(address + quote("大安區還有口罩嗎")) as answer:  # noqa: S310  our own server
        assert answer.status == 200
    thread.join()
    server.server_close()
    (line,) = [record.getMessage() for record in caplog.records if "GET" in record.getMessage()]
    assert "/api/v1/ask?…" in line
    assert "%E5" not in caplog.text
    assert "200" in line
