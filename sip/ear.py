"""Where speech begins and ends: WebRTC's voice-activity detector, and a few counts around it."""

from collections import deque
from dataclasses import dataclass

import numpy as np
import webrtcvad

from sip.clock import FRAME_S
from sip.media import FRAME
from sip.sound import RATE

STRICT = 2
"""Of WebRTC's detector, 0 to 3. At 3 it loses soft beginnings, at 1 it takes a fan for speech."""

END_S = 0.9
"""Silence that ends what is being said. Elderly speakers pause 0.5 to 0.8 s inside a sentence."""

WINDOW = 10
STARTS = 6
"""Voiced frames of the last ten (200 ms) that begin speech: a click has two or three."""

STARTS_OVER_US = 9
"""The same while the line itself speaks: our own voice comes back faintly from an old telephone."""

FAINT_DB = -46.0
FAINT_OVER_US_DB = -38.0
"""Below this level (dB of full scale) nothing is speech; an echo is some 20 dB below what we send,
which the sound pack keeps near -20."""

BEFORE_S = 0.3
"""Kept from before the beginning, which the detector notices late."""

LONGEST_S = 20.0
"""Then what was said is taken as it is: a television speaks on."""


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody has spoken."""

    pcm: bytes
    """s16le at 8,000 a second, a little silence at both ends"""


class Ear:
    """Frames of 20 ms in, the beginnings and ends of speech out."""

    def __init__(self) -> None:
        self._detector = webrtcvad.Vad(STRICT)
        self._recent: deque[bool] = deque(maxlen=WINDOW)
        self._before: deque[bytes] = deque(maxlen=int(BEFORE_S / FRAME_S) + WINDOW)
        self._spoken: list[bytes] | None = None
        self._quiet = 0
        self.over_us = False
        """the line itself speaks now"""

    @property
    def speaking(self) -> bool:
        """Whether somebody is in the middle of speaking."""
        return self._spoken is not None

    def hear(self, frame: bytes) -> Began | Said | None:
        """Take one frame of 320 bytes; what of another length is let go."""
        if len(frame) != 2 * FRAME:
            return None
        voiced = self._is_voice(frame)
        if self._spoken is None:
            return self._wait(frame, voiced)
        self._spoken.append(frame)
        self._quiet = 0 if voiced else self._quiet + 1
        if self._quiet * FRAME_S < END_S and len(self._spoken) * FRAME_S < LONGEST_S:
            return None
        said, self._spoken = b"".join(self._spoken), None
        self._recent.clear()
        self._before.clear()
        return Said(said)

    def _wait(self, frame: bytes, voiced: bool) -> Began | None:
        self._before.append(frame)
        self._recent.append(voiced)
        if sum(self._recent) < (STARTS_OVER_US if self.over_us else STARTS):
            return None
        self._spoken, self._quiet = list(self._before), 0
        return Began()

    def _is_voice(self, frame: bytes) -> bool:
        if level(frame) < (FAINT_OVER_US_DB if self.over_us and not self.speaking else FAINT_DB):
            return False
        return bool(self._detector.is_speech(frame, RATE))


def level(pcm: bytes) -> float:
    """dB of full scale; -100 for silence.

    >>> level(bytes(320))
    -100.0
    """
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    power = float(np.dot(samples, samples)) / max(1, len(samples))
    return 10 * float(np.log10(power / 32768**2)) if power > 0.1 else -100.0
