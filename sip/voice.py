"""A reply → sound, clause by clause: from what was made before, from a voice, or from the pack."""

import asyncio
import contextlib
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from shared.dialog.values import Reply
from sip.codecs import PCMU, codec_of
from sip.pack import Pack
from sip.servers import NoServerError
from sip.sound import from_pcm, silence, slower, to_pcm
from sip.synthesis import Synthesis
from sip.texts import LOCALE, own
from sip.words import sayable

PACE = 1.25
"""「慢一點」: a quarter longer."""

GAP_S = 0.3
SLOW_GAP_S = 0.7
"""Silence between two sentences."""

KEPT = 400
"""Clauses that are kept in memory; fixed sentences are kept on disk."""

_CLAUSES = re.compile(r".+?(?:[。？！；]+|[.?!](?=\s|$)|$)", re.DOTALL)


class Voice:
    """How the line speaks."""

    def __init__(
        self,
        pack: Pack,
        synthesis: Synthesis | None,
        folder: Path,
        fixed: Iterable[str] = (),
        took: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        """`synthesis`: None for the pack alone; `folder`: where `fixed` clauses are kept.

        `took`: told of the seconds that each clause took to be made.
        """
        self._pack = pack
        self._synthesis = synthesis
        self._folder = folder
        self._fixed = frozenset(one for text in fixed for one in clauses(text))
        self._took = took
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

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
        waiting = [asyncio.ensure_future(self._clause(one, locale)) for one in clauses(text)[:1]]
        rest = clauses(text)[1:]
        try:
            while waiting:
                pcm = await waiting.pop(0)
                if rest:  # made while this one is heard
                    waiting.append(asyncio.ensure_future(self._clause(rest.pop(0), locale)))
                if slow and pcm:
                    pcm = await asyncio.to_thread(_slow, pcm)
                yield pcm + silence(SLOW_GAP_S if slow else GAP_S)
        finally:
            for one in waiting:
                one.cancel()

    def _is_made(self) -> bool:
        """Whether a voice makes it, now."""
        return self._synthesis is not None and self._synthesis.servers.well > 0

    async def _clause(self, text: str, locale: str) -> bytes:
        key = locale, text
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        pcm = await self._made(text, locale)
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
        started = time.monotonic()
        try:
            pcm = to_pcm(await self._synthesis.speak(text, locale))
        except NoServerError:
            return self._pack.pcm(text)
        self._took(time.monotonic() - started)
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


def _slow(pcm: bytes) -> bytes:
    return to_pcm(slower(from_pcm(pcm), PACE))


def _keep(file: Path, coded: bytes) -> None:
    """A full disk costs the cache, never a call."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(coded)
        part.replace(file)
