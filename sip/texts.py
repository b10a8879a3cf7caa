"""The sentences of this channel, from text/<locale>.yaml."""

from collections.abc import Mapping

from shared.locales import DEFAULT, tables

LOCALE = DEFAULT


def own(key: str, locale: str = LOCALE) -> str:
    """The sentence `key` in `locale`; Taiwan's where it has none."""
    return all_own().get(locale, all_own()[LOCALE])[key]


def all_own() -> Mapping[str, Mapping[str, str]]:
    """Locale → key → sentence."""
    return tables(__package__)
