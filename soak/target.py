"""A whole service that is attacked, and what must be true of it afterwards."""

import io
import logging
import re
import time
from collections import Counter
from pathlib import Path

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import run_wsgi_app

from app import create_app
from settings import Settings
from shared.dialog.acts import TellPharmacy
from shared.dialog.values import State
from soak.attacks import MARKS, PUBLIC_URL, TOKEN, Attack, tricks
from web.seal import StateSeal

SECRET = "a-key-of-the-attacks"  # noqa: S105  made up

READY_S = 20.0

OPEN_PART = re.compile(r"<[^>]*>")
"""What stands open in a route: <name> in /districts/<name>."""

_FINE = (503,)
"""Of the statuses from 500 on: nothing to tell from yet, or too many at once."""


class Target:
    """The service in this process; every request goes through the whole of it."""

    def __init__(self, data_dir: Path, *, public: bool) -> None:
        """`public`: all secrets set, behind a proxy; else as whoever tries it out has it."""
        settings = Settings(data_dir=str(data_dir), secret_key=SECRET)
        if public:
            settings = Settings(
                data_dir=str(data_dir),
                secret_key=SECRET,
                public_url=PUBLIC_URL,
                twilio_auth_token=TOKEN,
                dialogflow_token=TOKEN,
                alexa_skill_id="a",
                jambonz_secret=TOKEN,
                line_channel_secret=TOKEN,
                line_channel_token=TOKEN,
                operator_password=TOKEN,
                trusted_proxies=1,
                memory=True,
            )
        self._public = public
        self._data_dir = data_dir
        self.app: Flask = create_app(settings)
        self.log = io.StringIO()
        root = logging.getLogger()
        self._handlers = root.handlers
        root.handlers = [logging.StreamHandler(self.log)]
        self.statuses: Counter[int] = Counter()
        self.paths = (*(str(rule) for rule in self.app.url_map.iter_rules()), *tricks())
        self._seal = StateSeal(SECRET, "ivr").seal(
            State(place="台北市大安區", said=(TellPharmacy("5901010101", "adult_mask"),))
        )
        self._validator = RequestValidator(TOKEN)
        self._wait()

    def _wait(self) -> None:
        feed = self.app.extensions["feed"]
        feed.ensure_started()
        until = time.monotonic() + READY_S
        while feed.current() is None:
            if time.monotonic() > until:
                raise RuntimeError("the service has no snapshot")
            time.sleep(0.02)

    def attack(self, attack: Attack) -> None:
        """Send it to every path; AssertionError where an answer is not fit to be given."""
        for path in self.paths:
            status, body = self._send(attack, OPEN_PART.sub(lambda _: attack.filling, path))
            self.statuses[status] += 1
            assert status < 500 or status in _FINE, (status, path, attack)
            assert b"Traceback (most recent call last)" not in body, (path, attack)
            self._look_at_the_log(path, attack)

    def _send(self, attack: Attack, path: str) -> tuple[int, bytes]:
        query = attack.query
        if path.startswith("/ivr/") and attack.state != "none":
            query = b"state=" + self._state(attack.state).encode()
        raw = path.encode("utf-8", "surrogatepass").decode("latin-1")
        environ = {
            "REQUEST_METHOD": attack.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": raw,
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "CONTENT_TYPE": attack.content_type,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(attack.body),
            "wsgi.errors": self.log,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in attack.headers:
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        if attack.chunked:  # as gunicorn hands on what came in chunks
            environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
        else:
            environ["CONTENT_LENGTH"] = attack.length or str(len(attack.body))
        if attack.signed and attack.form:
            url = PUBLIC_URL + raw + (f"?{query.decode('latin-1')}" if query else "")
            form = MultiDict(
                (name, value.encode("utf-8", "replace").decode()) for name, value in attack.form
            )
            environ["HTTP_X_TWILIO_SIGNATURE"] = self._validator.compute_signature(url, form)
        chunks, status, _ = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        return int(status.split()[0]), b"".join(chunks)

    def _state(self, how: str) -> str:
        half = len(self._seal) // 2
        return {
            "sealed": self._seal,
            "cut": self._seal[:half],
            "swapped": self._seal[half:] + self._seal[:half],
        }[how]

    def _look_at_the_log(self, path: str, attack: Attack) -> None:
        written = self.log.getvalue()
        for mark in MARKS:
            assert mark not in written, (written[-2000:], path, attack)
        assert "Traceback" not in written, (written[-3000:], path, attack)
        self.log.seek(0)
        self.log.truncate()

    def look_at_the_files(self) -> list[str]:
        """Names of all files in DATA_DIR; AssertionError where one holds what a request said."""
        found = [path for path in self._data_dir.rglob("*") if path.is_file()]
        for path in found:
            for mark in MARKS:
                assert mark not in path.name, path
                assert mark.encode() not in path.read_bytes(), (mark, path)
        return sorted(path.name for path in found)

    def close(self) -> None:
        """Leave the log as it was."""
        logging.getLogger().handlers = self._handlers
