"""The OpenAPI document: data, in `openapi.yaml`."""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def document() -> dict[str, Any]:
    """As `/api/openapi.json` serves it and `/api` shows it."""
    file = resources.files(__package__).joinpath("openapi.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
