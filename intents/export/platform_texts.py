"""The descriptions of the service for each platform: `text/<platform>.<locale>.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from shared.locales import codes, tables


@cache
def words(platform: str) -> Mapping[str, dict[str, Any]]:
    """Locale → the texts for `platform`, of the locales that it supports."""
    begins = f"{platform}."
    found = tables(__package__)
    return {code: found[begins + code] for code in codes() if begins + code in found}
