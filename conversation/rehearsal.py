"""A few answers for nobody, before a process takes calls.

Tables and patterns are made at the first question that needs them: half a second in Mandarin, that
no caller should wait for, and no other caller beside her. One place for all that answer: the
workers of the web and the telephone line of one's own.
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
"""A place, an option by its sound, a rule behind a pause, a name, and the signs of the mainland.
Only in the language that most callers speak: the tables of the two others take 80 MB, and 0.4 s
when somebody comes who speaks them."""

_NOTE = "上午九點發號碼牌"
"""None of the answers need name a pharmacy that has a note."""


def rehearse(snapshot: Callable[[], Snapshot | None], channel: Channel) -> None:
    """Work the answers out as `channel` would; nothing is counted or remembered. Never raises.

    No search for garbage looks at what was made so.
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
    """Free what is garbage, and have no later search look at what is here now."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
