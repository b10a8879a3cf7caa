"""One question, and what the line makes of what was heard: ask, resolve, understand."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskCliRunner

from app import create_app
from samples import FEED
from settings import Settings
from shared.dialog.acts import Intent


@pytest.fixture(scope="session")
def feed(material: Path) -> str:
    """A mask file, as a recording."""
    return str(material / "data" / FEED)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> FlaskCliRunner:
    """The `flask` commands of a service without any setting."""
    data_dir = tmp_path_factory.mktemp("data")
    return create_app(Settings(secret_key="k", data_dir=str(data_dir))).test_cli_runner()


def lines(commands: FlaskCliRunner, *asked: str | Path, said: str | bytes = "") -> list[Any]:
    """What a command prints, each line read as JSON."""
    result = commands.invoke(args=[str(word) for word in asked], input=said)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_ask_speaks_the_answer(commands: FlaskCliRunner, feed: str) -> None:
    """「板橋還有口罩嗎」 is answered with a pharmacy there and a count written in words."""
    result = commands.invoke(args=["ask", "板橋還有口罩嗎", "--feed", feed])
    assert result.exit_code == 0
    assert result.output.startswith("板橋區")
    assert "大人的還有" in result.output
    assert not any(digit in result.output for digit in "0123456789")


def test_ask_knows_the_callers_area(commands: FlaskCliRunner, feed: str) -> None:
    """--number settles which 大安區 is meant."""
    answers = [
        commands.invoke(args=["ask", "大安區", "--feed", feed, "--number", number]).output
        for number in ("0227653147", "0423720000")
    ]
    assert ["台北" in answers[0], "台中" in answers[1]] == [True, True]


def test_ask_json_tells_how_it_came_about(commands: FlaskCliRunner, feed: str) -> None:
    """--json: intent, outcome, candidates with scores, and the words."""
    (told,) = lines(commands, "ask", "三重區康希藥局", "--json", "--feed", feed)
    assert (told["intent"], told["outcome"], told["sure"]) == ("ask", "Found", True)
    assert told["pharmacies"][0]["name"] == "康希藥局"
    assert 0 < told["pharmacies"][0]["score"] <= 1
    assert "三重區" in told["text"]


def test_resolve_answers_a_line_with_a_line(commands: FlaskCliRunner, feed: str) -> None:
    """As the design has it: places and pharmacies best first, at most three, and whether sure."""
    heard = ["三重期康熙要局", "描歷線台安香", ""]
    told = lines(commands, "resolve", "--feed", feed, said="\n".join(heard) + "\n")
    assert [line["heard"] for line in told] == heard
    assert all(set(line) == {"heard", "districts", "pharmacies", "sure"} for line in told)
    assert all(len(line["districts"]) <= 3 and len(line["pharmacies"]) <= 3 for line in told)
    best = told[0]["pharmacies"][0]
    assert set(best) == {"id", "name", "county", "district", "score"}
    assert (best["county"], best["district"], best["name"]) == ("新北市", "三重區", "康希藥局")
    place = told[1]["districts"][0]
    assert set(place) == {"county", "district", "score"}
    assert (place["county"], place["district"]) == ("苗栗縣", "泰安鄉")
    assert (told[2]["districts"], told[2]["pharmacies"], told[2]["sure"]) == ([], [], False)


@pytest.mark.parametrize("broken", [b"\xff\xfe\n", b"\x00\n", "口".encode()[:2] + b"\n"])
def test_bytes_that_are_no_text_do_not_stop_the_rest(
    commands: FlaskCliRunner, feed: str, broken: bytes
) -> None:
    """The line after them is answered as ever."""
    told = lines(commands, "resolve", "--feed", feed, said=broken + "台北市內湖區\n".encode())
    assert [match["district"] for match in told[-1]["districts"][:1]] == ["內湖區"]


def test_understand_names_what_is_wanted(commands: FlaskCliRunner, feed: str) -> None:
    """The intent names of the spoken material; `ask` for a place, null for nothing understood."""
    wanted = {
        "下一家": "next",
        "地址": "address",
        "小孩的": "child",
        "請再說一次": "repeat",
        "幫我轉接": "operator",
        "內湖區還有口罩嗎": "ask",
        "嗯那個": None,
    }
    told = lines(commands, "understand", "--feed", feed, said="\n".join(wanted) + "\n")
    assert {line["heard"]: line["intent"] for line in told} == wanted
    assert {name for name in wanted.values() if name} <= {str(intent) for intent in Intent}


@pytest.mark.parametrize("command", ["resolve", "understand"])
@pytest.mark.parametrize("source", ["no-such-file.csv", __file__])
def test_a_feed_that_cannot_be_read_is_told_in_a_line(
    commands: FlaskCliRunner, command: str, source: str
) -> None:
    """Exit 1, which file, no traceback."""
    result = commands.invoke(args=[command, "--feed", source], input="內湖\n")
    assert result.exit_code == 1
    assert Path(source).name in result.output
    assert "Traceback" not in result.output
