"""Texts on stdin, one a line → clips of the sound pack, each rendered once.

    python -m checks.sound_pack | python -m sip.local.pack_clips MODEL sip/sounds [VOICE]

A clip that is there keeps its file, unless another voice has made it; one that is no longer wanted
goes. Stopped in the middle it leaves what was made, and goes on from there.
"""

import hashlib
import json
import sys
from pathlib import Path

from aiortp.codecs.g711 import PcmuCodec

from sip.local.kokoro import DEFAULT_VOICE, RATE, Kokoro
from sip.sound import levelled, resampled, to_pcm, trimmed

FORMAT = "G.711 mu-law, 8,000 samples a second, no header"


def render(model: Path, folder: Path, texts: list[str], voice: str = DEFAULT_VOICE) -> None:
    """Make what is missing of `texts` in `folder`, in their order."""
    manifest = folder / "manifest.json"
    about = f"Kokoro-82M v1.0, {voice} (Apache 2.0), rendered by make sounds"
    told = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    clips = told["clips"] if told.get("voice") == about else {}
    kokoro = None
    for text in texts:
        if text in clips and (folder / clips[text]).exists():
            continue
        kokoro = kokoro or Kokoro(model, voice, threads=2)
        file = f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.ulaw"
        samples = levelled(trimmed(resampled(kokoro.say(text), RATE), 8_000))
        (folder / file).write_bytes(PcmuCodec().encode(to_pcm(samples)))
        clips[text] = file
        _write(manifest, about, clips)
    wanted = set(texts)
    for text in [one for one in clips if one not in wanted]:
        (folder / clips.pop(text)).unlink(missing_ok=True)
    _write(manifest, about, clips)


def _write(manifest: Path, about: str, clips: dict[str, str]) -> None:
    told = {"voice": about, "format": FORMAT, "clips": dict(sorted(clips.items()))}
    manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    WANTED = [line.strip() for line in sys.stdin if line.strip()]
    if not WANTED:  # what should have told them has failed, and every clip would go
        sys.exit("no text came on stdin: nothing is changed")
    render(Path(sys.argv[1]), Path(sys.argv[2]), WANTED, *sys.argv[3:])
