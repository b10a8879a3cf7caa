"""Exporting: files on the disk, the same to the byte each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intents.export import PLATFORMS, export
from intents.export.slot_values import values_of
from shared.catalog import Catalog
from tests.small_world import CATALOG

ROOT = Path(__file__).parents[2]

AGAIN = """
import sys
from pathlib import Path
from intents.export import export
from tests.small_world import CATALOG
export(sys.argv[1], Path(sys.argv[2]), CATALOG)
"""


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_export_is_repeatable_to_the_byte(platform: str, tmp_path: Path) -> None:
    """Another process with another hash seed, and a shuffled feed, write the very same files."""
    written = export(platform, tmp_path / "here", CATALOG)
    assert {path.read_bytes() for path in written} == set(contents(tmp_path / "here").values())
    shuffled = Catalog.of(tuple(reversed(CATALOG.pharmacies)))
    export(platform, tmp_path / "shuffled", shuffled)
    command = [sys.executable, "-c", AGAIN, platform, str(tmp_path / "there")]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, cwd=ROOT)  # noqa: S603  our own code
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert contents(tmp_path / "here") == contents(tmp_path / "shuffled")


@pytest.mark.parametrize(
    ("locale", "slot", "name", "id_"),
    [
        ("zh-TW", "district", "臺北市大安區", "台北市大安區"),
        ("zh-TW", "district", "大安區", "大安區"),
        ("zh-TW", "district", "板橋", "新北市板橋區"),
        ("zh-TW", "county", "臺北", "台北市"),
        ("zh-TW", "pharmacy", "健安藥局", "健安藥局"),
        ("en-US", "district", "Da'an District", "大安區"),
        ("en-US", "district", "Daan Taipei", "台北市大安區"),
        ("en-US", "district", "Banqiao", "新北市板橋區"),
        ("en-US", "pharmacy", "Xinyi Pharmacy", "信義藥局"),
        ("en-US", "road", "Heping East Road", "和平東路"),
        ("ja-JP", "district", "三重区", "新北市三重區"),
        ("ja-JP", "district", "タイペイ市ダーアン区", "台北市大安區"),
        ("ja-JP", "district", "タイペイダーアン区", "台北市大安區"),
        ("ja-JP", "district", "ダーアン区", "大安區"),
        ("ja-JP", "pharmacy", "信義薬局", "信義藥局"),
        ("ja-JP", "pharmacy", "シンイー薬局", "信義藥局"),
        ("ja-JP", "product", "子供用マスク", "child_mask"),
    ],
)
def test_a_name_leads_to_its_chinese_id(locale: str, slot: str, name: str, id_: str) -> None:
    """English and Japanese names stand beside the Chinese that our resolver reads; a name that
    several districts bear leads to the bare name, so that the dialogue asks which."""
    found = [value.id for value in values_of(slot, CATALOG, locale) if name in value.names]
    assert found == [id_]
