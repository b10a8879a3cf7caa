"""The parameters of a request to the API; an invalid one ends it with a problem response."""

from collections.abc import Mapping
from typing import Any, NoReturn

from flask import abort, request

from shared.catalog import Product, Snapshot
from shared.places.districts import District, by_key, by_postal_code
from web.api.document import parameters, values_of
from web.problems import problem


def bad(detail: str) -> NoReturn:
    """400."""
    abort(problem(400, "Bad request", detail))


def missing(detail: str, **more: object) -> NoReturn:
    """404."""
    abort(problem(404, "Not found", detail, **more))


def given(name: str) -> Any:
    """The parameter `name` in the query, its default where there is none.

    400 unless it is what the document says of it at this route.
    """
    parameter = parameters(request.path)[name]
    schema = parameter["schema"]
    text = request.args.get(name)
    if text is None and "default" in schema:
        return schema["default"]
    value = _read(text or "", schema)
    if value is None:
        example = f" For example {name}={parameter['example']}." if "example" in parameter else ""
        what = f"{name} ({parameter['description']}) is missing or makes no sense."
        bad(f"{what} Its values: {values_of(schema)}.{example}")
    return value


def _read(text: str, schema: Mapping[str, Any]) -> str | int | float | None:
    """The value of `text`; None where the schema does not allow it."""
    if schema["type"] == "string":
        fits = text in schema.get("enum", (text,)) and 0 < len(text) <= schema.get("maxLength", 99)
        return text if fits else None
    try:
        number = float(text.encode("ascii"))
    except ValueError:  # no number, or digits of another script
        return None
    if not schema["minimum"] <= number <= schema["maximum"]:  # refuses nan too
        return None
    if schema["type"] == "number":
        return number
    return int(text) if text.isdigit() else None


def product(snapshot: Snapshot) -> Product:
    """The product in `product`, by default the feed's first; 404 for one it does not count."""
    name = request.args.get("product")
    if name is None:
        return snapshot.products[0]
    known = {product.id: product for product in snapshot.products}
    if name not in known:
        missing(f"This feed does not count that product; it counts {', '.join(known)}.")
    return known[name]


def district(text: str) -> District:
    """A district by its postal code or its key, with 台 or 臺; 404 for none."""
    codes = by_postal_code().get(text, ())
    if len(codes) > 1:
        keys = [district.key for district in codes]
        missing(f"{text} is the code of several districts; give one by its name.", districts=keys)
    found = codes[0] if codes else by_key().get(text.replace("臺", "台"))
    if found is None:
        missing("There is no such district: give a postal code (106) or its name (台北市大安區).")
    return found
