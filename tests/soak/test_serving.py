"""What measures the service leaves the operator's figures alone."""

import os
from pathlib import Path

import requests

from bench.serving import ROOT, serving


def _written(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_benchmark_writes_nothing_into_var() -> None:
    """Its calls are none of the operator's: they are counted in a folder of its own, which is gone
    afterwards."""
    environment = dict(os.environ)
    before = _written(ROOT / "var")
    with serving(options=("--workers", "1"), environment={"FEED_URL": ""}) as server:
        asked = {"heard": "大安區還有口罩嗎"}
        requests.post(f"{server.base}/phone", json=asked, timeout=10).raise_for_status()
    assert _written(ROOT / "var") == before
    assert dict(os.environ) == environment
