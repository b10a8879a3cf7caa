"""A call in the terminal: scripts, a real terminal, and the recording in the README."""

import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from app import create_app
from commands.calling import read_script
from commands.screen import PAUSES, Screen, keys_told, labels
from intents.contract import LOCALES
from settings import Settings
from shared.dialog.acts import TakeNext
from shared.dialog.values import Option, Reply
from shared.errors import SettingError
from shared.outcomes import Help
from shared.speech.wordings import wording_of

ROOT = Path(__file__).parents[2]
LAUNCH = """
import signal
from flask.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test may run where it is ignored
main()
"""

AT = ("--at", "2020-03-03 11:00")
"""The demo feed as it stood then: the same words at every run."""


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> FlaskCliRunner:
    """The `flask` commands of a service without any setting."""
    data_dir = tmp_path_factory.mktemp("data")
    return create_app(Settings(secret_key="k", data_dir=str(data_dir))).test_cli_runner()


def call(commands: FlaskCliRunner, *options: str, typed: str | None = None) -> Result:
    """A call that ended as a call should."""
    result = commands.invoke(args=["call", *AT, *options], input=typed)
    assert result.exit_code == 0, result.output
    return result


def script(folder: Path, text: str) -> str:
    """A file that holds `text`."""
    path = folder / "call.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def spoken(result: Result) -> list[str]:
    """What the line said, ringing left out."""
    return [line[2:] for line in result.output.splitlines() if line.startswith("☎ ")][1:]


def test_the_readme_shows_a_call_as_it_is_held(commands: FlaskCliRunner) -> None:
    """The recording there is what its command prints, to the letter."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\$ \.venv/bin/flask --app app (call .*)\n([\s\S]*?)```", readme)
    assert found
    result = commands.invoke(args=shlex.split(found[1]))
    assert result.exit_code == 0
    assert result.output == found[2], "the recording is out of date: put what it prints there"


def test_a_script_holds_a_call(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """Words, keys and silence line by line, comments left out; what was said is shown."""
    turns = "# 打聽\n台北市大安區還有口罩嗎\n2\n…\n#\n"
    result = call(commands, "--script", script(tmp_path, turns))
    assert "打聽" not in result.output
    assert [line for line in result.output.splitlines() if line.startswith("您：")] == [
        "您：台北市大安區還有口罩嗎",
        "您：2",
        "您：（不出聲）",
        "您：#",
    ]
    greeting, found, address, unheard, goodbye = spoken(result)
    assert "示範" in greeting
    assert "大人的" in found
    assert "號" in address
    assert "聽不清楚" in unheard
    assert "再見" in goodbye
    assert result.output.endswith("通話結束。\n")


def test_a_script_that_ends_first_hangs_up(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """The call ends there, and well."""
    result = call(commands, "--script", script(tmp_path, "台北市大安區\n"))
    assert len(spoken(result)) == 2


def test_a_script_that_goes_on_is_told(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """Lines after the goodbye are counted."""
    result = call(commands, "--script", script(tmp_path, "#\n下一家\n地址\n"))
    assert "2 行" in result.output.splitlines()[-1]


def test_keys_are_taken_as_the_line_waits_for_them(
    commands: FlaskCliRunner, tmp_path: Path
) -> None:
    """Three for a postal code, then one at a time; what is typed ahead is pressed next."""
    apart = call(commands, "--script", script(tmp_path, "106\n1\n2\n#\n"))
    ahead = call(commands, "--script", script(tmp_path, "10612#\n"))
    assert spoken(ahead) == spoken(apart)
    assert len(spoken(apart)) == 5


def test_a_person_is_rung_and_the_line_goes_on(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """It rings, nobody answers in a terminal, and the line says what else can be done."""
    result = call(commands, "--script", script(tmp_path, "0\n#\n"))
    assert "1922，嘟" in result.output
    assert "沒有人接" in spoken(result)[-2]


@pytest.mark.parametrize(
    ("locale", "you", "word"),
    [("zh-TW", "您", "口罩"), ("en-US", "You", "Mask"), ("ja-JP", "あなた", "マスク")],
)
def test_it_is_held_in_each_language(
    commands: FlaskCliRunner, tmp_path: Path, locale: str, you: str, word: str
) -> None:
    """The line's words and those around them."""
    result = call(commands, "--lang", locale, "--script", script(tmp_path, "106\n"))
    assert f"{you}：106" in result.output
    assert word in spoken(result)[0]
    assert labels(locale)["hung_up"] in result.output


