"""The SIP line as a process: built from its settings, served until a signal."""

import asyncio
import logging
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

from conversation.rehearsal import REHEARSED, rehearse, settle
from conversation.service import Conversation
from shared.catalog import Snapshot
from shared.dialog.values import Channel
from shared.speech.texts import texts
from sip.bias import names_in
from sip.call import Parts
from sip.hearing import Hearing
from sip.observer import SipObserver
from sip.pack import shipped
from sip.recogniser import Recogniser
from sip.servers import Servers
from sip.settings import SipSettings
from sip.synthesis import Synthesis
from sip.texts import all_own
from sip.user_agent import UserAgent
from sip.voice import Voice

FIRST_HOUSE_S = 5.0
"""By then there is a snapshot, with its tables."""

HOUSE_S = 60.0

log = logging.getLogger(__name__)


def built(
    settings: SipSettings,
    conversation: Conversation,
    snapshot: Callable[[], Snapshot | None],
    data_dir: Path,
    seen: SipObserver,
) -> UserAgent:
    """The line, not yet started."""
    patience = settings.patience
    voices = Servers("voice", settings.voices)
    recognisers = Servers("recogniser", settings.recognisers)
    voice = Voice(
        shipped(),
        Synthesis(voices, patience.voice_s) if voices else None,
        data_dir / "voice",
        fixed_sentences(),
        partial(seen.took, "voice"),
        partial(seen.lost, "voice"),
    )
    ear = Recogniser(recognisers, patience.recogniser_s)
    hearing = Hearing(ear, snapshot, seen, patience.again_within_s) if recognisers else None
    parts = Parts(conversation, settings.channel, snapshot, voice, hearing, seen, patience.begin_s)
    return UserAgent(settings, parts)


def fixed_sentences() -> list[str]:
    """The Mandarin sentences without blanks, which are synthesised once."""
    lines = [line for group in texts("zh-TW").values() for line in group if "{" not in line]
    return [*lines, *all_own()["zh-TW"].values()]


async def serve(line: UserAgent) -> None:
    """Take calls until SIGTERM or SIGINT; then wait for running calls to end. A second signal ends
    them at once."""
    loop, told, again = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def stop() -> None:
        (again if told.is_set() else told).set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    await line.start()
    background = [
        asyncio.create_task(one)
        for one in (
            warm(line.parts.voice),
            keep_house(line),
            asyncio.to_thread(prepare, line.parts.snapshot, line.parts.channel),
        )
    ]
    log.info("calls are taken at %s:%d", *line.wire.local_addr)
    try:
        await told.wait()
        log.info("no new calls; %d go on", line.calls)
        ways = [asyncio.create_task(line.drain()), asyncio.create_task(again.wait())]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
    finally:
        for one in background:
            one.cancel()
        await line.stop()


async def keep_house(line: UserAgent) -> None:
    """Collect garbage while there is no call.

    A full collection takes 160 ms, in which no sound is sent: these were the only gaps over 60 ms
    of fifty calls at once (`python -m soak.sip_load`).
    """
    await asyncio.sleep(FIRST_HOUSE_S)
    while True:
        if line.calls == 0:
            settle()
        await asyncio.sleep(HOUSE_S)


def prepare(snapshot: Callable[[], Snapshot | None], channel: Channel) -> None:
    """Warm up answers and the names for the recogniser."""
    rehearse(snapshot, channel)
    for words in REHEARSED:
        names_in(words, snapshot())


async def warm(voice: Voice) -> None:
    """Synthesise the line's own sentences before the first call."""
    for sentence in all_own()["zh-TW"].values():
        await voice.warm(sentence, "zh-TW")
