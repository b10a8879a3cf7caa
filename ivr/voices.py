"""How each locale sounds and is heard: voices.yaml, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from shared.errors import DataError

DEFAULT_LOCALE = "zh-TW"


@dataclass(frozen=True, slots=True)
class Voice:
    """One locale on the telephone."""

    voice: str
    """of <Say>: Google.cmn-TW-Wavenet-A"""
    say: str
    """language of <Say>, the one the voice belongs to: cmn-TW"""
    listen: str
    """language of <Gather>: cmn-Hant-TW"""
    commands: tuple[str, ...]
    """what callers say at any point"""


def voice_of(locale: str) -> Voice:
    """The voice of `locale`; Taiwan's where it has none."""
    return all_voices().get(locale) or all_voices()[DEFAULT_LOCALE]


@cache
def all_voices() -> Mapping[str, Voice]:
    """Locale → voice. DataError where the file has faults."""
    text = resources.files(__package__).joinpath("voices.yaml").read_text(encoding="utf-8")
    try:
        return {
            locale: Voice(
                str(entry["voice"]),
                str(entry["say"]),
                str(entry["listen"]),
                tuple(str(command) for command in entry["commands"]),
            )
            for locale, entry in yaml.safe_load(text).items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as fault:
        raise DataError(f"ivr/voices.yaml: {fault}") from fault
