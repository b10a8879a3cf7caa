"""The sound pack: clips of one voice, put together to answers where no voice is set up."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sip.codecs import PCMU, codec_of
from sip.sound import silence

FOLDER = "sounds"
MANIFEST = "manifest.json"

SHORT_S, LONG_S = 0.18, 0.42
"""Pauses after a comma and after a sentence."""

_SHORT = "，、：:,"
_LONG = "。？！；;.?!"
_NOTHING = re.compile(r"[「」『』（）()\s…·\-－—〜~]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: a clip, a pause, or what no clip says."""

    text: str
    kind: str
    """clip, pause or missing"""


class Pack:
    """Text → clip."""

    def __init__(self, clips: Mapping[str, bytes]) -> None:
        """`clips`: text without punctuation at its ends → μ-law samples."""
        self._clips = clips
        self._longest = max(map(len, clips), default=0)

    def __len__(self) -> int:
        return len(self._clips)

    def covers(self, text: str) -> bool:
        """Whether every word of `text` can be said."""
        return all(piece.kind != "missing" for piece in self.pieces(text))

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """`text` in as few clips as possible, with as little missing as possible."""
        text = _NOTHING.sub("", text)
        # best[i]: (characters missing, clips, first piece's length and kind) from i to the end
        best: list[tuple[int, int, int, str]] = [(0, 0, 0, "")] * (len(text) + 1)
        for at in range(len(text) - 1, -1, -1):
            if text[at] in _SHORT + _LONG:
                missing, clips, _, _ = best[at + 1]
                best[at] = (missing, clips, 1, "pause")
                # a clip may begin nowhere at a mark, but may hold one: 「請大聲一點說，像是板橋區」
                continue
            missing, clips, _, _ = best[at + 1]
            best[at] = (missing + 1, clips, 1, "missing")
            for length in range(1, min(self._longest, len(text) - at) + 1):
                if text[at : at + length] in self._clips:
                    missing, clips, _, _ = best[at + length]
                    if (missing, clips + 1) < best[at][:2]:
                        best[at] = (missing, clips + 1, length, "clip")
        return tuple(_joined(text, best))

    def pcm(self, text: str) -> bytes:
        """s16le at 8,000 a second; what no clip says is left out."""
        decode = codec_of(PCMU).decode
        made = bytearray()
        for piece in self.pieces(text):
            if piece.kind == "clip":
                made += decode(self._clips[piece.text])
            elif piece.kind == "pause":
                made += silence(LONG_S if piece.text[-1] in _LONG else SHORT_S)
        return bytes(made)


def _joined(text: str, best: list[tuple[int, int, int, str]]) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        kind, start = best[at][3], at
        at += best[at][2]
        while kind != "clip" and at < len(text) and best[at][3] == kind:
            at += best[at][2]
        yield Piece(text[start:at], kind)


@cache
def shipped() -> Pack:
    """The pack that comes with the project; empty where it is not there."""
    folder = resources.files(__package__).joinpath(FOLDER)
    manifest = folder.joinpath(MANIFEST)
    if not manifest.is_file():
        return Pack({})
    clips = json.loads(manifest.read_text(encoding="utf-8"))["clips"]
    return Pack(
        {
            text: folder.joinpath(file).read_bytes()
            for text, file in clips.items()
            if folder.joinpath(file).is_file()
        }
    )
