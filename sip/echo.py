"""Whether received sound is only an echo of what we sent."""

import numpy as np

from sip.sound import Samples

TAPS = 48
"""6 ms: what a hybrid or a loudspeaker in a room does to the shape of speech, beside the delay."""

EXPLAINED = 0.6
"""Share of the power that our own sound explains, from which on it is an echo. A caller who speaks
alone or over an echo that is softer than she is comes to less than 0.35, an echo alone through a
hybrid and G.711 to more than 0.8 (tests/sip/test_echo.py)."""

_RIDGE = 1e-3
_STILL = 1e-7
"""Mean power (-70 dB) below which nothing was sent that could come back."""


def is_echo(heard: Samples, sent: Samples) -> bool:
    """Whether `heard` is explained by `sent`, which is longer and ends at the same time.

    An echo is delayed (network, jitter buffer, room) and filtered: the delay is searched over all
    of `sent`, and the filter fitted.
    """
    return explained(heard, sent) >= EXPLAINED


def explained(heard: Samples, sent: Samples) -> float:
    """Share of the power of `heard`, 0 to 1, that a delayed and filtered `sent` makes up."""
    count, power = len(heard), float(np.dot(heard, heard))
    if len(sent) < count + TAPS or power <= 0 or float(np.mean(sent**2)) < _STILL:
        return 0.0
    at = _delayed(heard, sent)
    first = min(max(0, at - TAPS // 2), len(sent) - count - TAPS + 1)
    part = sent[first : first + count + TAPS - 1]
    rows = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(part, TAPS))
    square, towards = rows.T @ rows, rows.T @ heard
    square = square + _RIDGE * (np.trace(square) / TAPS + 1e-9) * np.eye(TAPS, dtype=square.dtype)
    shape = np.linalg.solve(square, towards)
    rest = heard - rows @ shape
    return max(0.0, 1.0 - float(np.dot(rest, rest)) / power)


def _delayed(heard: Samples, sent: Samples) -> int:
    """Where in `sent` that begins which `heard` resembles most."""
    size = 1 << (len(sent) + len(heard)).bit_length()
    spectrum = np.fft.rfft(sent, size) * np.conj(np.fft.rfft(heard, size))
    product = np.fft.irfft(spectrum, size)[: len(sent) - len(heard) + 1]
    squares = np.concatenate([[0.0], np.cumsum(sent.astype(np.float64) ** 2)])
    powers = squares[len(heard) :] - squares[: -len(heard)]
    return int(np.argmax(np.abs(product) / np.sqrt(np.maximum(powers, powers.max() * 1e-2))))
