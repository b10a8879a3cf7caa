"""`doctor`'s checks of the SIP line: its voices, its recognisers, its provider."""

import asyncio
import socket
import time
from collections.abc import Iterator
from ipaddress import ip_network

from aiosipua.auth import SipDigestAuth, answer_challenge
from aiosipua.message import SipRequest, SipResponse
from aiosipua.utils import generate_branch

from commands.reach import Diagnosis
from sip.admission import Admission
from sip.outside_dialog import address_towards, outside_dialog
from sip.recogniser import Recogniser
from sip.servers import NoServerError, Servers
from sip.settings import SipSettings
from sip.sound import Samples, to_pcm, tone
from sip.synthesis import Synthesis
from sip.wire import Address, Wire

WAIT_S = 5.0
"""For the provider's answer."""

SENTENCE = "您好，大安區還有口罩嗎"
"""Spoken by the voice; the recogniser need not transcribe it without a mistake."""

LOCALE = "zh-TW"


def sound_of(settings: SipSettings) -> Iterator[Diagnosis]:
    """A line for each voice and each recogniser; one for each kind that is not set."""
    said: Samples | None = None
    for uri in settings.voices:
        finding, made = asyncio.run(_voice(uri))
        said = made if made is not None else said
        yield finding
    for uri in settings.recognisers:
        yield asyncio.run(_recogniser(uri, to_pcm(said) if said is not None else tone(1.0)))
    if not settings.voices:
        yield Diagnosis(
            None, "TTS_URI is not set", "calls by SIP hear the sound pack (docs/sip.md)"
        )
    if not settings.recognisers:
        yield Diagnosis(None, "STT_URI is not set", "calls by SIP are heard by keys (docs/sip.md)")


async def _voice(uri: str) -> tuple[Diagnosis, Samples | None]:
    started = time.monotonic()
    try:
        made = await Synthesis(Servers("voice", (uri,))).speak(SENTENCE, LOCALE)
    except NoServerError:
        return Diagnosis(False, f"TTS_URI {uri} made no sound", "start it, or leave it out"), None
    took = time.monotonic() - started
    return Diagnosis(
        True, f"TTS_URI {uri}: {len(made) / 8_000:.1f} s of speech in {took:.1f} s"
    ), made


async def _recogniser(uri: str, pcm: bytes) -> Diagnosis:
    started = time.monotonic()
    try:
        text = await Recogniser(Servers("recogniser", (uri,))).write_down(pcm, LOCALE)
    except NoServerError:
        return Diagnosis(False, f"STT_URI {uri} wrote nothing down", "start it, or leave it out")
    took = time.monotonic() - started
    return Diagnosis(True, f"STT_URI {uri}: {len(text)} characters in {took:.1f} s")


def registration_of(settings: SipSettings) -> Iterator[Diagnosis]:
    """One line, where SIP_TRUNK is set.

    It queries the bindings (a REGISTER without a Contact: RFC 3261, 10.2.3), which needs the same
    password and changes nothing: a line that takes calls meanwhile keeps its registration.
    """
    if not settings.trunk:
        return
    provider = settings.provider
    name = f"SIP_TRUNK {settings.trunk}"
    try:
        address = (socket.gethostbyname(provider.host), provider.port)
        status, bindings = asyncio.run(_ask(settings, address))
    except OSError as problem:  # TimeoutError too
        why = problem.strerror or "no connection"
        yield Diagnosis(False, f"{name}: {why}", "are the name and the port right?")
        return
    yield _told(name, settings.user, status, bindings)


def _told(name: str, user: str, status: int, bindings: int) -> Diagnosis:
    if 200 <= status < 300:
        here = f"{bindings} registered" if bindings else "nothing is registered now"
        todo = "" if bindings else "`flask --app app sip` registers when it starts"
        return Diagnosis(True if bindings else None, f"{name} knows {user}: {here}", todo)
    if status == 408:
        return Diagnosis(False, f"{name} does not answer", "its address, UDP, TCP, the firewall")
    if status in (401, 403, 407):
        return Diagnosis(False, f"{name} refuses {user} ({status})", "SIP_USER and SIP_PASSWORD")
    return Diagnosis(False, f"{name} answers {status}", "ask the provider what that means")


async def _ask(settings: SipSettings, address: Address) -> tuple[int, int]:
    """The final status, and how many are registered."""
    allowed = SipSettings(allow=(ip_network(address[0]),))
    wire = Wire((address_towards(address[0]), 0), Admission(allowed, lambda _why: None))
    await wire.start()
    try:
        provider = settings.provider
        if provider.tcp:
            await wire.connect(address)
        user, registrar = f"sip:{settings.user}@{provider.host}", f"sip:{provider.host}"
        request = outside_dialog("REGISTER", registrar, user, user, wire.local_addr)
        answer = await _sent(wire, request, address)
        if answer and answer.status_code in (401, 407):
            auth = SipDigestAuth(settings.user, settings.password)
            told = answer_challenge(auth, answer, answer.status_code, "REGISTER", registrar)
            if told:
                request.headers.set_single(*told)
                request.headers.set_single("CSeq", "2 REGISTER")
                via = request.headers.get("via")[0].partition(";branch=")[0]
                request.headers.set_single("Via", f"{via};branch={generate_branch()}")
                answer = await _sent(wire, request, address)
        return (answer.status_code, len(answer.contact)) if answer else (408, 0)
    finally:
        await wire.stop()


async def _sent(wire: Wire, request: SipRequest, address: Address) -> SipResponse | None:
    wire.send(request, address)
    try:
        return await asyncio.wait_for(wire.answer(request, address), WAIT_S)
    except TimeoutError:
        return None
