"""The OpenAPI document (`openapi.yaml`), and the values by which the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route."""

    name: str
    where: str
    """path, query"""
    required: bool
    words: str
    values: str
    """its valid values: 1 to 50, adult_mask | child_mask"""


@dataclass(frozen=True, slots=True)
class Operation:
    """A route, as the page shows it."""

    path: str
    name: str
    """its id in the document and on the page"""
    summary: str
    words: str
    parameters: tuple[Parameter, ...]
    answers: Mapping[str, str]
    """status → what it means"""
    example: str
    """a URL to try; "" where an id must be known first"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema of the document."""

    name: str
    words: str
    fields: tuple[tuple[str, str, str], ...]
    """name, kind of value, meaning"""


@cache
def document() -> dict[str, Any]:
    """As `/api/openapi.json` serves it."""
    file = resources.files(__package__).joinpath("openapi.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


@cache
def operations() -> tuple[Operation, ...]:
    """The routes of the document, in its order."""
    return tuple(_operation(path, item["get"]) for path, item in document()["paths"].items())


@cache
def shapes() -> tuple[Shape, ...]:
    """What stands in the answers, as far as the document says what it means."""
    schemas = document()["components"]["schemas"]
    return tuple(
        Shape(
            name,
            schema["description"],
            tuple(_field(field, spec) for field, spec in schema["properties"].items()),
        )
        for name, schema in schemas.items()
        if "description" in schema and "properties" in schema
    )


def _field(name: str, spec: Mapping[str, Any]) -> tuple[str, str, str]:
    found = _follow(spec)
    kinds = found.get("type", "text")
    kind = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if "enum" in found:
        kind = " | ".join(found["enum"])
    return name, kind, found.get("description", "")


def _operation(path: str, spec: Mapping[str, Any]) -> Operation:
    answers = {status: _follow(answer) for status, answer in spec["responses"].items()}
    return Operation(
        path=path,
        name=spec["operationId"],
        summary=spec["summary"],
        words=spec.get("description", ""),
        parameters=tuple(_parameter(_follow(one)) for one in spec.get("parameters", ())),
        answers={status: answer["description"] for status, answer in answers.items()},
        example=spec.get("x-example", "" if "{" in path else path),
    )


def _follow(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """`spec`, or what its $ref points to in the document."""
    found: Any = spec
    if "$ref" in spec:
        found = document()
        for part in spec["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return dict(found)


def _parameter(spec: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=spec["name"],
        where=spec["in"],
        required=spec.get("required", False),
        words=spec.get("description", ""),
        values=_values(spec["schema"]),
    )


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    if "maxLength" in schema:
        return f"text, at most {schema['maxLength']} characters"
    return "text"
