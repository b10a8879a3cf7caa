"""The calls of ../shared/callers by sound: the same calls as text, and through SIP, side by side.

    python -m bench.hear_callers --speaker PYTHON [--calls 25] [--patient]

PYTHON has the requirements of ../shared/spoken/pipeline, which speaks what the callers say (another
voice, pace and accent for each, over a noisy line). A recording goes by SIP to the line, which asks
the recogniser of `make speech`; where the line asks back she presses the key, as in text. Both ways
are judged by that folder's own play.py. The recordings stay under var/hear/callers.
"""

import argparse
import asyncio
import hashlib
import importlib.util
import json
import random
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.hear import EAR, KEPT, SPEECH, UNHURRIED, Seen, line_of, served
from bench.hear_call import STILL_S, KeepingEar, Listener, Recorder, unseen, until
from bench.sip_caller import Caller
from conversation.service import Conversation
from samples import FEED, REAL
from shared.catalog import Snapshot
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.errors import SettingError
from shared.feed.load import load_snapshot
from shared.outcomes import NotHeard
from shared.places.telephone_numbers import area_code_of
from sip.servers import Servers
from sip.settings import PATIENCE, Patience
from sip.sound import from_pcm, resampled, to_pcm
from sip.user_agent import UserAgent

RECORDED = KEPT / "callers"
SEED = 14
REPLY_S = 90.0
GREETED_S = 20.0
LISTENS_S = 1.5
"""So much of an answer she hears before she goes on."""

Dialogue = dict[str, Any]


def main() -> None:
    """Print each call that goes another way by sound, and both figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--speaker", required=True, help="a Python that has the pipeline's packages"
    )
    parser.add_argument("--calls", type=int, default=25)
    parser.add_argument("--seed", type=int, default=SEED, help="other calls")
    parser.add_argument("--patient", action="store_true", help="on a busy machine, as bench.hear")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="what `make speech` made")
    told = parser.parse_args()
    if not (REAL / "callers" / "play.py").exists():
        raise SettingError(f"{REAL / 'callers'} is not there")
    play = _module(REAL / "callers" / "play.py")
    dialogues = drawn(told.calls, told.seed)
    record(told.speaker, dialogues)
    snapshot = _snapshot()
    truth = play.Truth(REAL / "data" / FEED)
    text = Text(play, snapshot)
    rows = []
    patience = UNHURRIED if told.patient else PATIENCE
    with served(told.speech), Sound(play, snapshot, patience) as sound:
        for one in dialogues:
            before = len(sound.ear.given)
            row = one, _played(play, truth, one, text.call), _played(play, truth, one, sound.call)
            rows.append(row)
            _show(row, [written for _, written in sound.ear.given[before:]])
    _tell(rows)


def drawn(count: int, seed: int = SEED) -> list[Dialogue]:
    """So many Mandarin calls about masks, the same each time."""
    lines = (REAL / "callers" / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    every = [json.loads(line) for line in lines if line.strip()]
    masks = [one for one in every if one["product"] == "mask" and one.get("lang", "zh") == "zh"]
    return random.Random(seed).sample(masks, min(count, len(masks)))  # noqa: S311  # no secret


def record(speaker: str, dialogues: Sequence[Dialogue]) -> None:
    """Let the pipeline speak what is not recorded yet."""
    RECORDED.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"file": _file(turn["said"]).name, "text": turn["said"], "seed": one["id"]})
        for one in dialogues
        for turn in one["turns"]
        if turn.get("said")
    ]
    program = Path(__file__).with_name("hear_pipeline.py").absolute()
    subprocess.run(  # noqa: S603  # our own program
        [speaker, str(program), str(RECORDED.absolute())],
        input="\n".join(lines),
        text=True,
        check=True,
        cwd=REAL / "spoken" / "pipeline",
    )


class Text:
    """Calls as text, with what a telephone of one's own can do."""

    def __init__(self, play: ModuleType, snapshot: Snapshot) -> None:
        self._play = play
        self._conversation = Conversation(lambda: snapshot, lambda: _now(snapshot), unseen)

    def call(self, dialogue: Dialogue) -> Any:
        """One of play.py's calls, whose turns are taken here."""
        state: State | None = None

        def take(utterance: Utterance) -> Reply:
            nonlocal state
            state, reply = self._conversation.take(state, utterance, Channel("sip", keys=True))
            return reply

        opened = take(Utterance(opens=True, area_code=area_code_of(dialogue["from"])))

        def post(fields: dict[str, str]) -> Reply:
            keys, said = fields.get("Digits", ""), fields.get("SpeechResult", "")
            number = dialogue["from"]
            return take(Utterance(text="" if keys else said, keys=keys, caller=number))

        return _call(self._play, opened, post)


