"""「今天」 as pharmacies write it: words for days seen from the one on which they were written."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml


@cache
def days_from_today() -> Mapping[str, int]:
    """Word → days from the day on which it was written: 明天 → 1."""
    text = resources.files(__package__).joinpath("today.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
