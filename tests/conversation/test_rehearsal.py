"""Who calls first waits no longer than who calls later."""

import json
import os
import subprocess
import sys
from pathlib import Path

import samples

ROOT = Path(__file__).parents[2]

_CALLED = (
    "板橋區還有口罩嗎",
    "平安藥局",
    "下一家",
    "地址",
    "好，謝謝",
    "请问还有儿童口罩吗",
)

_WORKER = """
import json, runpy, sys
from types import SimpleNamespace
from app import create_app
from shared.dialog.values import Channel, Utterance

ROOMS = ("shared", "nlu", "intents", "conversation")
def tables():
    return {
        f"{name}.{key}": value.cache_info().currsize
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in ROOMS
        for key, value in vars(module).items()
        if hasattr(value, "cache_info") and getattr(value, "__module__", "") == name
    }

app = create_app(served=True)
hooks = runpy.run_path("gunicorn.conf.py")
if sys.argv[1] == "ready":
    hooks["post_worker_init"](SimpleNamespace(wsgi=app, age=1))
else:
    app.extensions["feed"].ensure_started()
before = tables()
conversation, channel = app.extensions["conversation"], Channel("twilio", keys=True)
state = None
for text in ("", *json.loads(sys.argv[2])):
    state, _ = conversation.take(state, Utterance(text=text, opens=not text), channel)
made = [name for name, size in tables().items() if size and not before.get(name)]
app.extensions["feed"].stop()
app.extensions["telemetry"].buffer.stop()
print(json.dumps(made))
"""


def _made_while_answering(how: str, folder: Path) -> list[str]:
    """Tables that were made when questions were asked of a process that was started so."""
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "FEED_URL": str(samples.SAMPLES / "data" / samples.FEED),
        "HOURS_URL": str(samples.SAMPLES / "data" / "hours-sample.csv"),
        "SECRET_KEY": "a key of this test alone, long enough",
        "INSECURE": "yes",
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
    }
    ran = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", _WORKER, how, json.dumps(_CALLED)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    made: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return made


def test_a_worker_has_its_tables_before_it_takes_calls(tmp_path: Path) -> None:
    """gunicorn's hook: whatever is asked first, no table is left to make."""
    assert _made_while_answering("ready", tmp_path) == []


def test_without_that_the_first_callers_wait(tmp_path: Path) -> None:
    """What is tried out (`make run`) starts at once, and makes its tables when it is asked."""
    made = _made_while_answering("at once", tmp_path)
    assert "nlu.model.classifier" in made
