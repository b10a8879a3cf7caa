"""The OpenAPI document (`openapi.yaml`), which is served, shown as a page and tested against."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def document() -> dict[str, Any]:
    """As `/api/openapi.json` serves it."""
    file = resources.files(__package__).joinpath("openapi.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def follow(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """`spec`, or what its $ref points to in the document."""
    found: Any = spec
    if "$ref" in spec:
        found = document()
        for part in spec["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return dict(found)
