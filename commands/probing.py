"""`flask --app app probe`: a call to one's own line, as Twilio would make it; exit 1 on a fault.

It calls, asks for a district, and compares the answer with the feed, which it reads for itself. A
line that answers with the wrong counts is worse than one that does not answer.
"""

import re
import secrets
import socket
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click
import requests
from aiosipua.utils import format_addr
from flask import Flask
from twilio.request_validator import RequestValidator

from commands.common import plainly, snapshot_of
from settings import Settings
from shared.catalog import Snapshot
from shared.errors import FeedError, MaskLineError
from shared.feed.fetch import is_recording
from shared.feed.file_cache import FileCache
from shared.feed.parse import parse_feed
from shared.numbers import say_count
from shared.places.districts import District
from shared.speech.names import say_name, shorter_names
from sip.outside_dialog import outside_dialog
from sip.settings import parse_bind
from telemetry.probe import Probed, call_id, keep, last

HERE = "http://127.0.0.1:8000"
"""The default address of `make serve`."""

GIVES_UP_S = 10.0
"""For each turn; Twilio waits 15 s."""

SIP_GIVES_UP_S = 3.0

ENOUGH = 3
"""Pharmacies with stock in the district that is asked for, so that it is not sold out by the time
the answer comes."""

TRIES = 2
"""Calls at most: the service may have an older file than this command, until it is renewed."""

_TWIML_BYTES = 64 * 1024


class ProbeError(MaskLineError):
    """What was wrong with the answer."""


def register(app: Flask, settings: Settings) -> None:
    """probe."""

    @app.cli.command("probe")
    @click.option("--base", default="", help="where it is reached; else PUBLIC_URL or this machine")
    @click.option("--sip", "sip_at", default="", help="address:port: asks the SIP line too")
    @click.option("--wait", default=-1.0, help="seconds before another try; else FEED_SECONDS")
    @plainly
    def probe(base: str, sip_at: str, wait: float) -> None:
        """Ring oneself, ask for a district, check the answer by the feed; exit 1 on a fault."""
        folder = Path(settings.data_dir)
        pause = wait if wait >= 0 else float(min(settings.feed_seconds, 60))
        probed = ring(settings, base or settings.public_url or HERE, sip_at, pause)
        before = last(folder)
        well_at = probed.at if probed.well else before.well_at if before else 0
        keep(folder, Probed(probed.at, probed.well, probed.seconds, probed.why, well_at))
        click.echo(f"{'✔' if probed.well else '✘'} {probed.seconds:.2f} s {probed.why}".rstrip())
        sys.exit(0 if probed.well else 1)


def ring(settings: Settings, base: str, sip_at: str, pause: float) -> Probed:
    """Make the call; after a failure once more, `pause` seconds later."""
    for again in range(TRIES):
        if again:
            time.sleep(pause)
        began = time.monotonic()
        try:
            took = _call(settings, base)
            if sip_at:
                _knock(sip_at)
        except MaskLineError as problem:
            why = str(problem)
        else:
            return Probed(int(time.time()), well=True, seconds=took)
    return Probed(int(time.time()), well=False, seconds=time.monotonic() - began, why=why)


def _call(settings: Settings, base: str) -> float:
    """Dial, ask, say goodbye: the seconds that the three turns took.

    ProbeError where the answer is not what the feed tells.
    """
    line = _TwilioCall(settings, base)
    before = _feed(settings)
    district = _asked_for(before)
    line.turn({})
    told = line.turn({"SpeechResult": f"{district.key}還有口罩嗎"})
    line.turn({"SpeechResult": "謝謝，再見"})
    _check(told, district, (before, _feed(settings)))
    return line.seconds


def _feed(settings: Settings) -> Snapshot:
    """The snapshot to compare with: from the source or, where that fails, from this host's
    cache."""
    try:
        return snapshot_of("", settings)
    except FeedError as problem:
        cache = FileCache(Path(settings.data_dir), settings.feed_url, settings.lasting_secret)
        content = cache.kept("feed")
        if content is None:
            raise ProbeError(f"there is no feed to check against: {problem}") from problem
        return parse_feed(content, recorded=is_recording(settings.feed_url)).snapshot


