"""Made sounds: what stands for a voice, what stands for a caller, and how alike two sounds are."""

import hashlib
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 8_000

Samples = npt.NDArray[np.float64]


def voice_of(text: str) -> Samples:
    """What the scripted voice says for `text`: each text has a sound of its own."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
    chance = np.random.default_rng(seed)
    time = np.arange(int(0.05 * RATE)) / RATE
    steps = [
        sum(np.sin(2 * np.pi * chance.uniform(300, 3000) * time) for _ in range(3)) / 6
        for _ in range(max(4, min(len(text), 14)))
    ]
    return np.concatenate(steps)


def speech(seconds: float = 1.4, seed: int = 1) -> Samples:
    """What stands for a caller: a hum of 140 Hz through moving formants, in syllables."""
    chance = np.random.default_rng(seed)
    made = []
    while sum(map(len, made)) < seconds * RATE:
        time = np.arange(int(chance.uniform(0.16, 0.26) * RATE)) / RATE
        pitch = chance.uniform(110, 190)
        formants = chance.uniform(300, 900), chance.uniform(1000, 2300), 2800
        wave_ = np.zeros_like(time)
        for harmonic in range(1, int(3400 / pitch)):
            hertz = harmonic * pitch
            gain = sum(1 / (1 + ((hertz - one) / 120) ** 2) for one in formants) + 0.02
            wave_ += gain * np.sin(2 * np.pi * hertz * time + chance.uniform(0, 6))
        swell = np.sin(np.pi * np.arange(len(time)) / len(time)) ** 0.4
        made.append(wave_ * swell / np.abs(wave_).max())
    return 0.35 * np.concatenate(made)[: int(seconds * RATE)]


def quiet(seconds: float) -> Samples:
    """The hiss of a line with nobody speaking."""
    return np.random.default_rng(3).normal(0, 0.0008, int(seconds * RATE))


def alike(recorded: Samples, wanted: Samples) -> tuple[float, float]:
    """The best match of `wanted` inside `recorded`: from 0 to 1, and where, in seconds."""
    if len(recorded) < len(wanted):
        return 0.0, 0.0
    size = 1 << (len(recorded) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(wanted, size))
    product = np.fft.irfft(spectrum, size)[: len(recorded) - len(wanted) + 1]
    squares = np.concatenate([[0.0], np.cumsum(recorded**2)])
    power = squares[len(wanted) :] - squares[: -len(wanted)]
    measure = product / np.sqrt(np.maximum(power, 1e-6) * np.sum(wanted**2))
    best = int(np.argmax(measure))
    return float(measure[best]), best / RATE


def save(path: Path, samples: Samples) -> Path:
    """Write a wave file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def load(path: Path) -> Samples:
    """Read a wave file of one channel; one that is still written to has no length yet."""
    data = path.read_bytes()[44:]
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float64) / 32768
