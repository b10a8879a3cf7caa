"""What operators use: feed check, export."""

from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from app import create_app
from settings import Settings
from tests.feed.files import mask_row, masks


@pytest.fixture
def commands(tmp_path: Path) -> FlaskCliRunner:
    """The `flask` commands of a service without any setting."""
    return create_app(Settings(secret_key="k", data_dir=str(tmp_path))).test_cli_runner()


def test_feed_check_names_each_refused_row(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """Rows taken, and for each refused one the line and the reason."""
    file = tmp_path / "feed.csv"
    file.write_bytes(masks([mask_row(1), mask_row(2, identity="5999999999", address="某處")]))
    result = commands.invoke(args=["feed", "check", str(file)])
    assert result.exit_code == 0
    assert "pharmacies taken: 1" in result.output
    assert "line 3: no district in the address" in result.output


def test_feed_check_says_what_is_no_feed(commands: FlaskCliRunner, tmp_path: Path) -> None:
    """An HTML page is none; exit 1 and a line."""
    file = tmp_path / "page.html"
    file.write_text("<html><body>502</body></html>")
    result = commands.invoke(args=["feed", "check", str(file)])
    assert result.exit_code == 1
    assert "page.html" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("platform", ["alexa", "dialogflow", "assist"])
def test_export_lists_what_it_wrote(
    commands: FlaskCliRunner, tmp_path: Path, platform: str
) -> None:
    """Each line is a file that is there."""
    result = commands.invoke(args=["export", platform, "--out", str(tmp_path / "out")])
    written = [Path(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert written
    assert all(path.is_file() and path.stat().st_size for path in written)


def test_dialogflow_push_wants_a_project(commands: FlaskCliRunner) -> None:
    """Without one it says which setting, and pushes nothing."""
    result = commands.invoke(args=["dialogflow", "push"])
    assert result.exit_code == 1
    assert "DIALOGFLOW_PROJECT" in result.output


def test_line_menu_wants_a_token(commands: FlaskCliRunner) -> None:
    """Each channel that has something to upload has a command of its own; without the token it
    says which setting, and asks LINE for nothing."""
    result = commands.invoke(args=["line", "menu"])
    assert result.exit_code == 1
    assert "LINE_CHANNEL_TOKEN" in result.output
