"""Validation of data files by JSON Schema; each mistake with its line and a remedy.

The schemas are in `schemas/`, a file for each folder. A schema's `description` is the remedy that
is printed where it is not met. Beyond the standard: `type: date`, and the formats of
`schema_formats.py` (district, county …).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from checks.documents import Document, Fault, Place
from checks.schema_formats import CHECKER, like

FOLDER = Path(__file__).with_name("schemas")

_SHOWN = 60
"""Characters of a wrong value that are shown."""

_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "date", lambda _, value: isinstance(value, date)
    ),
)


@cache
def schemas(room: str) -> Mapping[str, Any]:
    """File name → its schema, of a room (places, feed …)."""
    text = (FOLDER / f"{room}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def check_schema(document: Document, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Every place where `document` is not what `schema` says."""
    if titles := _titles_missing(document, schema):
        what = f"{', '.join(titles)} is missing in the first line"
        yield document.fault((), what, f"write {','.join(schema['items']['required'])}")
        return
    validator = _Validator(schema, format_checker=CHECKER)
    for error in validator.iter_errors(document.value):
        remedy = _remedy(schema, error)
        for place, what, special in _told(error):
            where = _where(place)
            yield document.fault(place, f"{where}: {what}" if where else what, special or remedy)


def _titles_missing(document: Document, schema: Mapping[str, Any]) -> list[str]:
    """Of a CSV file: told once, and not for every row."""
    rows = document.value if document.file.endswith(".csv") else []
    return [title for title in schema["items"]["required"] if title not in rows[0]] if rows else []


def _where(place: Place) -> str:
    return " → ".join(str(part) if isinstance(part, str) else str(part + 1) for part in place)


def _told(error: Any) -> Iterator[tuple[Place, str, str]]:
    """Where, what is wrong in plain words, and a remedy of its own ("" for the schema's).

    `error`: a ValidationError, whose types have no room for what each validator puts in it.
    """
    place: Place = tuple(error.absolute_path)
    if error.validator == "required":
        name = re.findall("'(.*)' is a required property", error.message)[0]
        yield place, f"{name} is missing", ""
    elif error.validator == "additionalProperties":
        known = sorted(error.schema.get("properties", {}))
        patterns = error.schema.get("patternProperties", ())
        for name in error.instance:
            if name not in known and not any(re.search(pattern, name) for pattern in patterns):
                yield (*place, name), "is not known here", _choice(name, known)
    elif error.validator == "uniqueItems":
        for number, item in enumerate(error.instance):
            if item in error.instance[:number]:
                yield (*place, number), f"{item!r} stands in this list twice", "keep one of them"
    else:
        named = (str(error.instance),) if "propertyNames" in error.schema_path else ()
        yield ((*place, *named), *_wrong(error))


def _wrong(error: Any) -> tuple[str, str]:
    """What is wrong with one value, and a remedy of its own."""
    value, wanted = error.instance, error.validator_value
    shown = repr(value) if len(str(value)) < _SHOWN else f"{str(value)[:_SHOWN]!r}…"
    match error.validator:
        case "enum":
            return f"{shown} is none of those known", _choice(str(value), list(map(str, wanted)))
        case "format":
            return f"{shown} is no {wanted}", _nearest(str(value), like(str(wanted)))
        case "type":
            kinds = wanted if isinstance(wanted, str) else " or ".join(wanted)
            return f"{shown} is no {kinds}", ""
        case "pattern":
            return f"{shown} is not as it must be", ""
        case "minItems" | "minProperties" | "minLength":
            return "is empty, or too short", ""
    return error.message, ""


def _choice(value: str, known: Collection[str]) -> str:
    return _nearest(value, known) or f"take one of {', '.join(known)}"


def _nearest(value: str, known: Collection[str]) -> str:
    """ "write …" with what was probably meant: the whole of it, or the likest; "" for none."""
    plain = value.replace("臺", "台").replace("巿", "市")
    whole = [one for one in known if plain and (one.startswith(plain) or one.endswith(plain))]
    near = whole if len(whole) == 1 else get_close_matches(plain, known, 1)
    return f"write {near[0]}" if near else ""


def _remedy(schema: Mapping[str, Any], error: ValidationError) -> str:
    """The description of what was not met, or of the nearest schema around it."""
    found = schema.get("description", "see the comments at the top of the file")
    part: Any = schema
    for step in error.absolute_schema_path:
        part = part[step]
        if isinstance(part, dict) and isinstance(part.get("description"), str):
            found = part["description"]
    return str(found)
