"""What each platform says about the service itself: `text/<platform>.<locale>.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from shared.locales import tables


@cache
def words(platform: str) -> Mapping[str, dict[str, Any]]:
    """Locale → its words for `platform`, of the locales that it speaks."""
    begins = f"{platform}."
    return {
        name.removeprefix(begins): table
        for name, table in tables(__package__).items()
        if name.startswith(begins)
    }
