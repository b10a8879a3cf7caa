"""The parameters of a request to the API; an invalid one ends it with a problem response."""

from typing import NoReturn

from flask import Request, abort

from intents.contract import LOCALES
from shared.catalog import Location, Product, Snapshot
from shared.places.districts import District, by_key, by_postal_code
from web.problems import problem

LONGEST = 500
"""Characters of a sentence."""

SEEDS = 2**32

SOUTH, NORTH, WEST, EAST = 21.0, 27.0, 118.0, 123.0
"""Degrees between which Taiwan lies with all its islands, 東引 and 烏坵 too."""

NEAREST, MOST_NEAREST = 5, 50
"""How many of the nearest are given by default, and at most."""


def bad(detail: str) -> NoReturn:
    """400."""
    abort(problem(400, "Bad request", detail))


def missing(detail: str, **more: object) -> NoReturn:
    """404."""
    abort(problem(404, "Not found", detail, **more))


def sentence(request: Request, name: str) -> str:
    """The sentence in parameter `name`; 400 where it is missing or longer than LONGEST."""
    words = request.args.get(name, "")
    if not words:
        bad(f"{name} is missing: give what was said, for example {name}=大安區還有口罩嗎.")
    if len(words) > LONGEST:
        bad(f"{name} is too long: give at most {LONGEST} characters.")
    return words


def point(request: Request) -> Location:
    """The point of `lat` and `lon`; 400 where it is not in Taiwan."""
    latitude, longitude = _degrees(request, "lat"), _degrees(request, "lon")
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):  # refuses nan too
        bad(
            f"That is not in Taiwan: give lat from {SOUTH} to {NORTH} (north) "
            f"and lon from {WEST} to {EAST} (east), in degrees."
        )
    return Location(longitude, latitude)


def _degrees(request: Request, name: str) -> float:
    try:
        return float(request.args.get(name, "").encode("ascii"))
    except ValueError:  # no number, or digits of another script
        bad(f"{name} is missing or no number: give degrees, for example lat=25.03 and lon=121.54.")


def whole(request: Request, name: str, default: int, low: int, high: int) -> int:
    """The whole number in parameter `name`; 400 unless it is from `low` to `high`."""
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and low <= int(text) <= high):
        bad(f"{name} makes no sense: give a whole number from {low} to {high}.")
    return int(text)


def language(request: Request) -> str:
    """The locale in `lang`."""
    locale = request.args.get("lang", LOCALES[0])
    if locale not in LOCALES:
        bad(f"lang is not spoken here: give {', '.join(LOCALES)}.")
    return locale


def product(request: Request, snapshot: Snapshot) -> Product:
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