def test_the_callers_number_counts(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """From Taichung 大安區 is that of 台中."""
    asked = ("--script", script(tmp_path, "大安區還有口罩嗎\n"))
    assert "台中" in spoken(call(commands, "--number", "04-2372-0000", *asked))[-1]
    assert "台北" in spoken(call(commands, "--number", "02-2765-3147", *asked))[-1]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "holds no turn"),
        (b"\n\n# nothing but words about it\n", "holds no turn"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_script_without_turns_is_refused(
    commands: FlaskCliRunner, tmp_path: Path, content: bytes, word: str
) -> None:
    """In one line that names the file."""
    path = tmp_path / "call.txt"
    path.write_bytes(content)
    with pytest.raises(SettingError, match=word):
        read_script(path)
    result = commands.invoke(args=["call", "--script", str(path)])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert str(path) in result.output


@pytest.mark.parametrize(
    "options", [["--script", "nowhere.txt"], ["--lang", "zh-CN"], ["--at", "heute"]]
)
def test_an_option_that_makes_no_sense_is_named(
    commands: FlaskCliRunner, options: list[str]
) -> None:
    """No call and no traceback."""
    result = commands.invoke(args=["call", *options])
    assert result.exit_code == 2
    assert options[0] in result.output


def test_typing_enter_alone_is_silence(commands: FlaskCliRunner) -> None:
    """And the end of what is typed hangs up."""
    result = call(commands, typed="\n\n")
    assert [("聽不清楚" in said or "沒聽到" in said) for said in spoken(result)[1:]] == [True, True]
    assert result.output.endswith("通話結束。\n")


class Waits:
    """Remembers how long it was asked to wait."""

    def __init__(self) -> None:
        self.total = 0.0

    def __call__(self, length: float) -> None:
        self.total += length


@pytest.mark.parametrize("slow", [False, True])
def test_words_come_as_they_are_spoken(capsys: pytest.CaptureFixture[str], *, slow: bool) -> None:
    """As long as it takes to say them, with a breath at each mark; longer after 「慢一點」."""
    text = "台北市大安區信義藥局，大人的還有兩百零五片。"
    waits = Waits()
    Screen(paced=True, wait=waits).speak(Reply(Help(), text, listens=False, slow=slow))
    expected = wording_of("zh-TW").seconds(text) + PAUSES["，"] + PAUSES["。"]
    assert waits.total == pytest.approx(expected * (1.4 if slow else 1))
    assert capsys.readouterr().out == f"☎ {text}\n"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_option_has_a_word(locale: str) -> None:
    """Whatever the dialogue may offer, in every language; and all that stands around it."""
    assert set(labels(locale)) == set(labels(LOCALES[0]))
    for label in ("next", "address", "phone", "connect", "yes", "no", "named"):
        option = Option(TakeNext(), label, "1", "台北市大安區")
        reply = Reply((Help(),), "x", locale=locale, options=(option,))
        assert re.match(r"\[1 .+?\] \[0 .+?\]", keys_told(reply))


class Terminal:
    """A real terminal in which someone calls."""

    def __init__(self, folder: Path, **environment: str) -> None:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-c", LAUNCH, "--app", "app", "call", "--fast", *AT]
        settings = {**os.environ, "FEED_URL": "", "DATA_DIR": str(folder), **environment}
        self.process = subprocess.Popen(  # noqa: S603  our words
            command,
            cwd=ROOT,
            env=settings,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._terminal = ours

    def read_until(self, mark: str) -> str:
        """What is written up to `mark`."""
        seen = b""
        while mark.encode() not in seen:
            ready, _, _ = select.select([self._terminal], [], [], 20)
            assert ready, seen.decode()
            seen += os.read(self._terminal, 4096)
        return seen.decode()

    def type(self, text: str) -> None:
        """Type it, with Enter."""
        os.write(self._terminal, f"{text}\n".encode())

    def interrupt(self, mark: str) -> str:
        """What is written up to `mark` after Ctrl-C; again where it came in the moment before the
        terminal listened, and nothing follows."""
        seen = b""
        for _ in range(5):
            self.process.send_signal(signal.SIGINT)
            while mark.encode() not in seen and select.select([self._terminal], [], [], 4)[0]:
                seen += os.read(self._terminal, 4096)
            if mark.encode() in seen:
                return seen.decode()
        raise AssertionError(seen.decode())

    def exit_code(self) -> int:
        """Once the command has ended."""
        return self.process.wait(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)


def test_a_call_in_a_real_terminal(tmp_path: Path) -> None:
    """In colour; asked, answered, and hung up with #."""
    with Terminal(tmp_path) as terminal:
        opening = terminal.read_until("[# 結束]")
        assert "\x1b[" in opening
        assert "Ctrl-C" in opening
        terminal.type("台北市大安區還有口罩嗎")
        assert "大人的" in terminal.read_until("[# 結束]")
        terminal.type("#")
        terminal.read_until("通話結束")
        assert terminal.exit_code() == 0


def test_ctrl_c_hangs_up(tmp_path: Path) -> None:
    """Politely, without a traceback and without a fault; no colour where none is wanted."""
    with Terminal(tmp_path, NO_COLOR="1") as terminal:
        opening = terminal.read_until("您：")
        assert "\x1b[" not in opening
        assert "Traceback" not in terminal.interrupt("通話結束")
        assert terminal.exit_code() == 0
