"""Sentences → recordings over a noisy telephone line, by ../shared/spoken/pipeline.

    cd ../shared/spoken/pipeline && PYTHON hear_pipeline.py FOLDER < wanted.jsonl

PYTHON is one with that folder's requirements. JSON on stdin, one a line: {"file": "ab.wav",
"text": "…", "seed": "…"}; the seed settles voice and surroundings. What exists is not made again; a
sentence with a syllable that the voice lacks is left out.
"""

import importlib
import json
import random
import sys
import wave
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

RATE = 16_000
"""of what the line gives; it holds nothing above 3,400 Hz"""


def main(folder: Path) -> None:
    """Make what is missing."""
    wanted = [one for one in map(json.loads, sys.stdin) if not (folder / one["file"]).exists()]
    if not wanted:
        return
    line, speaker = importlib.import_module("line"), importlib.import_module("speak").Speaker()
    for one in wanted:
        chance = random.Random(one["seed"])  # noqa: S311  # no secret
        voice, around = speaker.voice(chance), line.room(chance)
        try:
            spoken = speaker.say(one["text"], voice, chance)
        except Exception as problem:
            print("left out", one["text"], repr(problem)[:80], file=sys.stderr)
            continue
        heard = line.through(spoken, speaker.rate, around, chance)
        with wave.open(str(folder / one["file"]), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((heard.clip(-1, 1) * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
