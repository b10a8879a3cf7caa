"""Where speech begins and ends: WebRTC's voice-activity detector, and a few counts around it.

While the line itself speaks, what comes in may be its own echo. Then what sounds like speech is
kept from its beginning but not believed at once: our own sound given back is taken off
(sip/echo.py), and what is left has to be loud, or has to have ended. So a question that begins
in the middle of our greeting is heard whole, however late it is believed.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import webrtcvad

from sip.media import FRAME
from sip.metronome import FRAME_S
from sip.sound import RATE

STRICT = 2
"""Of WebRTC's detector, 0 to 3. At 3 it loses soft beginnings, at 1 it takes a fan for speech."""

END_S = 0.9
"""Silence that ends what is being said. Elderly speakers pause 0.5 to 0.8 s inside a sentence."""

WINDOW = 10
STARTS = 6
"""Voiced frames of the last ten (200 ms) that begin speech: a click has two or three."""

STARTS_OVER_US = 8
"""Voiced and loud ones of the last ten that stop the line while it speaks."""

FAINT_DB = -46.0
FAINT_OVER_US_DB = -38.0
"""Below this level (dB of full scale) nothing is speech, or nothing that stops the line: an echo is
some 20 dB below what we send, which the sound pack keeps near -20."""

BEFORE_S = 0.3
"""Kept from before the beginning, which the detector notices late."""

ECHO_S = 0.4
"""So much later than we fall silent our echo may still arrive."""

JUDGED = 10
"""Frames from one look at whether it is our echo to the next."""

COMPARED = 20
"""Frames that are compared with what we sent: 400 ms, two syllables."""

LEAST = 12
"""Voiced frames (0.24 s) of what was said softly into our own voice, that make it worth a look."""

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


class SpeechEndpointer:
    """Frames of 20 ms in, the beginnings and ends of speech out."""

    def __init__(self, is_echo: Callable[[bytes], bool] = lambda _pcm: False) -> None:
        """`is_echo`: whether these last COMPARED frames are what we sent, given back."""
        self._detector = webrtcvad.Vad(STRICT)
        self._is_echo = is_echo
        self._recent: deque[tuple[bool, bool]] = deque(maxlen=WINDOW)
        """voiced, and loud as well"""
        self._before: deque[bytes] = deque(maxlen=int(BEFORE_S / FRAME_S) + WINDOW)
        self._spoken: list[bytes] | None = None
        self._sure = False
        """that it is somebody, and not our echo"""
        self._quiet = self._voiced = self._since = 0
        self._echoes = 0
        """frames for which our echo may still come"""
        self.over_us = False
        """the line itself speaks now"""

    @property
    def speaking(self) -> bool:
        """Whether somebody is in the middle of speaking."""
        return self._spoken is not None and self._sure

    @property
    def attends(self) -> bool:
        """Whether something is being kept, be it speech or not."""
        return self._spoken is not None

    def hear(self, frame: bytes) -> Began | Said | None:
        """Take one frame of 320 bytes; what of another length is let go."""
        if len(frame) != 2 * FRAME:
            return None
        self._echoes = int(ECHO_S / FRAME_S) if self.over_us else max(0, self._echoes - 1)
        voiced = self._note(frame)
        if self._spoken is None:
            self._before.append(frame)
            if sum(one for one, _ in self._recent) < STARTS:
                return None
            self._spoken, self._sure = list(self._before), False
            self._quiet = self._since = 0
            self._voiced = sum(one for one, _ in self._recent)
        else:
            self._spoken.append(frame)
            self._quiet = 0 if voiced else self._quiet + 1
            self._voiced += voiced
        if not self._sure and (found := self._judge(self._spoken)):
            return found
        return self._end(self._spoken)

    def _note(self, frame: bytes) -> bool:
        loudness = level(frame)
        voiced = loudness >= FAINT_DB and bool(self._detector.is_speech(frame, RATE))
        self._recent.append((voiced, voiced and loudness >= FAINT_OVER_US_DB))
        return voiced

    def _judge(self, spoken: list[bytes]) -> Began | None:
        """Whether it is somebody; where it is our echo, all of it but the last is let go."""
        over_us = self._echoes > 0
        loud = sum(loud if over_us else voiced for voiced, loud in self._recent)
        believed = loud >= (STARTS_OVER_US if over_us else STARTS)
        looked = over_us and (believed or self._since % JUDGED == 0)
        if looked and self._is_echo(b"".join(spoken[-COMPARED:])):
            del spoken[: -(self._before.maxlen or 1)]
            self._recent.clear()
            self._voiced, believed = 0, False
        self._since += 1
        if not believed:
            return None
        self._sure = True
        return Began()

    def _end(self, spoken: list[bytes]) -> Said | None:
        if self._quiet * FRAME_S < END_S and len(spoken) * FRAME_S < LONGEST_S:
            return None
        worth = self._sure or self._voiced >= LEAST
        self._spoken = None
        self._recent.clear()
        self._before.clear()
        return Said(b"".join(spoken)) if worth else None


def level(pcm: bytes) -> float:
    """dB of full scale; -100 for silence.

    >>> level(bytes(320))
    -100.0
    """
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    power = float(np.dot(samples, samples)) / max(1, len(samples))
    return 10 * float(np.log10(power / 32768**2)) if power > 0.1 else -100.0
