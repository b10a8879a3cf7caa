"""The libraries of the operator's page are those that were published, with their licences."""

import hashlib
from pathlib import Path

import yaml

WEB = Path(__file__).parents[2] / "web"
LIST = WEB / "vendor.yaml"
FOLDER = WEB / "static" / "vendor"
SUMS = "SHA256SUMS"


def test_every_file_is_as_it_was_published() -> None:
    """No byte was changed here, and nothing lies there that the list does not name."""
    lines = (FOLDER / SUMS).read_text(encoding="ascii").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    for name, digest in sums.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    named = {here for entry in listed for here in entry["files"].values()}
    assert named == set(sums)
    assert named | {SUMS} == {file.name for file in FOLDER.iterdir()}


def test_every_package_has_a_version_a_digest_and_a_licence() -> None:
    """Exactly one version, and its licence lies beside it."""
    for entry in yaml.safe_load(LIST.read_text(encoding="utf-8")):
        assert entry["package"].split("@")[1][0].isdigit()
        assert entry["integrity"].startswith("sha512-")
        assert "LICENSE" in entry["files"]
