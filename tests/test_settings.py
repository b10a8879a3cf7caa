"""Settings as an operator writes them: empty ones, wrong ones, weak ones, all told at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from settings import Settings, weakness_of
from shared.errors import SettingError

ROOT = Path(__file__).parents[1]
GOOD = "Zk3-tPq9_vLw7xRb2mYc"


def test_an_empty_setting_is_none() -> None:
    """`NAME=` in an environment file is as if the line were not there, and so are spaces."""
    names = ("FEED_SECONDS", "WEB_CONCURRENCY", "TRUSTED_PROXIES", "MEMORY", "DATA_DIR", "BIND")
    plain, empty = (
        Settings.from_environment(environment)
        for environment in ({"SECRET_KEY": GOOD}, {"SECRET_KEY": GOOD, **dict.fromkeys(names, " ")})
    )
    assert empty == plain
    assert len(Settings.from_environment({"SECRET_KEY": ""}).secret_key) >= 32


def test_every_fault_is_told_at_once_by_name_with_what_to_do() -> None:
    """Nobody starts the service nine times to learn of nine mistakes; no secret is shown."""
    wrong = {
        "FEED_SECONDS": "1e9",
        "WEB_CONCURRENCY": "-1",
        "BIND": "8000 please",
        "PUBLIC_URL": "line.example.tw",
        "CALLER_ID": "me",
        "NLU": "magic",
        "TRUSTED_PROXIES": "many",
        "REDIS_URL": "password-of-redis",
        "MEMORY": "on",
        "INSECURE": "perhaps",
    }
    with pytest.raises(SettingError) as told:
        Settings.from_environment(wrong)
    for name in wrong:
        assert name in str(told.value)
    assert "password-of-redis" not in str(told.value)


@pytest.mark.parametrize(
    "secret",
    [
        "x",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "make-one-with-python3--c-import-secrets-print-secrets.token_urlsafe-32",
        "changeme-changeme-changeme",
    ],
)
def test_a_weak_secret_is_refused_where_others_can_reach_the_line(secret: str) -> None:
    """Whoever guesses it writes the state of a call; on one's own machine that harms nobody."""
    assert weakness_of(secret)
    Settings.from_environment({"SECRET_KEY": secret})
    with pytest.raises(SettingError, match="SECRET_KEY"):
        Settings.from_environment({"SECRET_KEY": secret, "PUBLIC_URL": "https://line.example.tw"})


def test_the_examples_secret_is_known_for_what_it_is() -> None:
    """deploy/mask-line.env.example, copied without being read."""
    text = (ROOT / "deploy" / "mask-line.env.example").read_text(encoding="utf-8")
    lines = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and line[0] != "#")
    assert weakness_of(lines["SECRET_KEY"])
    assert not weakness_of(GOOD)


@pytest.mark.parametrize(
    ("name", "value"), [("MEMORY", "on"), ("FEED_SECONDS", "x"), ("WEB_CONCURRENCY", "x")]
)
def test_gunicorn_does_not_start_with_settings_that_make_no_sense(name: str, value: str) -> None:
    """It says which and what to do, without a traceback; MEMORY without a key is one of them."""
    environment = {**os.environ, "SECRET_KEY": "", name: value}
    run = subprocess.run(
        [sys.executable, "serve.py", "--check-config"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert name in run.stderr
    assert "Traceback" not in run.stderr


def test_gunicorn_starts_with_empty_settings() -> None:
    """An environment file whose lines were left empty is no reason not to answer."""
    names = ("SECRET_KEY", "FEED_SECONDS", "WEB_CONCURRENCY", "MEMORY", "BIND")
    environment = {**os.environ, **dict.fromkeys(names, "")}
    run = subprocess.run(
        [sys.executable, "serve.py", "--check-config"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
