"""Samples: rates, levels, pace, and the tone of somebody who looks something up."""

import numpy as np
import numpy.typing as npt

RATE = 8_000
"""samples a second on a telephone line"""

Samples = npt.NDArray[np.float32]
"""from -1 to 1"""

LEVEL_DB = -20.0
"""Speech is sent at this level of its loud parts, as telephone networks expect (ITU-T P.56 puts
active speech near -26 dBov; elderly ears get the rest)."""

LOUDEST = 0.89

STRETCH_WINDOW = 240
STRETCH_SEEK = 60
"""Samples: 30 ms, and how far a better seam is looked for."""


def resampled(samples: Samples, rate: int, wanted: int = RATE) -> Samples:
    """`samples` at another rate, band-limited (through its spectrum)."""
    if rate == wanted or not len(samples):
        return samples
    length = max(1, round(len(samples) * wanted / rate))
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, spectrum.dtype)
    common = min(len(kept), len(spectrum))
    kept[:common] = spectrum[:common]
    return (np.fft.irfft(kept, length) * (length / len(samples))).astype(np.float32)


def levelled(samples: Samples) -> Samples:
    """`samples` at LEVEL_DB, without clipping."""
    if not len(samples):
        return samples
    loud = np.abs(samples) > 0.1 * np.abs(samples).max()
    power = float(np.sqrt(np.mean(samples[loud] ** 2))) if loud.any() else 0.0
    if power < 1e-4:
        return samples
    gain = min(10 ** (LEVEL_DB / 20) / power, LOUDEST / float(np.abs(samples).max()))
    return (samples * gain).astype(np.float32)


def trimmed(samples: Samples, rate: int) -> Samples:
    """`samples` without the silence around them."""
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max(initial=1e-6))
    if not len(loud):
        return samples[:0]
    keep = int(0.03 * rate)
    return samples[max(0, loud[0] - keep) : loud[-1] + keep]


def slower(samples: Samples, pace: float) -> Samples:
    """`samples` drawn out by `pace` (1.25: a quarter longer) at the same pitch (WSOLA)."""
    window, half = np.hanning(2 * STRETCH_WINDOW).astype(np.float32), STRETCH_WINDOW
    if len(samples) < 4 * half:
        return samples
    made = np.zeros(int(len(samples) * pace) + 4 * half, np.float32)
    made[:half] = samples[:half]
    at = 0
    for out in range(0, int(len(samples) * pace) - half, half):
        wanted = int(out / pace)
        first = max(0, wanted - STRETCH_SEEK)
        last = min(len(samples) - 2 * half, wanted + STRETCH_SEEK)
        if last <= first:
            break
        follows = samples[at + half : at + 2 * half] if out else samples[:half]
        best = _seam(samples, follows, first, last) if len(follows) == half else wanted
        made[out : out + 2 * half] += window * samples[best : best + 2 * half]
        at = best
    return made[: int(len(samples) * pace)].astype(np.float32)


def _seam(samples: Samples, follows: Samples, first: int, last: int) -> int:
    likeness = np.correlate(samples[first : last + len(follows)], follows, "valid")
    return first + int(np.argmax(likeness))


def to_pcm(samples: Samples) -> bytes:
    """Samples → s16le."""
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def from_pcm(pcm: bytes) -> Samples:
    """s16le → samples."""
    return np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def tone(seconds: float = 0.18) -> bytes:
    """A soft tone that swells and fades."""
    time = np.arange(int(seconds * RATE)) / RATE
    swell = np.sin(np.pi * time / seconds) ** 2
    return to_pcm((0.05 * swell * np.sin(2 * np.pi * 420 * time)).astype(np.float32))


def silence(seconds: float) -> bytes:
    """Nothing, for so long."""
    return bytes(2 * int(seconds * RATE))
