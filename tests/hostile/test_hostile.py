"""Hostile input to every route: calm answers, no word of it in a log or on the disk."""

from pathlib import Path

import pytest

from soak.hostile import hunt
from soak.target import Target

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
    assert files <= {"figures", "memory"}
    assert sum(target.statuses.values()) > 30 * ATTACKS
    assert target.statuses[200] > ATTACKS


@pytest.mark.parametrize("path", ["/phone", "/dialogflow", "/alexa"])
def test_json_that_is_too_deep_is_no_fault(tmp_path: Path, path: str) -> None:
    """Thirty thousand brackets, which Python's parser gives up on."""
    target = Target(tmp_path, public=False)
    try:
        answer = target.app.test_client().post(
            path, data=b"[" * 30_000, content_type="application/json"
        )
    finally:
        target.close()
    assert answer.status_code in (200, 400)
    assert "Traceback" not in target.log.getvalue()
