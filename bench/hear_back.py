"""The other direction: the line's answers, as a caller hears them, written down by a recogniser.

    python -m bench.hear_back [--answers 30] [--pack]

A caller dials, presses a postal code, and listens to the answer, spoken by the voice of `make
speech` (or by the sound pack, where it has the pharmacy's name), over SIP and G.711. Of each
answer: does the recogniser write its place, its pharmacy, its count? The voice makes each answer
before the call, so that nothing waits for it. Sentences are written down one by one: 18 seconds in
one piece are not what a recogniser of questions is made for (Whisper base writes its prompt then).
"""

import argparse
import asyncio
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.hear import EAR, KEPT, SPEECH, UNHURRIED, Seen, line_of, served
from bench.hear_call import KeepingEar, Listener, Recorder, unseen, until
from bench.sip_caller import Caller
from conversation.service import Conversation
from samples import FEED, material
from shared import outcomes as o
from shared.catalog import Snapshot
from shared.dialog.values import Reply, Utterance
from shared.feed.load import load_snapshot
from shared.numbers import say_number
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import District
from shared.speech.wordings import wording_of
from sip.pack import shipped
from sip.servers import Servers
from sip.user_agent import UserAgent

LOCALE = "zh-TW"
SEED = 30
STILL_S = 1.2
PAUSE_FRAMES = 20  # 0.4 s: within a sentence the voice and the sound pack are never still so long
ANSWER_S = 40.0
KINDS = ("place", "pharmacy", "count")


@dataclass(frozen=True, slots=True)
class _Way:
    line: UserAgent
    recorder: Recorder
    ear: KeepingEar
    plain: Conversation
    """answers the same, and nobody calls"""
    pack: bool
    """the sound pack speaks, which has not every name"""


def main() -> None:
    """Print each answer beside what was written, and how many came back."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=30)
    parser.add_argument("--pack", action="store_true", help="let the sound pack speak")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="what `make speech` made")
    told = parser.parse_args()
    snapshot = load_snapshot(str(material() / "data" / FEED))
    KEPT.mkdir(parents=True, exist_ok=True)
    with served(told.speech):
        asyncio.run(_measure(snapshot, told.answers, pack=told.pack))


async def _measure(snapshot: Snapshot, count: int, *, pack: bool) -> None:
    now, recorder = snapshot.source_time + timedelta(minutes=2), Recorder()
    # The same number for each conversation: both are led to the same pharmacy.
    spoken = Conversation(lambda: snapshot, lambda: now, recorder, seeds=itertools.repeat(3))
    plain = Conversation(lambda: snapshot, lambda: now, unseen, seeds=itertools.repeat(3))
    ear = KeepingEar(Servers("recogniser", (f"tcp://127.0.0.1:{EAR}",)), UNHURRIED)
    line = line_of(spoken, snapshot, ear, Seen(), patience=UNHURRIED, voice=not pack)
    way = _Way(line, recorder, ear, plain, pack)
    await line.start()
    counted: Counter[str] = Counter()
    answers = 0
    try:
        for district in _drawn(snapshot):
            if answers == count:
                break
            found = await _one(way, district)
            answers += found is not None
            counted.update(kind for kind in KINDS if found and kind in found)
    finally:
        await line.stop()
    for kind in KINDS:
        print(f"came back by sound: {kind:10} {counted[kind]:3} of {answers}")


def _drawn(snapshot: Snapshot) -> list[District]:
    with_one = sorted(snapshot.catalog.by_district, key=lambda one: one.postal_code)
    return random.Random(SEED).sample(with_one, len(with_one))  # noqa: S311  # no secret


async def _one(way: _Way, district: District) -> set[str] | None:
    """What came back of one answer; None where it names no pharmacy with a count."""
    state, _ = way.plain.take(None, Utterance(opens=True), way.line.parts.channel)
    _, reply = way.plain.take(state, Utterance(keys=district.postal_code), way.line.parts.channel)
    told = reply.outcomes[0]
    if not isinstance(told, o.Found) or (way.pack and not shipped().covers(reply.text)):
        return None
    await way.line.parts.voice.warm(reply.text, LOCALE)
    frames = await _heard(way, district, reply)
    (KEPT / f"back-{district.postal_code}.pcm").write_bytes(b"".join(pcm for pcm, _ in frames))
    said = [await way.ear.write_down(sentence, LOCALE) for sentence in sentences(frames)]
    text = " ".join(said)
    there = {
        "place": _alike(told.pharmacy.district.name.rstrip("鄉鎮市區"), text),
        "pharmacy": any(_alike(name, text) for name in _names(told)),
        "count": _has_number(told.counts[0].left, text),
    }
    found = {kind for kind, is_there in there.items() if is_there}
    lost = " ".join(kind for kind in KINDS if kind not in found) or "all"
    print(f"   {lost:22} {reply.text[:42]} → {text}", flush=True)
    return found


async def _heard(way: _Way, district: District, reply: Reply) -> list[tuple[bytes, bool]]:
    """The whole answer, as it arrives at the caller: frames of sound, and whether each is loud."""
    way.recorder.replies.clear()
    listener = Listener()
    async with Caller(("127.0.0.1", way.line.port)) as caller:
        caller.on_audio = listener
        await caller.dial()
        await until(lambda: listener.loud_since(0.0) is not None, 20)
        await caller.press(district.postal_code[:-1])  # which stops the greeting
        since = time.monotonic()
        await caller.press(district.postal_code[-1])
        await until(lambda: len(way.recorder.replies) == 2, 20)
        assert way.recorder.replies[1][1].text == reply.text
        await until(lambda: listener.loud_since(since) is not None, 20)
        await until(lambda: listener.still_s() > STILL_S, ANSWER_S)
    return [(pcm, loud) for at, pcm, loud in listener.frames if at >= since]


def sentences(frames: Iterable[tuple[bytes, bool]]) -> list[bytes]:
    """What is said between pauses; a recogniser of questions is given one sentence at a time.

    >>> [len(one) for one in sentences([(b"12", True)] * 3 + [(b"12", False)] * 40)]
    [44]
    """
    found, still = [b""], PAUSE_FRAMES
    for pcm, loud in frames:
        still = 0 if loud else still + 1
        if still == PAUSE_FRAMES:
            found.append(b"")
        if still < PAUSE_FRAMES:
            found[-1] += pcm
    return [one for one in found if one]


def _names(told: o.Found) -> tuple[str, ...]:
    return wording_of(LOCALE).names(told.pharmacy.name, told.pharmacy.district.name)


def _alike(name: str, text: str) -> bool:
    """Whether the syllables of `name` stand in `text`, tones and what accents confuse aside."""
    wanted, heard = fold_all(read(name)), fold_all(read(text, 400))
    size = len(wanted)
    return any(heard[at : at + size] == wanted for at in range(len(heard) - size + 1))


def _has_number(left: int | None, text: str) -> bool:
    if left is None:
        return True
    digits = re.findall(r"\d+", text.replace(",", ""))
    return str(left) in digits or _alike(say_number(left), text)


if __name__ == "__main__":
    main()
