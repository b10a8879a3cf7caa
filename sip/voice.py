"""A reply → sound, clause by clause: cached, synthesised, or from the sound pack."""

import asyncio
import contextlib
import hashlib
import re
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from shared.dialog.values import Reply
from sip.codecs import PCMU, codec_of
from sip.pack import Pack
from sip.sayable import sayable
from sip.servers import NoServerError
from sip.sound import RATE, from_pcm, silence, slower, to_pcm
from sip.synthesis import Synthesis
from sip.texts import LOCALE, own

PACE = 1.25
"""「慢一點」: a quarter longer."""

GAP_S = 0.3
SLOW_GAP_S = 0.7
SOFT_GAP_S = 0.08
_SOFT = "，、：,"
"""Silence between two sentences, and behind a comma."""

KEPT = 400
"""Clauses that are kept in memory; fixed sentences are kept on disk."""

SLOW = 0.5
"""Seconds that a voice takes for a second of speech, from which on it is asked for shorter pieces:
the first is heard sooner, and the next is made before it ends."""

_COMMAS = re.compile(r"[^，、：,]+[，、：,]*|[，、：,]+")
SHORTEST = 3
"""Characters of a piece that is worth a request of its own."""

_CLAUSES = re.compile(r".+?(?:[。？！；]+|[.?!](?=\s|$)|$)", re.DOTALL)


class Voice:
    """Speaks replies."""

    def __init__(
        self,
        pack: Pack,
        synthesis: Synthesis | None,
        folder: Path,
        fixed: Iterable[str] = (),
        took: Callable[[float], None] = lambda _seconds: None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """`synthesis`: None for the pack alone; `folder`: where `fixed` clauses are cached.

        `took`: called with the seconds that the synthesis of each clause took; `lost`: called when
        no server synthesised one.
        """
        self._pack = pack
        self._synthesis = synthesis
        self._folder = folder
        self._fixed = frozenset(one for text in fixed for one in clauses(text))
        self._took = took
        self._lost = lost
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._slowness = 0.0
        """recent seconds of synthesis for one of speech"""

    async def say(self, reply: Reply) -> AsyncIterator[bytes]:
        """The sound of `reply`, a clause at a time, so that the first is heard while the rest is
        made; s16le at 8,000 a second."""
        text = reply.text
        if not self._is_made():
            text = sayable(reply, self._pack.covers, own("this_pharmacy"))
            if reply.locale != LOCALE:
                text = own("mandarin_only")
        async for pcm in self.read(text, reply.locale, slow=reply.slow):
            yield pcm

    async def read(self, text: str, locale: str, *, slow: bool = False) -> AsyncIterator[bytes]:
        """The same for any text."""
        rest = deque(self._pieces(text, locale))
        waiting: asyncio.Future[bytes] | None = None
        try:
            while rest:
                piece = rest.popleft()
                made = waiting or asyncio.ensure_future(self._clause(piece, locale))
                waiting = made
                pcm = await made
                # The next is made while this one is heard.
                waiting = asyncio.ensure_future(self._clause(rest[0], locale)) if rest else None
                if slow and pcm:
                    pcm = await asyncio.to_thread(_slow, pcm)
                gap = GAP_S if piece[-1] not in _SOFT else SOFT_GAP_S
                yield pcm + silence(SLOW_GAP_S if slow else gap)
        finally:
            if waiting:
                waiting.cancel()

    async def warm(self, text: str, locale: str) -> None:
        """Make what of `text` is not kept yet, so that nobody waits for it later."""
        if self._is_made():
            for clause in clauses(text):
                await self._clause(clause, locale)

    def _pieces(self, text: str, locale: str) -> list[str]:
        """`text` in clauses; those that a slow voice has yet to make in shorter ones."""
        pieces: list[str] = []
        for clause in clauses(text):
            here = self._slowness < SLOW or not self._is_made() or self._is_kept(clause, locale)
            pieces += [clause] if here else phrases(clause)
        return pieces

    def _is_kept(self, clause: str, locale: str) -> bool:
        return (locale, clause) in self._kept or (
            clause in self._fixed and self._file(clause, locale).is_file()
        )

    def _is_made(self) -> bool:
        """Whether a voice makes it, now."""
        return self._synthesis is not None and self._synthesis.servers.well > 0

    async def _clause(self, text: str, locale: str) -> bytes:
        key = locale, text
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            pcm = await self._made(text, locale)
        except NoServerError:
            self._lost()
            return self._pack.pcm(text)  # not kept: the voice may be back for the next caller
        self._kept[key] = pcm
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return pcm

    async def _made(self, text: str, locale: str) -> bytes:
        if self._synthesis is None:
            return self._pack.pcm(text)
        file = self._file(text, locale)
        if text in self._fixed and file.is_file():
            return codec_of(PCMU).decode(await asyncio.to_thread(file.read_bytes))
        if not self._is_made():  # left out a while: nobody waits for it again at each clause
            raise NoServerError
        started = time.monotonic()
        pcm = to_pcm(await self._synthesis.speak(text, locale))
        took = time.monotonic() - started
        self._took(took)
        self._slowness += 0.3 * (took / max(0.3, len(pcm) / (2 * RATE)) - self._slowness)
        if text in self._fixed:
            await asyncio.to_thread(_keep, file, codec_of(PCMU).encode(pcm))
        return pcm

    def _file(self, text: str, locale: str) -> Path:
        uris = ",".join(one.uri for one in self._synthesis.servers.all) if self._synthesis else ""
        name = hashlib.sha256(f"{uris}|{locale}|{text}".encode()).hexdigest()[:24]
        return self._folder / f"{name}.ulaw"


def clauses(text: str) -> list[str]:
    """`text` in sentences, each with its mark.

    >>> clauses("您好。請問您在哪一區？")
    ['您好。', '請問您在哪一區？']
    """
    return [one.strip() for one in _CLAUSES.findall(text) if one.strip()]


def phrases(clause: str) -> list[str]:
    """`clause` in phrases, none of them only a word.

    >>> phrases("台北市大安區，福星藥局，還有兩百片。")
    ['台北市大安區，', '福星藥局，', '還有兩百片。']
    >>> phrases("要聽地址，按二。")
    ['要聽地址，', '按二。']
    """
    made: list[str] = []
    for one in _COMMAS.findall(clause):
        if made and min(len(made[-1]), len(one)) <= SHORTEST - 1:
            made[-1] += one
        else:
            made.append(one)
    return made


def _slow(pcm: bytes) -> bytes:
    return to_pcm(slower(from_pcm(pcm), PACE))


def _keep(file: Path, coded: bytes) -> None:
    """A full disk costs the cache, never a call."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(coded)
        part.replace(file)
