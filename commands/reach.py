"""`doctor`'s checks outside of this process: disk, clock, Redis, the public address."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests
from redis.exceptions import RedisError

from settings import Settings
from shared.clock import TAIPEI
from shared.redis_link import connect

PATIENCE_S = 5.0
"""Timeout of each request over the network."""

FREE_BYTES = 200_000_000
"""A day of history has under 30 MB; a week of it, the snapshot and the figures fit."""

CLOCK_OFF = timedelta(seconds=60)
"""Amazon's requests are valid for 150 s; a clock that is further off soon refuses them."""

_MARKS = {True: "✔", False: "✘", None: "–"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A finding, printed as a line."""

    well: bool | None
    """None: not set, which may be intended"""
    what: str
    todo: str = ""
    """what to do, or the consequence"""

    def __str__(self) -> str:
        return f"{_MARKS[self.well]} {self.what}" + (f": {self.todo}" if self.todo else "")


def clock_by(url: str) -> Iterator[Diagnosis]:
    """How far this machine's clock differs from that of the server at `url`; nothing for a file."""
    if not url.startswith(("http://", "https://")):
        return
    try:
        with requests.get(url, timeout=PATIENCE_S, stream=True) as answer:
            there = parsedate_to_datetime(answer.headers["Date"])
        off = datetime.now(TAIPEI) - there
    except (requests.RequestException, KeyError, ValueError, TypeError):  # no Date, or no date
        yield Diagnosis(None, "clock", "the feed's server does not tell the time")
        return
    todo = "switch on time synchronisation (timedatectl set-ntp true)"
    well = abs(off) <= CLOCK_OFF
    yield Diagnosis(
        well, f"clock: {off.total_seconds():+.0f} s against the feed's", "" if well else todo
    )


def data_dir_of(folder: str) -> Diagnosis:
    """Whether it is writable, and how much space is free."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as tried:
            tried.write(b"x")
            tried.flush()
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        what = f"DATA_DIR {folder}: {problem.strerror}"
        return Diagnosis(False, what, "a restart loses the last good snapshot; give another folder")
    if free < FREE_BYTES:
        return Diagnosis(False, f"DATA_DIR {folder}: {free // 10**6} MB free", "make room")
    return Diagnosis(True, f"DATA_DIR {folder}: {free // 10**6:,} MB free")


def redis_of(url: str) -> Diagnosis:
    """Whether Redis answers, and its version."""
    if not url:
        return Diagnosis(
            None, "REDIS_URL is not set", "each host goes on alone; one host needs none"
        )
    try:
        with connect(url, PATIENCE_S) as redis:
            version = redis.info("server")["redis_version"]
    except (RedisError, OSError, ValueError) as problem:
        what = f"REDIS_URL: no answer ({type(problem).__name__})"
        return Diagnosis(False, what, "each host goes on alone; is it started, and the port open?")
    return Diagnosis(True, f"REDIS_URL: version {version}")


def public_url_of(settings: Settings) -> Iterator[Diagnosis]:
    """Whether the platforms can reach this service."""
    url = settings.public_url
    if not url:
        yield Diagnosis(None, "PUBLIC_URL is not set", "no platform can call; for trying out")
        return
    if url.startswith("http://"):
        yield Diagnosis(False, "PUBLIC_URL is not https", "what callers say is sent in the open")
    yield _reached(f"{url}/healthz")
    if not settings.trusted_proxies:
        todo = "behind a proxy set it to 1, else browsers have no limit"
        yield Diagnosis(None, "TRUSTED_PROXIES is 0", todo)


def _reached(url: str) -> Diagnosis:
    try:
        answer = requests.get(url, timeout=PATIENCE_S, allow_redirects=False)
        alive = answer.status_code == 200 and answer.json() == {"status": "alive"}
    except requests.exceptions.SSLError:
        return Diagnosis(False, f"{url}: the certificate is not valid", "renew it, with its chain")
    except (requests.RequestException, ValueError) as problem:
        what = f"{url}: {type(problem).__name__}"
        return Diagnosis(False, what, "check DNS, proxy and firewall, and that the service runs")
    if not alive:
        what = f"{url}: {answer.status_code}"
        return Diagnosis(False, what, "something else answers there; let the proxy pass it on")
    return Diagnosis(True, f"{url} is alive")
