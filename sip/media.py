"""The sound of one call: G.711 in RTP, both ways, and keys by RFC 4733."""

import errno
import itertools
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiortp.codecs import Codec
from aiortp.packet import is_rtcp
from aiortp.session import RTPSession
from aiosipua.sdp import SdpMessage, negotiate_sdp
from aiosipua.sdp_negotiate import SdpNegotiationError

from sip.admission import Bucket
from sip.codecs import PCMA, PCMU, codec_of
from sip.metronome import FRAME_S
from sip.pacing import Paced, Pacing
from sip.sound import RATE

EVENTS = 101
"""the payload type of keys where the offer names none"""

FRAME = int(RATE * FRAME_S)
"""samples"""

DATAGRAM_BYTES = 1_500
"""RTP of 20 ms has 172; what is longer than an Ethernet frame is none."""

MOST_A_SECOND = 150
"""Datagrams. Speech comes in 50 (100 at 10 ms a packet); what a flood adds is let go."""

PREFETCH = 3
"""Frames that are waited for, so that 60 ms of reordering are put right."""

CAPACITY = 32

REMEMBERED = 60
"""Frames that were sent last: an echo comes back within 0.8 s of the 0.4 s that are compared."""

Address = tuple[str, int]


class _Mute:
    """Counts on while another program sends."""

    def send(self, data: bytes, addr: Address | None = None) -> None:
        """Nothing."""


class Media:
    """One RTP session. `tick` sends a frame; what is heard goes to `on_audio`.

    After `pace` another program sends (sip/pacer.py). Then `tick` only counts, frame by frame, what
    that one sends, so that it can go on in its place should it end.
    """

    def __init__(
        self, session: RTPSession, remote: Address, payload_type: int, port: int, caller: str
    ) -> None:
        """Use `Ports.open`."""
        self.port = port
        self._session = session
        self._paced: Paced | None = None
        self._source: Address | None = None
        self._remote = remote
        self._caller = caller
        self.payload_type = payload_type
        self._types = payload_type, session._dtmf_payload_type, session._cn_payload_type
        self._flood = Bucket(MOST_A_SECOND, 2 * MOST_A_SECOND, time.monotonic())
        self.codec: Codec = codec_of(payload_type)
        self._silence = self.codec.encode(bytes(2 * FRAME))
        self._queue: deque[bytes] = deque()
        self._sent: deque[bytes] = deque(maxlen=REMEMBERED)
        self.on_hold = False
        """the other end wants no sound"""
        self.strangers = 0
        """datagrams from elsewhere, which were let go"""
        self.heard_frames = 0
        session.on_audio = self._heard
        self.on_audio: Callable[[bytes], None] = lambda _pcm: None
        self.on_key: Callable[[str], None] = lambda _key: None
        session.on_dtmf = lambda key, _duration: self.on_key(key)
        for transport in (session._rtp_transport, session._rtcp_transport):
            if transport is not None:
                self._guard(transport)

    def play(self, pcm: bytes) -> None:
        """Put s16le samples behind what is being played."""
        if len(pcm) % (2 * FRAME):
            pcm += bytes(2 * FRAME - len(pcm) % (2 * FRAME))
        coded = self.codec.encode(pcm)
        self._queue.extend(coded[at : at + FRAME] for at in range(0, len(coded), FRAME))
        if self._paced:
            self._paced.play(coded)

    def pace(self, pacing: Pacing) -> None:
        """From now on let `pacing` send, silence where nothing waits."""
        transport, sender = self._session._rtp_transport, self._session._sender
        assert transport is not None  # noqa: S101  # `Ports.open` has made both
        assert transport._transport is not None  # noqa: S101
        assert sender is not None  # noqa: S101
        self._paced = pacing.open(
            transport._transport.get_extra_info("socket").fileno(),
            address=self._source or self._remote,
            sequence=sender.sequence_number,
            stamp=sender.current_timestamp,
            ssrc=sender.ssrc,
            kind=self.payload_type,
            silence=self._silence.hex(),
            hold=self.on_hold,
        )
        sender._transport = _Mute()  # type: ignore[assignment]
        for frame in self._queue:
            self._paced.play(frame)

    def hush(self) -> None:
        """Play no more of what waits."""
        self._queue.clear()
        if self._paced:
            self._paced.hush()

    @property
    def playing_s(self) -> float:
        """Seconds of sound that wait."""
        return len(self._queue) * FRAME_S

    @property
    def sent(self) -> bytes:
        """The last of what was sent, s16le."""
        return self.codec.decode(b"".join(self._sent))

    def tick(self) -> None:
        """Send a frame, or silence: a stream that never stops keeps NATs open and gaps away."""
        if self._paced and not self._paced.runs:
            self._pace_no_more()
        if self.on_hold:
            return
        frame = self._queue.popleft() if self._queue else self._silence
        self._sent.append(frame)
        self._session.send_audio_auto(frame)

    def move(self, remote: Address, *, hold: bool) -> None:
        """The other end says anew where it wants the sound, or that it wants none."""
        self.on_hold = hold
        if remote != self._remote and not hold:
            self._remote, self._source = remote, None
        self._aim(self._source or self._remote)

    def _aim(self, address: Address) -> None:
        self._session.update_remote(address)
        if self._paced:
            self._paced.move(address, hold=self.on_hold)

    def _pace_no_more(self) -> None:
        """It has ended: send here."""
        self._paced = None
        if self._session._sender and self._session._rtp_transport:
            self._session._sender._transport = self._session._rtp_transport

    async def close(self) -> None:
        """Give the ports back."""
        self._queue.clear()
        if self._paced:
            self._paced.close()
        await self._session.close()

    def _heard(self, pcm: bytes, _timestamp: int) -> None:
        self.heard_frames += 1
        self.on_audio(pcm)

    def _guard(self, transport: object) -> None:
        """Let only the other end's datagrams through, to RTP, RTCP and STUN alike."""
        taken = transport.datagram_received  # type: ignore[attr-defined]  # aiortp's RtpTransport

        def guarded(data: bytes, addr: tuple[str | int, ...]) -> None:
            source = (str(addr[0]), int(addr[1]))
            if len(data) > DATAGRAM_BYTES or not self._is_theirs(data, source):
                self.strangers += 1
                return
            if not is_rtcp(data) and data[1] & 0x7F not in self._types:
                return
            if self._flood.take(time.monotonic()):
                try:
                    taken(data, source)
                except Exception:  # keys of two bytes and the like
                    self.strangers += 1

        transport.datagram_received = guarded  # type: ignore[attr-defined]

    def _is_theirs(self, data: bytes, source: Address) -> bool:
        """The address it named; behind a NAT the first port of that host that sends RTP instead."""
        if source == self._remote:
            if self._source:  # somebody else of that host was quicker
                self._source = None
                self._aim(source)
            return len(data) >= 12
        if source == self._source:
            return len(data) >= 12
        if source[0] not in (self._remote[0], self._caller) or len(data) < 12:
            return False
        if is_rtcp(data):
            return True
        if self._source is None and self.heard_frames == 0 and data[0] >> 6 == 2:
            self._source = source
            self._aim(source)
            return True
        return False


