"""Fifty calls with sound at once, for minutes; then a thousand, one after the other.

    python -m soak.sip_load                # five minutes
    python -m soak.sip_load --minutes 2 --calls 50 --row 1000

SIPp (apt-get install sip-tester) places the calls and plays a recorded question into each, again
and again; a scripted recogniser writes something down a second later; the sound pack answers. What
the line sends is timed by the kernel (soak.sniffer).
"""

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from wyoming.asr import Transcript
from wyoming.audio import AudioStop
from wyoming.event import Event
from wyoming.server import AsyncEventHandler

from sip.codecs import PCMU, codec_of
from sip.pack import shipped
from sip.sound import silence
from soak.sniffer import Sniffer
from soak.sound_line import CALLS, PORTS

MINUTES = 5
CALL_S = 30
IN_A_ROW = 1_000
GAP_S = 0.06
"""What is promised: no longer without a datagram."""

RATE = 5
"""New calls a second."""

THINKS_S = 1.0
SAID = ("大安區還有口罩嗎", "下一家", "地址", "電話幾號", "板橋區還有嗎", "今天輪到單號還是雙號")

SIPP = "sipp"

_SCENARIO = """<?xml version="1.0" encoding="UTF-8"?>
<scenario name="a caller">
<send retrans="500"><![CDATA[
INVITE sip:line@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];rport;branch=[branch]
From: <sip:0227653147@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:line@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:0227653147@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="200"/>
<send><![CDATA[
ACK sip:line@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];rport;branch=[branch]
From: <sip:0227653147@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:line@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
<nop><action><exec rtp_stream="{sound},-1,0,PCMU/8000"/></action></nop>
<pause milliseconds="{milliseconds}"/>
<send retrans="500"><![CDATA[
BYE sip:line@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];rport;branch=[branch]
From: <sip:0227653147@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:line@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>
</scenario>
"""

Told = dict[str, Any]


class _ScriptedRecogniser(AsyncEventHandler):
    said = 0

    async def handle_event(self, event: Event) -> bool:
        """Write the next sentence, whatever was said."""
        if AudioStop.is_type(event.type):
            text = SAID[_ScriptedRecogniser.said % len(SAID)]
            _ScriptedRecogniser.said += 1
            await asyncio.sleep(THINKS_S)
            await self.write_event(Transcript(text=text).event())
        return True


@contextmanager
def scripted_ear() -> Iterator[str]:
    """A recogniser in a thread of its own; its URI."""
    loop, port = asyncio.new_event_loop(), 0
    ready = threading.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _ScriptedRecogniser(reader, writer).run()

    async def start() -> None:
        nonlocal port
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        ready.set()

    loop.create_task(start())
    threading.Thread(target=loop.run_forever, daemon=True).start()
    ready.wait(5)
    yield f"tcp://127.0.0.1:{port}"
    loop.call_soon_threadsafe(loop.stop)


class LineProcess:
    """The line, and questions to it."""

    def __init__(self, ear: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own words
            [sys.executable, "-m", "soak.sound_line", ear],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._read()["port"])

    def _read(self) -> Told:
        assert self._process.stdout is not None
        told: Told = json.loads(self._process.stdout.readline())
        return told

    def look(self) -> Told:
        """What it holds now and has done so far."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)


def main(arguments: list[str] | None = None) -> None:
    """Run both, print what was seen; AssertionError where a promise broke."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--row", type=int, default=IN_A_ROW)
    told = parser.parse_args(arguments if arguments is not None else [])
    if shutil.which(SIPP) is None:
        print(f"left out: there is no {SIPP}: apt-get install sip-tester")
        return
    with tempfile.TemporaryDirectory() as folder, scripted_ear() as ear:
        line = LineProcess(ear)
        try:
            at_once(line, Path(folder), told.calls, told.minutes)
            in_a_row(line, Path(folder), told.row)
        finally:
            line.close()


