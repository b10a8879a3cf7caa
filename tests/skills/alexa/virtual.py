"""`make alexa`: npm's virtual-alexa holds a session in each language, with the exported models.

launch → 萬華 → the telephone number of 士林 → stop. virtual-alexa takes an utterance by the samples
of the model and resolves its slots by their values, as Alexa does.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from conversation.service import Conversation
from intents.export import export
from skills.alexa.webhook import blueprint
from tests.conversations import Recorder, facts_of
from tests.small_feed import NOW, snapshot
from tests.web.parts import service

MODULES = Path("build/virtual-alexa/node_modules").absolute()
SCRIPT = Path(__file__).with_name("virtual.js")

# virtual-alexa takes any utterance with "ask" in it for a launch, "masks" too.
SAID = {
    "en-US": (
        "is there one near Wanhua District",
        "the telephone number of Shilin District",
        "stop",
    ),
    "en-GB": (
        "is there one near Wanhua District",
        "the telephone number of Shilin District",
        "stop",
    ),
    "ja-JP": ("万華区 にマスクはありますか", "士林区 の電話番号", "止めて"),
}

WANTED = [
    {"outcome": "Greeting"},
    {"outcome": "Found", "place": "台北市萬華區"},
    {"outcome": "PhoneTold", "place": "台北市士林區"},
    {"outcome": "Goodbye"},
]


def main() -> int:
    """Print each session; 1 where one goes another way."""
    feed, wrong = snapshot(), 0
    with tempfile.TemporaryDirectory() as folder:
        files = list(export("alexa", Path(folder), feed.catalog, ""))
        for locale, said in SAID.items():
            recorder = Recorder()
            app = Flask(__name__)
            talk = Conversation(lambda: feed, lambda: NOW, recorder)
            app.register_blueprint(blueprint(service(talk)))
            model = next(path for path in files if path.name == f"{locale}.json")
            answers = _session(app, model, locale, said)
            found = [facts_of(reply.outcome) for reply in recorder.replies]
            ends = [answer["ends"] for answer in answers] == [False, False, False, True]
            right = ends and len(found) == len(WANTED)
            right = right and all(
                w.items() <= f.items() for w, f in zip(WANTED, found, strict=True)
            )
            wrong += not right
            print(locale, "as wanted" if right else f"WRONG: {found}")  # noqa: T201
            for words, answer in zip(("(launch)", *said), answers, strict=True):
                print(f"  {words} → {answer['said']}")  # noqa: T201
    return int(wrong > 0)


def _session(
    app: Flask, model: Path, locale: str, said: tuple[str, ...]
) -> list[dict[str, object]]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        answered = subprocess.run(  # noqa: S603  our own words
            ["node", str(SCRIPT), str(model), f"http://127.0.0.1:{server.port}/alexa", locale],  # noqa: S607
            input="\n".join(said),
            env=os.environ | {"NODE_MODULES": str(MODULES)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        server.shutdown()
    if answered.returncode:
        sys.exit(answered.stderr)
    return [json.loads(line) for line in answered.stdout.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
