"""Warms a process up before it takes calls: a few questions are answered for nobody.

Tables and patterns are made at the first question that needs them, which takes half a second in
Mandarin; no caller should wait for that. Used by the web workers and by the SIP line.
"""

import gc
import logging
from collections.abc import Callable

from conversation.service import Conversation
from shared.catalog import Snapshot
from shared.clock import taipei_now
from shared.dialog.values import Channel, Utterance
from shared.hours.note_words import word_at

log = logging.getLogger(__name__)

REHEARSED = (
    "台北市大安區還有口罩嗎",
    "願化",
    "嗯，今天輪到單號還是雙號",
    "高雄市三民區健安藥局",
    "请问哪里还有",
)
"""A place, an option by its sound, a rule after a pause, a name, and simplified characters. Only in
the language of most callers: the tables of the two others take 80 MB, and 0.4 s at their first
question."""

_NOTE = "上午九點發號碼牌"
"""Read too, as no answer may happen to name a pharmacy that has a note."""


def rehearse(snapshot: Callable[[], Snapshot | None], channel: Channel) -> None:
    """Answer the questions as on `channel`; nothing is counted or remembered. Never raises.

    The garbage collector will not look at what was made.
    """
    conversation = Conversation(snapshot, taipei_now, lambda _seen, _reply: None)
    try:
        word_at(_NOTE, 0)
        state, _ = conversation.take(None, Utterance(opens=True), channel)
        for words in REHEARSED:
            state, _ = conversation.take(state, Utterance(text=words), channel)
    except Exception:
        log.exception("the rehearsal failed; the first callers wait for their tables")
    settle()


def settle() -> None:
    """Collect garbage, and exempt all living objects from later collections."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
