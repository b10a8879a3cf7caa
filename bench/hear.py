"""Sixty spoken questions through the whole way, with a real recogniser and a real voice.

    make speech hear
    python -m bench.hear --only 10        # the first ten

A question is spoken by another voice than the line's, half of them in a hiss, and goes by SIP and
G.711 to the line on this machine, which asks a recogniser over Wyoming and answers by a voice over
Wyoming. Names are drawn from the feed. Then the same recordings are written down with each list of
likely names (`--lists`). The other direction is bench.hear_back. Not part of `make bench`: some
thirty minutes of both cores. Recordings and what was heard stay under var/hear.
"""

import argparse
import asyncio
import json
import pickle
import subprocess
import time
import wave
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from bench.hear_asked import Question, questions
from bench.hear_call import Asked, KeepingEar, Recorder, ask, breaks_in
from bench.hear_lists import compare
from conversation.service import Conversation
from samples import FEED, material
from shared.catalog import Snapshot
from shared.errors import SettingError
from shared.feed.load import load_snapshot
from sip.call import Parts
from sip.hearing import Hearing
from sip.pack import shipped
from sip.servers import Servers
from sip.service import fixed_sentences, warm
from sip.settings import PATIENCE, Patience, SipSettings, parse_networks
from sip.sound import from_pcm, to_pcm
from sip.synthesis import Synthesis
from sip.user_agent import UserAgent
from sip.voice import Voice

SPEECH = Path("var/speech")
KEPT = Path("var/hear")
EAR, VOICE = 10_301, 10_201
"""Ports of the servers that are started for this; `make serve-speech` has others."""

HOWS = ("at once", "asked back", "said again", "nothing", "wrong")
UNHURRIED = Patience(recogniser_s=60.0, again_within_s=60.0, voice_s=60.0)
"""Where nobody waits on the telephone."""


class Seen:
    """What the line tells of itself."""

    def __init__(self) -> None:
        self.voiced: list[float] = []
        self.losses: Counter[str] = Counter()

    def calls(self, now: int) -> None:
        """Not looked at."""

    def refused(self, why: str) -> None:
        """Not looked at."""

    def took(self, what: str, seconds: float) -> None:
        """A voice made a clause; the rest the caller's own clock and KeepingEar tell."""
        if what == "voice":
            self.voiced.append(seconds)

    def lost(self, what: str) -> None:
        """No server answered in time: the keys, or the sound pack, took its place."""
        self.losses[what] += 1


