"""What each platform says about the service itself, read from words.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def words(platform: str) -> dict[str, dict[str, Any]]:
    """Locale → its words for `platform`."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    by_locale: dict[str, dict[str, Any]] = yaml.safe_load(text)[platform]
    return by_locale
