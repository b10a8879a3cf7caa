"""The line of soak.sip_load in a process of its own: `python -m soak.sound_line EAR_URI`.

Prints its port, then a line of JSON for each line that it reads: what it holds and has done.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psutil

from conversation.observation import Observed
from conversation.service import Conversation
from shared.clock import taipei_now
from shared.dialog.values import Reply
from shared.feed.load import load_demo
from sip.service import built, prepare
from sip.settings import SipSettings, parse_networks

PORTS = (24_000, 24_999)
CALLS = 50


class _Seen:
    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.first_sounds: list[float] = []
        self.now = 0

    def __call__(self, seen: Observed, _reply: Reply | None) -> None:
        self.counted[seen.outcome] += 1

    def calls(self, now: int) -> None:
        self.now = now

    def refused(self, why: str) -> None:
        self.counted["refused: " + why] += 1

    def took(self, what: str, seconds: float) -> None:
        if what == "first_sound":
            self.first_sounds.append(seconds)

    def lost(self, what: str) -> None:
        self.counted["lost: " + what] += 1


async def serve(ear: str) -> None:
    """Until the input ends."""
    snapshot, seen = load_demo(taipei_now()).snapshot, _Seen()
    settings = replace(
        SipSettings(port=0, allow=parse_networks("127.0.0.0/8"), ports=PORTS, calls=CALLS),
        recognisers=(ear,),
    )
    with tempfile.TemporaryDirectory() as folder:
        conversation = Conversation(lambda: snapshot, taipei_now, seen)
        line = built(settings, conversation, lambda: snapshot, Path(folder), seen)
        prepare(lambda: snapshot, settings.channel)
        await line.start()
        _say({"port": line.port})
        process = psutil.Process()
        while await asyncio.to_thread(sys.stdin.readline):
            cpu = process.cpu_times()
            _say(
                {
                    "calls": line.calls,
                    "tasks": len(asyncio.all_tasks()),
                    "handles": process.num_fds(),
                    "threads": process.num_threads(),
                    "megabytes": round(process.memory_info().rss / 1e6),
                    "cpu_s": cpu.user + cpu.system,
                    "late_s": line.clock.latest_s,
                    "at": time.monotonic(),
                    "turns": dict(seen.counted),
                    "first_sounds": seen.first_sounds,
                }
            )
            line.clock.latest_s = 0.0
            seen.first_sounds = []
        await line.stop()


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
