"""What the server of `make run` writes down."""

import logging
import socket
import threading
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from werkzeug.serving import make_server

from bench.serving import serving
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


def test_gunicorn_quotes_no_request_that_it_refuses(tmp_path: Path) -> None:
    """A space in the query makes a line that is no HTTP: neither it nor its sender is told."""
    log = tmp_path / "log"
    options = ("--error-logfile", str(log), "--log-level", "debug", "--workers", "1")
    with serving(options=options, environment={"DATA_DIR": str(tmp_path)}) as server:
        for line in (b"GET /api/v1/ask?q=\xe7\xa7\x81 secretword HTTP/1.1", b"secretword"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as asked:
                asked.sendall(line + b"\r\nHost: secretword\r\n\r\n")
                asked.recv(1000)
    told = log.read_text(encoding="utf-8", errors="replace")
    assert "no HTTP was refused" in told
    assert "secretword" not in told
    assert "127.0.0.1:" not in told.partition("refused")[2]
