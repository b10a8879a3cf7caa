"""The TwiML of whole conversations, as it was last looked at and found good.

python -m tests.ivr.golden      writes golden/*.xml anew; read the difference before committing
"""

import re
from pathlib import Path

from conversation.service import Conversation
from tests import small_feed
from tests.ivr.caller import Caller
from tests.ivr.conftest import SETTINGS, client_of

FOLDER = Path(__file__).with_name("golden")

MUMBLING = "嗯，那個，呃"

TALKS: dict[str, tuple[str, ...]] = {
    "by_voice": ("花蓮市還有口罩嗎", "地址", "電話", "慢一點", "小孩的", "下一家", "謝謝再見"),
    "by_keypad": ("[970]", "[2]", "[3]", "[*]", "[0]", "[#]"),
    "same_named_district": ("大安區還有口罩嗎", "[1]", "下一家"),
    "nothing_heard": ("", "", "", "[0]"),
    "not_understood": (MUMBLING, "[999]", MUMBLING, MUMBLING, MUMBLING),
    "in_english": ("[8]", "[970]", "[#]"),
}
"""What the caller says; [970] are keys, "" is silence."""


def record(turns: tuple[str, ...]) -> str:
    """The documents of one call, one element a line, without the signed state and most hints."""
    snapshot = small_feed.snapshot()
    conversation = Conversation(lambda: snapshot, lambda: small_feed.NOW)
    client = client_of(conversation, SETTINGS, snapshot)
    caller = Caller(client, "+886912345678")
    text = _told("calls", caller.call().document)
    for said in turns:
        if said.startswith("["):
            caller.press(said.strip("[]"))
        elif said:
            caller.say(said)
        else:
            caller.keep_silent()
        text += _told(said or "silence", caller.answer.document)
    return f"<conversation>\n{text}</conversation>\n"


def _told(said: str, document: str) -> str:
    text = document.removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    text = re.sub(r"state=[\w.-]+", "state=…", text)
    text = re.sub(r'hints="([^"]{60})[^"]*"', r'hints="\1…"', text)
    lines = re.sub(r"(?<=>)(?=<(?!/Say|/Number|prosody|/prosody|/Redirect))", "\n", text)
    return f"\n<!-- {said} -->\n{lines}\n"


if __name__ == "__main__":
    for name, turns in TALKS.items():
        (FOLDER / f"{name}.xml").write_text(record(turns), encoding="utf-8")