def at_once(line: LineProcess, folder: Path, calls: int, minutes: float) -> None:
    """So many calls at a time."""
    count = max(calls, int(minutes * 60 / CALL_S * calls))
    sniffer, before = Sniffer(PORTS), line.look()
    worst: Told = before
    sounds: list[float] = []
    run = _sipp(line.port, folder, CALL_S * 1000, ("-l", str(calls), "-r", str(RATE)), count)
    while run.poll() is None:
        time.sleep(5)
        now = line.look()
        sounds += now["first_sounds"]
        worst = max(worst, now, key=lambda told: int(told["calls"]))
        print(
            f"   calls {now['calls']:3}  {now['megabytes']} MB  late {now['late_s'] * 1000:.0f} ms"
        )
    after, failed = line.look(), run.returncode
    sniffer.close()
    gaps = [gap for stream in sniffer.gaps.values() for gap in stream]
    share = (after["cpu_s"] - before["cpu_s"]) / (after["at"] - before["at"])
    well = "NOT all" if failed else "all"
    print(f"{count} calls of {CALL_S} s, {worst['calls']} at a time: {well} ended well")
    print(
        f"processor {share:.0%} of a core, memory {before['megabytes']} → {after['megabytes']} MB"
    )
    print(f"turns {after['turns']}")
    tenths = quantiles([*sounds, *after["first_sounds"]], n=10)
    print(f"end of speech → first sound: median {tenths[4]:.2f} s, 90 % {tenths[8]:.2f} s")
    print(
        f"{len(gaps)} datagrams of {len(sniffer.gaps)} streams:"
        f" median {median(gaps) * 1000:.1f} ms apart,"
        f" 99.9 % {quantiles(gaps, n=1000)[-1] * 1000:.0f} ms, longest {max(gaps) * 1000:.0f} ms,"
        f" over {GAP_S * 1000:.0f} ms: {sum(gap > GAP_S for gap in gaps)}"
    )
    assert not failed, "calls were lost"
    assert after["turns"].get("Found", 0) > count / 2


def in_a_row(line: LineProcess, folder: Path, count: int) -> None:
    """One after the other; what the line holds afterwards is what it held before."""
    _sipp(line.port, folder, 100, ("-l", "1", "-r", "20"), 20).wait()
    time.sleep(12)  # two sweeps
    before = line.look()
    started = time.monotonic()
    failed = _sipp(line.port, folder, 100, ("-l", "1", "-r", "20"), count).wait()
    took = time.monotonic() - started
    time.sleep(40)  # the last answers are kept as long as they may be asked for again
    after = line.look()
    held = ("calls", "tasks", "handles", "threads", "megabytes")
    print(f"{count} calls in a row, {took:.0f} s: {'all' if not failed else 'NOT all'} ended well")
    print("  ".join(f"{name} {before[name]} → {after[name]}" for name in held))
    assert not failed, "calls were lost"
    assert after["calls"] == 0
    assert after["tasks"] <= before["tasks"]
    assert after["handles"] <= before["handles"]


def _sipp(
    port: int, folder: Path, milliseconds: int, pace: tuple[str, ...], count: int
) -> "subprocess.Popen[bytes]":
    sound = folder / "asked.ulaw"
    if not sound.exists():
        pcm = silence(6.0) + shipped().pcm("大安區，還有口罩。") + silence(6.0)
        sound.write_bytes(codec_of(PCMU).encode(pcm))
    scenario = folder / f"caller{milliseconds}.xml"
    scenario.write_text(_SCENARIO.format(sound=sound, milliseconds=milliseconds), encoding="utf-8")
    return subprocess.Popen(  # noqa: S603  # our own words
        [
            *(SIPP, f"127.0.0.1:{port}", "-sf", str(scenario), "-i", "127.0.0.1", "-m", str(count)),
            *("-mp", "26000", *pace, "-nostdin"),
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "sipp.log").open("wb"),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
