"""Voice and recogniser settings of each locale, from text/<locale>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shared.locales import DEFAULT, tables


@dataclass(frozen=True, slots=True)
class TwilioVoice:
    """The settings of one locale."""

    voice: str
    """of <Say>: Google.cmn-TW-Wavenet-A"""
    say: str
    """language of <Say>, the one the voice belongs to: cmn-TW"""
    listen: str
    """language of <Gather>: cmn-Hant-TW"""
    commands: tuple[str, ...]
    """what callers say at any point"""


def voice_of(locale: str) -> TwilioVoice:
    """The voice of `locale`; Taiwan's where it has none."""
    return all_voices().get(locale) or all_voices()[DEFAULT]


@cache
def all_voices() -> Mapping[str, TwilioVoice]:
    """Locale → voice."""
    return {
        locale: TwilioVoice(entry["voice"], entry["say"], entry["listen"], tuple(entry["commands"]))
        for locale, entry in tables(__package__).items()
    }
