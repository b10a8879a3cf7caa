"""A call that we place ourselves: to try the line out, and to measure it by sound.

async with Caller(("127.0.0.1", 5060)) as caller:
    await caller.asks()                # OPTIONS; 200 where the line is there
    if await caller.dial() == 200:
        await caller.press("106")
        caller.say(pcm)
"""

import asyncio
import ipaddress
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiosipua.dialog import DialogState
from aiosipua.outgoing_call import OutgoingCall
from aiosipua.sdp import build_sdp
from aiosipua.uac import SipUAC
from aiosipua.uas import SipUAS
from aiosipua.utils import format_addr

from sip.admission import Admission
from sip.codecs import PCMA, PCMU
from sip.media import EVENTS, Chosen, Media, Ports
from sip.metronome import Metronome
from sip.outside_dialog import address_towards, outside_dialog
from sip.settings import SipSettings
from sip.wire import Address, Wire

RING_S = 10.0
"""Longer no caller of ours waits for an answer."""

KEY_MS = 120

NUMBER = "0277777777"
"""What stands in From where nobody else's number is told."""


class Caller:
    """One telephone, for one call at a time."""

    def __init__(
        self,
        line: Address,
        *,
        number: str = NUMBER,
        codec: int = PCMU,
        ports: tuple[int, int] = (22_000, 22_999),
    ) -> None:
        """`line`: its address in digits, and its port; `codec`: PCMU or PCMA."""
        self._line = line
        self._number = number
        self._codec = codec
        self._ports = Ports(*ports)
        self._host = address_towards(line[0])
        allowed = SipSettings(allow=(ipaddress.ip_network(line[0]),))
        self._wire = Wire((self._host, 0), Admission(allowed, lambda _why: None))
        self._client = SipUAC(self._wire)
        self._server = SipUAS(self._wire, uac=self._client)
        self._server.on_bye = lambda _call, _request: self._ended()
        self._clock = Metronome()
        self._call: OutgoingCall | None = None
        self._media: Media | None = None
        self.on_audio: Callable[[bytes], None] = lambda _pcm: None
        """told of each frame that arrives, s16le at 8,000 a second"""
        self.was_hung_up_on = False

    async def __aenter__(self) -> Self:
        await self._server.start()
        self._clock.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.hang_up()
        await self._clock.stop()
        await self._server.stop()

    async def asks(self) -> int:
        """OPTIONS: the status that comes back, 408 where none does in 32 s."""
        here = self._wire.local_addr
        request = outside_dialog("OPTIONS", self._target, self._own, self._target, here)
        self._wire.send(request, self._line)
        return await self._wire.answered(request, self._line)

    async def dial(self, seconds: float = RING_S) -> int:
        """The final status of the INVITE; 408 where none came in time, and then it is cancelled."""
        # The line's own port for sound is known from its answer; until then nothing is let in.
        chosen = Chosen(self._codec, EVENTS)
        media = await self._ports.open(self._host, (self._line[0], 9), chosen, self._line[0])
        names = {PCMU: "PCMU", PCMA: "PCMA"}
        offer = build_sdp(
            self._host, media.port, self._codec, names[self._codec], dtmf_payload_type=EVENTS
        )
        media.on_audio = self._heard
        self._media = media
        call = self._client.send_invite(self._own, self._target, self._line, offer)
        self._call = call
        try:
            await call.wait_answered(seconds)
        except TimeoutError:
            call.cancel(self._client)
            return 408
        except RuntimeError:
            return int(call._reject_code or 500)
        answer = call.sdp_answer.rtp_address if call.sdp_answer else None
        if answer is None:
            return 488
        media.move(answer, hold=False)
        self._clock.add(media.tick)
        return 200

    def say(self, pcm: bytes) -> None:
        """Speak, s16le at 8,000 a second, behind what is being spoken."""
        if self._media:
            self._media.play(pcm)

    @property
    def saying_s(self) -> float:
        """Seconds of speech that are not sent yet."""
        return self._media.playing_s if self._media else 0.0

    async def press(self, keys: str) -> None:
        """Keys, one after the other, by RFC 4733."""
        for key in keys:
            if self._media:
                session = self._media._session
                stamp = session._sender.current_timestamp if session._sender else 0
                session.send_dtmf(key, KEY_MS, stamp)
            await asyncio.sleep(2 * KEY_MS / 1000)

    async def hang_up(self) -> None:
        """End the call, where one goes on."""
        if self._call and self._call.dialog.state is DialogState.CONFIRMED:
            bye = self._call.hangup(self._client)
            if bye:
                await self._wire.answered(bye, self._line)
        self._call = None
        if self._media:
            self._clock.remove(self._media.tick)
            await self._media.close()
            self._media = None

    @property
    def _own(self) -> str:
        return f"sip:{self._number}@{self._host}"

    @property
    def _target(self) -> str:
        return f"sip:line@{format_addr(*self._line)}"

    def _heard(self, pcm: bytes) -> None:
        self.on_audio(pcm)

    def _ended(self) -> None:
        self.was_hung_up_on = True