def _asked_for(snapshot: Snapshot) -> District:
    """A random district with stock."""
    product = snapshot.products[0].id
    some = [
        district
        for district, pharmacies in snapshot.catalog.by_district.items()
        if sum(snapshot.stocks[one.id].get(product, 0) > 0 for one in pharmacies) >= ENOUGH
    ]
    if not some:
        raise ProbeError("nothing is left anywhere: there is no answer to check")
    return secrets.choice(some)


class _TwilioCall:
    """A call to our own line, as Twilio makes it."""

    def __init__(self, settings: Settings, base: str) -> None:
        """`base`: where requests go; the signature is for PUBLIC_URL, where that is set."""
        self._base = base.rstrip("/")
        self._signed = settings.public_url or self._base
        token = settings.twilio_auth_token
        self._validator = RequestValidator(token) if token else None
        self._call = call_id(token)
        self._path = "/ivr/call"
        self.seconds = 0.0
        """how long its turns took so far"""

    def turn(self, said: dict[str, str]) -> str:
        """The words of the answer; ProbeError where there is none, or it is not TwiML."""
        form = {"CallSid": self._call, "From": "anonymous", "CallStatus": "in-progress", **said}
        headers = {}
        if self._validator:
            signature = self._validator.compute_signature(self._signed + self._path, form)
            headers["X-Twilio-Signature"] = signature
        began = time.monotonic()
        try:
            answer = requests.post(
                self._base + self._path,
                data=form,
                headers=headers,
                timeout=GIVES_UP_S,
                allow_redirects=False,
            )
        except requests.RequestException as problem:
            raise ProbeError(f"no answer ({type(problem).__name__})") from problem
        self.seconds += time.monotonic() - began
        if answer.status_code != requests.codes.ok:
            todo = ": is TWILIO_AUTH_TOKEN the service's?" if answer.status_code == 403 else ""
            raise ProbeError(f"the line answers {answer.status_code}{todo}")
        return self._heard(answer.content)

    def _heard(self, twiml: bytes) -> str:
        try:
            if len(twiml) > _TWIML_BYTES or b"<!DOCTYPE" in twiml:
                raise ProbeError("the answer is no TwiML")
            response = ET.fromstring(twiml)  # noqa: S314  our own, small, without a DTD
        except ET.ParseError as problem:
            raise ProbeError("the answer is no TwiML") from problem
        gather = response.find("Gather")
        if gather is not None:
            action = urlsplit(urljoin(self._signed, gather.get("action", "")))
            self._path = f"{action.path}?{action.query}" if action.query else action.path
        return "".join("".join(say.itertext()) for say in response.iter("Say"))


def _check(told: str, district: District, snapshots: Sequence[Snapshot]) -> None:
    """ProbeError unless `told` names a pharmacy of the district with its count in the feed."""
    named = [
        pharmacy
        for pharmacy in snapshots[0].catalog.by_district[district]
        if any(
            name in told
            for name in (
                say_name(pharmacy.name, district.name),
                say_name(pharmacy.name),
                *shorter_names(pharmacy.name, district.name),
            )
        )
    ]
    if not named:
        raise ProbeError(f"the answer for {district.key} names no pharmacy there")
    product = snapshots[0].products[0]
    unit = product.names["zh-TW"].unit
    counts = {
        say_count(snapshot.stocks.get(pharmacy.id, {}).get(product.id, 0), unit)
        for pharmacy in named
        for snapshot in snapshots
    }
    if not any(count in told for count in counts):
        raise ProbeError(f"the answer for {district.key} tells a count that the feed has not")


_FINAL = re.compile(rb"SIP/2\.0 [2-6]\d\d ")


def _knock(at: str) -> None:
    """Ask the SIP line for a sign of life (OPTIONS, RFC 3261, 11); any final answer is one."""
    host, port = parse_bind(at)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(SIP_GIVES_UP_S)
        try:
            s.connect((host, port))
            here = s.getsockname()[:2]
            own, line = f"sip:probe@{here[0]}", f"sip:line@{format_addr(host, port)}"
            s.send(bytes(outside_dialog("OPTIONS", line, own, line, here)))
            answer = s.recv(4096)
        except OSError as problem:
            raise ProbeError(
                f"the SIP line does not answer ({type(problem).__name__})"
            ) from problem
    if not _FINAL.match(answer):
        raise ProbeError("the SIP line answers what is no SIP")
