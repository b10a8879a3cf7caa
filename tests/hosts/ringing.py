"""Rings the service on its own host again and again: `python -m tests.hosts.ringing`.

A line for each call: `well TIME`, the snapshot's time in seconds since 1970, or `FAILED why`;
`none 0` as long as nothing listens.
"""

import html
import http.client
import itertools
import json
import os
import re
import sys
import time
from datetime import datetime
from urllib.parse import urlencode

from tests.hosts.host import PORT

PATIENCE_S = 5.0
"""The strictest platform, Dialogflow, waits no longer for an answer."""

_ACTION = re.compile(r'action="([^"]*)"')
_CALLS = itertools.count(os.getpid() * 10_000)
"""Each call is another one, from another number: one alone would soon meet its limit."""


def main() -> None:
    """Ring until killed."""
    while True:
        try:
            line = f"well {_ring()}"
        except ConnectionRefusedError:
            line = "none 0"
        except (OSError, http.client.HTTPException, LookupError, ValueError) as problem:
            line = f"FAILED:{type(problem).__name__}:{problem} 0"
        sys.stdout.write(line.replace("\n", " ") + "\n")
        sys.stdout.flush()
        time.sleep(0.2)


def _ring() -> int:
    """Greeting, 大安區 by its postal code, and which snapshot the host has."""
    call = next(_CALLS)
    caller = {"CallSid": f"CA{call:032}", "From": f"+8862{20_000_000 + call % 9_999_991}"}
    action = _ACTION.search(_ask("POST", "/ivr/call", caller))
    if action is None:
        raise LookupError("the call was over at once")
    told = _ask("POST", html.unescape(action[1]), {**caller, "Digits": "106"})
    if "和安藥局，大人的" not in told:
        raise LookupError(told[-300:])
    state = json.loads(_ask("GET", "/readyz"))
    return int(datetime.fromisoformat(state["source_time"]).timestamp())


def _ask(method: str, path: str, form: dict[str, str] | None = None) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE_S)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(form or {}), kind)
        answer = connection.getresponse()
        body = answer.read().decode()
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise ValueError(f"{path}: status {answer.status}")
    return body


if __name__ == "__main__":
    main()
