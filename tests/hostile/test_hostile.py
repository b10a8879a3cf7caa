"""Hostile input to every route: calm answers, no word of it in a log or on the disk."""

from pathlib import Path

import pytest

from soak.attacks import MARKS
from soak.hostile import hunt
from soak.target import Target
from tests.skills.alexa.envelopes import encode, envelope
from tests.small_feed import NOW

ATTACKS = 40
"""Each on every route and on a dozen paths that are none: some 1,900 requests."""


@pytest.mark.parametrize("public", [False, True], ids=["trying out", "public"])
def test_whatever_comes_is_answered_calmly(tmp_path: Path, public: bool) -> None:
    """No 500, no traceback, no trace of a request in log or files, no file that it chose."""
    target = Target(tmp_path, public=public)
    try:
        hunt(target.attack, ATTACKS)
        files = {name.partition(".")[0] for name in target.look_at_the_files()}
    finally:
        target.close()
    assert files <= {"figures", "login", "memory"}
    assert sum(target.statuses.values()) > 30 * ATTACKS
    assert target.statuses[200] > ATTACKS


@pytest.mark.parametrize("brackets", [30_000, 100_000])
@pytest.mark.parametrize("path", ["/phone", "/dialogflow", "/alexa", "/line", "/jambonz"])
def test_json_that_is_too_deep_is_no_fault(tmp_path: Path, path: str, brackets: int) -> None:
    """Thousands of brackets, which Python's parser gives up on."""
    target = Target(tmp_path, public=False)
    try:
        answer = target.app.test_client().post(
            path, data=b"[" * brackets, content_type="application/json"
        )
    finally:
        target.close()
    assert answer.status_code in (200, 400, 413)
    assert "Traceback" not in target.log.getvalue()


def test_an_id_of_alexas_is_no_line_of_the_log(tmp_path: Path) -> None:
    """What Alexa tells of a refused answer is logged by its id, and only where it is one."""
    target = Target(tmp_path, public=False)
    told = {"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE"}}
    try:
        for name in ("amzn1.echo-api.request.0f5d-7AB0", f"x\r\nforged line {MARKS[0]}"):
            body = encode(envelope(told | {"requestId": name}, NOW))
            assert target.app.test_client().post("/alexa", data=body).status_code == 200
    finally:
        target.close()
    log = target.log.getvalue()
    assert "amzn1.echo-api.request.0f5d-7AB0" in log
    assert "forged" not in log
