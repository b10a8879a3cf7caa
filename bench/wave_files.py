"""Sentences → wave files, each made once: `python -m bench.wave_files MODEL FOLDER`.

JSON on stdin, one a line: {"file": "01.wav", "text": "…", "voice": "zm_yunxi", "speed": 0.9}. The
voices are those of npm's kokoro-js, whose package `make speech` leaves beside the model.
"""

import json
import sys
import wave
from pathlib import Path

from sip.local.kokoro import RATE, Kokoro, unpacked_voice
from sip.sound import resampled, to_pcm, trimmed

LINE_RATE = 8_000


def say(model: Path, folder: Path, wanted: list[dict[str, str]]) -> None:
    """Make what is missing of `wanted` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    package = next(model.glob("kokoro-js-*.tgz"))
    voices: dict[str, Kokoro] = {}
    for one in wanted:
        file, voice = folder / one["file"], one["voice"]
        if file.exists():
            continue
        if voice not in voices:
            unpacked_voice(model, package, voice)
            voices = {voice: Kokoro(model, voice, threads=2)}
        samples = voices[voice].say(one["text"], float(one["speed"]))
        _save(file, to_pcm(trimmed(resampled(samples, RATE, LINE_RATE), LINE_RATE)))


def _save(file: Path, pcm: bytes) -> None:
    part = file.with_suffix(".part")
    with wave.open(str(part), "wb") as made:
        made.setparams((1, 2, LINE_RATE, 0, "NONE", ""))
        made.writeframes(pcm)
    part.rename(file)


if __name__ == "__main__":
    say(Path(sys.argv[1]), Path(sys.argv[2]), [json.loads(line) for line in sys.stdin])
