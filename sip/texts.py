"""The sentences of this channel: text.yaml, read."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

LOCALE = "zh-TW"


def own(key: str, locale: str = LOCALE) -> str:
    """The sentence `key` in `locale`; Taiwan's where it has none."""
    return all_own().get(locale, all_own()[LOCALE])[key]


@cache
def all_own() -> Mapping[str, Mapping[str, str]]:
    """Locale → key → sentence."""
    text = resources.files(__package__).joinpath("text.yaml").read_text(encoding="utf-8")
    return {
        locale: {key: str(line) for key, line in lines.items()}
        for locale, lines in yaml.safe_load(text).items()
    }