class Ports:
    """The UDP ports of the sound."""

    def __init__(self, first: int, last: int) -> None:
        self._turn = itertools.cycle(range(first + first % 2, last, 2))
        """even (RFC 3550, 11), and in turn, so that one just given back rests"""
        self._pairs = (last - first + 1) // 2

    async def open(self, host: str, remote: Address, chosen: "Chosen", caller: str) -> Media:
        """A session on the next free pair; OSError where all are taken.

        `caller`: the host that the call came from; its sound may come from there too.
        """
        for _ in range(self._pairs):
            port = next(self._turn)
            if not _is_free(host, port):
                continue
            try:
                session = await RTPSession.create(
                    (host, port),
                    remote,
                    chosen.payload_type,
                    codec_of(chosen.payload_type),
                    dtmf_payload_type=chosen.events,
                    jitter_capacity=CAPACITY,
                    jitter_prefetch=PREFETCH,
                    skip_audio_gaps=True,
                    cname="mask-line",
                )
            except OSError:  # another program was quicker
                continue
            return Media(session, remote, chosen.payload_type, port, caller)
        raise OSError(errno.EADDRINUSE, "all ports of SIP_PORTS are taken")


def _is_free(host: str, port: int) -> bool:
    """Whether the port and the next can be bound: what aiortp binds halfway it does not close."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_DGRAM) as one,
        socket.socket(family, socket.SOCK_DGRAM) as two,
    ):
        try:
            one.bind((host, port))
            two.bind((host, port + 1))
        except OSError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the two ends speak."""

    payload_type: int
    events: int
    """payload type of keys"""


def choose(offer: SdpMessage) -> Chosen:
    """The first codec of the offer that we have; SdpNegotiationError without G.711."""
    audio = offer.audio
    if audio is None or audio.proto != "RTP/AVP":
        raise SdpNegotiationError("no plain RTP is offered")
    named = [
        one.payload_type for one in audio.codecs if one.encoding_name.lower() == "telephone-event"
    ]
    events = named[0] if named else EVENTS
    _, payload_type = negotiate_sdp(offer, "0.0.0.0", 0, [PCMU, PCMA], events)  # noqa: S104
    return Chosen(payload_type, events)


def answer(offer: SdpMessage, chosen: Chosen, host: str, port: int) -> SdpMessage:
    """Our answer to `offer`."""
    return negotiate_sdp(offer, host, port, [chosen.payload_type], chosen.events)[0]


def holds(offer: SdpMessage) -> bool:
    """Whether the other end wants no sound (RFC 3264, 8.4; the old way is address 0.0.0.0)."""
    audio, address = offer.audio, offer.rtp_address
    away = address is not None and address[0] in ("0.0.0.0", "::")  # noqa: S104  # an SDP's word
    return away or (audio is not None and audio.direction in ("sendonly", "inactive"))