def main() -> None:
    """Print it all. SettingError where `make speech` was not made."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", type=int, default=60, help="so many of the questions")
    parser.add_argument(
        "--into", action="store_true", help="only those who speak into the greeting"
    )
    parser.add_argument(
        "--patient", action="store_true", help="on a busy machine: the seconds then tell nothing"
    )
    parser.add_argument("--lists", action="store_true", help="each list of likely names as well")
    parser.add_argument("--again", action="store_true", help="no calls: what the last ones left")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="what `make speech` made")
    told = parser.parse_args()
    if not (told.speech / "kokoro.onnx").exists():
        raise SettingError(f"{told.speech} holds no recogniser and no voice: make speech")
    snapshot = load_snapshot(str(material() / "data" / FEED))
    asked = [
        one for one in questions(snapshot.catalog)[: told.only] if breaks_in(one) or not told.into
    ]
    record(told.speech, asked)
    with served(told.speech):
        asyncio.run(_measure(asked, snapshot, told))


def record(speech: Path, asked: Sequence[Question]) -> None:
    """Let a voice say what is not recorded yet."""
    lines = [
        json.dumps({"file": one.file, "text": one.text, "voice": one.voice, "speed": one.speed})
        for one in sorted(asked, key=lambda one: one.voice)
    ]
    run = [str(speech / ".venv/bin/python"), "-m", "bench.wave_files", str(speech), str(KEPT)]
    subprocess.run(run, input="\n".join(lines), text=True, check=True)  # noqa: S603  # our own words


@contextmanager
def served(speech: Path) -> Iterator[None]:
    """The recogniser and the voice, on ports of their own."""
    python = str(speech / ".venv/bin/python")
    run = [python, "-m", "sip.local.wyoming_server", str(speech), str(EAR), str(VOICE)]
    with subprocess.Popen(run, stdout=subprocess.PIPE) as process:  # noqa: S603  # our own words
        try:
            assert process.stdout is not None
            process.stdout.readline()  # it prints where it listens
            time.sleep(1)
            yield
        finally:
            process.terminate()


async def _measure(asked: Sequence[Question], snapshot: Snapshot, told: argparse.Namespace) -> None:
    now = snapshot.source_time + timedelta(minutes=2)
    left = KEPT / "done.pickle"
    done = (
        pickle.loads(left.read_bytes())  # noqa: S301  # our own
        if told.again
        else await _call(asked, snapshot, now, UNHURRIED if told.patient else PATIENCE)
    )
    left.write_bytes(pickle.dumps(done))
    ear = KeepingEar(Servers("recogniser", (f"tcp://127.0.0.1:{EAR}",)), UNHURRIED)
    if told.lists:
        await compare(done, ear, snapshot, now)


async def _call(
    asked: Sequence[Question], snapshot: Snapshot, now: datetime, patience: Patience
) -> list[Asked]:
    recorder, seen = Recorder(), Seen()
    servers = Servers("recogniser", (f"tcp://127.0.0.1:{EAR}",))
    ear = KeepingEar(servers, patience)
    conversation = Conversation(lambda: snapshot, lambda: now, recorder)
    line = line_of(conversation, snapshot, ear, seen, patience=patience)
    await line.start()
    await warm(line.parts.voice)
    done = []
    try:
        for question in asked:
            pcm = _spoken(question)
            one = await ask(question, pcm, ("127.0.0.1", line.port), recorder, ear)
            done.append(one)
            (KEPT / f"{question.number:02}-arrived.pcm").write_bytes(one.pcm)
            print(f"{question.number:2} {one.how:10} {question.text} → {' | '.join(one.heard)}")
    finally:
        await line.stop()
    _tell(done, ear.seconds, seen.voiced)
    print(f"no server in time: {dict(seen.losses)}")
    return done


def line_of(
    conversation: Conversation,
    snapshot: Snapshot,
    ear: KeepingEar,
    seen: Seen,
    *,
    patience: Patience = PATIENCE,
    voice: bool = True,
) -> UserAgent:
    """The line as it is, on loopback, with the real recogniser and the real voice (`voice`), else
    the sound pack."""
    settings = replace(
        SipSettings(port=0, allow=parse_networks("127.0.0.0/8"), ports=(23_000, 23_499)),
        recognisers=tuple(one.uri for one in ear.servers.all),
        voices=(f"tcp://127.0.0.1:{VOICE}",),
    )
    made = Synthesis(Servers("voice", settings.voices), patience.voice_s) if voice else None
    speaks = Voice(shipped(), made, KEPT / "voice", fixed_sentences(), partial(seen.took, "voice"))
    hearing = Hearing(ear, lambda: snapshot, seen, patience.again_within_s)
    parts = Parts(conversation, settings.channel, lambda: snapshot, speaks, hearing, seen)
    return UserAgent(settings, parts)


def _spoken(question: Question) -> bytes:
    with wave.open(str(KEPT / question.file)) as file:
        samples = from_pcm(file.readframes(file.getnframes()))
    samples = 0.3 * samples / max(1e-6, float(np.abs(samples).max()))
    if question.noise_db is not None:
        power = float(np.sqrt(np.mean(samples**2))) * 10 ** (-question.noise_db / 20)
        chance = np.random.default_rng(question.number)
        samples = samples + chance.normal(0, power, len(samples)).astype(np.float32)
    return to_pcm(samples)


def _tell(done: Sequence[Asked], recognised: Sequence[float], voiced: Sequence[float]) -> None:
    print(f"\n{'of ' + str(len(done)) + ' questions':22}" + "".join(f"{how:>12}" for how in HOWS))
    kinds = {"district": [], "pharmacy": [], "other": []}  # type: dict[str, list[Asked]]
    for one in done:
        kinds[one.question.want if one.question.want in kinds else "other"].append(one)
    breaking = [one for one in done if breaks_in(one.question)]
    waiting = [one for one in done if not breaks_in(one.question)]
    parts = {"all": done, **kinds, "into the greeting": breaking, "after the greeting": waiting}
    for name, part in parts.items():
        counted = Counter(one.how for one in part)
        print(f"{name:16}{len(part):6}" + "".join(f"{counted[how]:12}" for how in HOWS))
    _seconds("end of speech → first sound", [one.first_sound_s for one in done])
    _seconds("end of speech → the answer", [one.answer_s for one in done])
    _seconds("longest silence before it", [one.silence_s for one in done if one.answer_s])
    _seconds("recogniser", recognised)
    _seconds("voice, a clause", voiced)


def _seconds(name: str, every: Sequence[float | None]) -> None:
    known = [one for one in every if one is not None]
    if len(known) > 1:
        ninth = quantiles(known, n=10)[-1]
        print(f"{name:30} median {median(known):5.2f} s   90 % {ninth:5.2f} s   of {len(known)}")


if __name__ == "__main__":
    main()
