"""A caller written by hand: sends what a test wants and measures what comes, packet by packet."""

import itertools
import random
import socket
import struct
import threading
import time
from collections import deque

import numpy as np

from sip.codecs import PCMU, codec_of
from tests.sip.signals import Samples

FRAME = 160
ECHO_FRAMES = 6
ENDS_S = 0.05
"""so long it takes to notice that it has hung up"""

_SDP = (
    "v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
    "m=audio {port} RTP/AVP {codec} 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"
)
_calls = itertools.count(1)


def invite(
    name: str,
    *,
    port: int = 40_000,
    media: str = "127.0.0.1",
    sdp: str | None = None,
    extra: str = "",
    codec: int = PCMU,
    via_port: int = 5099,
) -> bytes:
    """An INVITE; `name` tells it from others."""
    body = _SDP.format(host=media, port=port, codec=codec) if sdp is None else sdp
    more = f"{extra}\r\n" if extra else ""
    return (
        f"INVITE sip:line@127.0.0.1 SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 127.0.0.1:{via_port};rport;branch=z9hG4bK{name}\r\n"
        f"From: <sip:0227653147@127.0.0.1>;tag={name}\r\nTo: <sip:line@127.0.0.1>\r\n"
        f"Call-ID: {name}\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n"
        f"Contact: <sip:0227653147@127.0.0.1:{via_port}>\r\n{more}"
        f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


STAMPS = 35
"""SO_TIMESTAMPNS: the kernel tells when each datagram came, however busy this process is."""


def arrived(told: list[tuple[int, int, bytes]]) -> float:
    """Seconds since 1970."""
    for level, kind, data in told:
        if (level, kind) == (socket.SOL_SOCKET, STAMPS):
            seconds, nanoseconds = struct.unpack("qq", data[:16])
            return float(seconds + nanoseconds / 1e9)
    return time.time()


class Dialler:
    """One caller. `gaps`: seconds between datagrams of sound that came one after the other."""

    def __init__(
        self,
        line: int,
        *,
        codec: int = PCMU,
        lost: float = 0,
        swapped: float = 0,
        echo: float = 0,
    ) -> None:
        """`lost`, `swapped`: share of its datagrams that are lost, or overtaken by the next two.

        `echo`: how loud what it hears goes back, ECHO_FRAMES later; it then sends with what comes.
        """
        self._line = ("127.0.0.1", line)
        self._sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sip.bind(("127.0.0.1", 0))
        self._sip.settimeout(ENDS_S)
        self._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._rtp.bind(("127.0.0.1", 0))
        self._rtp.settimeout(ENDS_S)
        self._rtp.setsockopt(socket.SOL_SOCKET, STAMPS, 1)
        self._codec = codec
        self._chance = random.Random(7)  # noqa: S311  # the same losses each time
        self._lost, self._swapped = lost, swapped
        self._echo = echo
        self._returns: deque[Samples] = deque()
        self._speaks: deque[Samples] = deque()
        self._name = f"call{next(_calls)}x{time.monotonic_ns()}"
        self._to = ""
        self._number = 100
        self._stamp = 0
        self.media_to = ("127.0.0.1", 0)
        self.heard = 0
        """samples that were no silence"""
        self.sound: list[bytes] = []
        self.gaps: list[float] = []
        self.steps: list[tuple[int, int]] = []
        """from each datagram of sound to the next: by how much sequence number and stamp rise"""
        self.loud_gaps: list[float] = []
        """seconds of silence between what was heard"""
        self.was_hung_up_on = False
        self.answer: dict[str, str] = {}
        """headers of the answer to the INVITE"""
        self.refers_to = ""
        """whom the line asked us to ring"""
        self.rings_out = 200
        """what comes of ringing there; from 600 on the REFER itself is refused"""
        self.replies: dict[str, int] = {}
        """method → status of the last answer to it"""
        self._open = True
        self._threads = [
            threading.Thread(target=run, daemon=True) for run in (self._listen, self._watch)
        ]
        self._final = threading.Event()
        self.status = 0

    def __enter__(self) -> "Dialler":
        return self

    def __exit__(self, *_: object) -> None:
        if self.status == 200 and not self.was_hung_up_on:
            self._send("BYE", 2)
            time.sleep(0.05)
        self._open = False
        for thread in self._threads:
            if thread.is_alive():
                thread.join(2)
        self._sip.close()
        self._rtp.close()

    def call(self, seconds: float = 60, extra: str = "") -> int:
        """Dial; the final status, 0 where none came so far. `extra`: more headers."""
        port, via = self._rtp.getsockname()[1], self._sip.getsockname()[1]
        for thread in self._threads:
            thread.start()
        self._sip.sendto(
            invite(self._name, port=port, codec=self._codec, via_port=via, extra=extra), self._line
        )
        self._final.wait(seconds)
        return self.status

    def cancel(self) -> int:
        """Give up before the answer; the final status of the call."""
        self._send("CANCEL", 1, branch=self._name)
        self._final.wait(60)
        return self.status

    def ask(self, method: str, number: int, extra: str = "", body: str = "") -> int:
        """Another request of the call; its status."""
        self.replies.pop(method, None)
        self._send(method, number, extra=extra, body=body)
        end = time.monotonic() + 60
        while method not in self.replies and time.monotonic() < end:
            time.sleep(0.02)
        return self.replies.get(method, 0)

    def say(self, samples: Samples) -> None:
        """Send sound at its pace, 20 ms a datagram, and a second of hiss behind it."""
        if self._echo:
            self._speaks.extend(
                samples[at : at + FRAME] for at in range(0, len(samples) - FRAME + 1, FRAME)
            )
            return
        pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes() + bytes(
            2 * 8_000 * 13 // 10
        )
        coded = codec_of(self._codec).encode(pcm)
        frames = [coded[at : at + FRAME] for at in range(0, len(coded) - FRAME + 1, FRAME)]
        packets = [self._packet(frame, self._codec) for frame in frames]
        for at in range(len(packets) - 2):
            if self._chance.random() < self._swapped:
                packets[at], packets[at + 2] = packets[at + 2], packets[at]
        start = time.monotonic()
        for at, packet in enumerate(packets):
            time.sleep(max(0.0, start + at * 0.02 - time.monotonic()))
            if self._chance.random() >= self._lost:
                self._rtp.sendto(packet, self.media_to)

    def press(self, keys: str) -> None:
        """Keys by RFC 4733, each with its three last packets."""
        for key in keys:
            self._stamp += 800
            event = "0123456789*#".index(key)
            for end, length in ((0, 160), (0, 320), (1, 480), (1, 480), (1, 480)):
                body = bytes([event, end << 7 | 10]) + length.to_bytes(2)
                packet = self._packet(body, 101, advance=0)
                if self._chance.random() >= self._lost:
                    self._rtp.sendto(packet, self.media_to)
                time.sleep(0.005)

    def _packet(self, body: bytes, kind: int, advance: int = FRAME) -> bytes:
        self._number += 1
        self._stamp += advance
        head = bytes([0x80, kind]) + (self._number & 0xFFFF).to_bytes(2)
        return head + self._stamp.to_bytes(4) + (77).to_bytes(4) + body

    def _send(
        self, method: str, number: int, *, branch: str = "", extra: str = "", body: str = ""
    ) -> None:
        here = self._sip.getsockname()[1]
        branch = branch or f"{self._name}{method}{number}"
        via = f"SIP/2.0/UDP 127.0.0.1:{here};rport;branch=z9hG4bK{branch}"
        to = self._to if method != "CANCEL" else "<sip:line@127.0.0.1>"
        self._sip.sendto(
            (
                f"{method} sip:line@127.0.0.1 SIP/2.0\r\n"
                f"Via: {via}\r\n"
                f"From: <sip:0227653147@127.0.0.1>;tag={self._name}\r\nTo: {to}\r\n"
                f"Call-ID: {self._name}\r\nCSeq: {number} {method}\r\nMax-Forwards: 70\r\n"
                f"{extra}Content-Length: {len(body)}\r\n\r\n{body}"
            ).encode(),
            self._line,
        )

    def _listen(self) -> None:
        while self._open:
            try:
                text = self._sip.recv(65_536).decode()
            except TimeoutError:
                continue
            except OSError:
                return
            head = {
                line.partition(":")[0].lower(): line.partition(":")[2].strip()
                for line in text.split("\r\n")[1:]
                if ":" in line
            }
            if text.startswith("BYE"):
                self.was_hung_up_on = True
                self._sip.sendto(
                    text.replace("BYE", "SIP/2.0 200 OK\r\nX: BYE", 1).encode(), self._line
                )
            elif text.startswith("REFER"):
                self._refer(text, head)
            elif text.startswith("SIP/2.0"):
                self.replies[head.get("cseq", " ").split()[-1]] = int(text.split()[1])
                if "INVITE" in head.get("cseq", ""):
                    self._answered(int(text.split()[1]), text, head)

    def _give_back(self, coded: bytes) -> None:
        """What was heard ECHO_FRAMES ago, softer, and what is spoken on top of it."""
        codec = codec_of(self._codec)
        self._returns.append(np.frombuffer(codec.decode(coded), "<i2") / 32768)
        if len(self._returns) > ECHO_FRAMES and self.media_to[1]:
            made = self._echo * self._returns.popleft()
            if self._speaks:
                made = made + self._speaks.popleft()
            pcm = (np.clip(made, -1, 1) * 32767).astype("<i2").tobytes()
            self._rtp.sendto(self._packet(codec.encode(pcm), self._codec), self.media_to)

    def _refer(self, text: str, head: dict[str, str]) -> None:
        """Accept, or refuse; then tell what came of it (RFC 3515)."""
        self.refers_to = head["refer-to"]
        refused = self.rings_out >= 600
        status = f"SIP/2.0 {self.rings_out if refused else 202} X\r\nX: REFER"
        self._sip.sendto(text.replace("REFER", status, 1).encode(), self._line)
        if not refused:
            frag = f"SIP/2.0 {self.rings_out} X\r\n"
            told = (
                "Event: refer\r\nSubscription-State: terminated;reason=noresource\r\n"
                "Content-Type: message/sipfrag;version=2.0\r\n"
            )
            self._send("NOTIFY", 50, extra=told, body=frag)

    def _answered(self, status: int, text: str, head: dict[str, str]) -> None:
        self._to = head["to"]
        for line in text.split("\r\n"):
            if line.startswith("m=audio"):
                self.media_to = ("127.0.0.1", int(line.split()[1]))
        if status >= 200:
            self._send("ACK", 1, branch="" if status == 200 else self._name)
            self.status, self.answer = status, head
            self._final.set()

    def _watch(self) -> None:
        silence = codec_of(self._codec).encode(bytes(2 * FRAME))
        last = loud = time.time()
        sequence = stamp = 0
        while self._open:
            try:
                data, told, *_ = self._rtp.recvmsg(2_048, 64)
            except TimeoutError:
                continue
            except OSError:
                return
            now = arrived(told)
            if data[1] & 0x7F != self._codec:
                continue
            self.gaps.append(now - last)
            before, last = (sequence, stamp), now
            sequence, stamp = struct.unpack("!HI", data[2:8])
            self.steps.append(((sequence - before[0]) & 0xFFFF, (stamp - before[1]) & 0xFFFFFFFF))
            self.sound.append(data[12:])
            if self._echo:
                self._give_back(data[12:])
            if data[12:] != silence:
                self.loud_gaps.append(now - loud)
                loud = now
                self.heard += FRAME
