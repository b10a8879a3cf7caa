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


def parameters(path: str) -> Mapping[str, Mapping[str, Any]]:
    """Name → what may be given at the route with that path."""
    given = map(follow, document()["paths"][path]["get"].get("parameters", ()))
    return {one["name"]: one for one in given}


def values_of(schema: Mapping[str, Any]) -> str:
    """The values that a parameter may have: from 1 to 50, zh-TW | en-US."""
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "minimum" in schema:
        return f"from {schema['minimum']} to {schema['maximum']}"
    return f"text, at most {schema['maxLength']} characters" if "maxLength" in schema else "text"