class Sound:
    """Calls by SIP, from a thread of their own."""

    def __init__(self, play: ModuleType, snapshot: Snapshot, patience: Patience) -> None:
        self._play = play
        self._recorder = Recorder()
        servers = Servers("recogniser", (f"tcp://127.0.0.1:{EAR}",))
        self.ear = KeepingEar(servers, patience)
        conversation = Conversation(lambda: snapshot, lambda: _now(snapshot), self._recorder)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._line: UserAgent = self._run(self._start(conversation, snapshot, patience))
        self._caller: Caller | None = None

    async def _start(
        self, conversation: Conversation, snapshot: Snapshot, patience: Patience
    ) -> UserAgent:
        line = line_of(conversation, snapshot, self.ear, Seen(), patience=patience, voice=False)
        await line.start()
        return line

    def __enter__(self) -> "Sound":
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._hang_up())
        self._run(self._line.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * REPLY_S)

    def call(self, dialogue: Dialogue) -> Any:
        """One of play.py's calls, by telephone."""
        opened = self._run(self._dial(dialogue["from"]))
        return _call(self._play, opened, lambda fields: self._run(self._give(fields)))

    async def _dial(self, number: str) -> Reply | None:
        await self._hang_up()
        self._recorder.replies.clear()
        digits = "".join(filter(str.isdigit, number))
        self._caller = Caller(("127.0.0.1", self._line.port), number=digits)
        listener = Listener()
        self._caller.on_audio = listener
        await self._caller.__aenter__()
        await self._caller.dial()
        opened = await self._reply(1)
        await until(lambda: listener.loud_since(0.0) is not None, GREETED_S)
        await until(lambda: listener.still_s() > STILL_S, GREETED_S)
        return opened

    async def _hang_up(self) -> None:
        if self._caller:
            await self._caller.__aexit__(None, None, None)
            self._caller = None

    async def _give(self, fields: dict[str, str]) -> Reply | None:
        """Speak or press, and the reply; None where none came."""
        if self._caller is None:
            return None
        before, written = len(self._recorder.replies), len(self.ear.given)
        keys, said = fields.get("Digits"), fields.get("SpeechResult")
        if keys:
            await self._caller.press(keys)
        elif said:
            self._caller.say(_recording(said))
            while self._caller.saying_s > 0:
                await asyncio.sleep(0.02)
        reply = await self._reply(before + 1)
        while said and reply and isinstance(reply.outcome, NotHeard):
            if len(self.ear.given) > written:
                break
            before += 1  # its patience ended while her words were on their way
            reply = await self._reply(before + 1)
        await asyncio.sleep(LISTENS_S)
        return reply

    async def _reply(self, count: int) -> Reply | None:
        end = time.monotonic() + REPLY_S
        while len(self._recorder.replies) < count and time.monotonic() < end:
            await asyncio.sleep(0.05)
        replies = self._recorder.replies
        return replies[count - 1][1] if len(replies) >= count else None


def _call(
    play: ModuleType, opened: Reply | None, post: Callable[[dict[str, str]], Reply | None]
) -> Any:
    """play.py's Call, which judges and presses keys, on another line than Twilio's."""

    class OnThis(play.Call):  # type: ignore[misc,name-defined]  # a module without types
        def __init__(self) -> None:
            self.over = opened is None

        def post(self, **fields: str) -> str:
            reply = post(fields)
            if reply is None:
                self.over = True
                return "〔沒有回答〕"
            self.over = not reply.listens and not reply.rings
            return reply.text + (f"〔撥{reply.rings}〕" if reply.rings else "")

    return OnThis()


Outcome = tuple[bool, bool, list[list[str]]]
"""fulfilled, at once, what was said"""


def _played(
    play: ModuleType, truth: Any, dialogue: Dialogue, called: Callable[[Dialogue], Any]
) -> Outcome:
    call = called(dialogue)
    replies = [[""], *(call.take(turn, dialogue, truth) for turn in dialogue["turns"])]
    faults, asked = play.judge(dialogue, replies, truth)
    return not faults, not faults and not asked, replies[1:]


Row = tuple[Dialogue, Outcome, Outcome]


def _show(row: Row, written: Sequence[str]) -> None:
    dialogue, text, sound = row
    said = " ｜ ".join(turn.get("said") or turn.get("keys", "") for turn in dialogue["turns"])
    way = f"{'text' if text[0] else '-':5}{'sound' if sound[0] else '-':6}"
    print(f"{dialogue['id']:16}{way}{said} → {' ｜ '.join(written)}", flush=True)
    if text[0] and not sound[0]:
        print(f"{'':27}☎ {sound[2][-1][-1][:60]}", flush=True)


def _tell(rows: Sequence[Row]) -> None:
    ways = {"as text": [text for _, text, _ in rows], "by sound": [sound for *_, sound in rows]}
    for name, way in ways.items():
        well, once = sum(one[0] for one in way), sum(one[1] for one in way)
        print(f"{name:9} {well} of {len(rows)} fulfilled, {once} at once")
    both = sum(text[0] and sound[0] for _, text, sound in rows)
    print(f"of those fulfilled as text {both} of {sum(row[1][0] for row in rows)} by sound as well")


def _file(said: str) -> Path:
    return RECORDED / f"{hashlib.sha256(said.encode()).hexdigest()[:12]}.wav"


def _recording(said: str) -> bytes:
    """s16le at 8,000 a second; silence for what the voice could not say."""
    if not (file := _file(said)).exists():
        return bytes(16_000)
    with wave.open(str(file)) as kept:
        samples, rate = from_pcm(kept.readframes(kept.getnframes())), kept.getframerate()
    return to_pcm(resampled(samples, rate, 8_000))


def _snapshot() -> Snapshot:
    data = REAL / "data"
    return load_snapshot(
        str(data / FEED),
        hours=str(data / "hours-sample.csv"),
        locations=str(data / "locations.csv"),
    )


def _now(snapshot: Snapshot) -> datetime:
    return snapshot.source_time + timedelta(minutes=2)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("play", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


if __name__ == "__main__":
    main()
