"""Frozen values of many fields, filled as fast as those that may change.

A frozen dataclass sets each of its fields by a call of `object.__setattr__`, which looks the field
up by its name: of a state of 23 fields, made three times a turn, that was more than reading it from
JSON. The slots of a class know where they are (docs/decisions/load.md).
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

Value = TypeVar("Value")


def filled(value: type[Value]) -> type[Value]:
    """`value`, a dataclass with slots, with an `__init__` that sets each slot by its descriptor.

    >>> from dataclasses import dataclass
    >>> @filled
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     east: int
    ...     north: int = 0
    >>> Point(3)
    Point(east=3, north=0)
    >>> Point(3).east = 4
    Traceback (most recent call last):
    dataclasses.FrozenInstanceError: cannot assign to field 'east'

    TypeError for one that does more when it is made than take its fields.
    """
    specs = fields(value)  # type: ignore[arg-type]  # a dataclass
    if hasattr(value, "__post_init__") or not all(spec.init and not spec.kw_only for spec in specs):
        raise TypeError(f"{value.__name__} does more than take its fields")
    made = _written(value, specs)
    plain = value.__init__
    made.__qualname__, made.__annotations__ = plain.__qualname__, plain.__annotations__
    value.__init__ = made  # type: ignore[method-assign]
    return value


def _written(value: type, specs: "tuple[Field[Any], ...]") -> Callable[..., None]:
    """The function, put together as text, as dataclasses does it."""
    known: dict[str, object] = {"_missing": MISSING}
    heads, lines = [], []
    for spec in specs:
        name = spec.name
        known[f"_set_{name}"] = getattr(value, name).__set__
        head, given = name, name
        if spec.default is not MISSING:
            known[f"_default_{name}"] = spec.default
            head = f"{name}=_default_{name}"
        elif spec.default_factory is not MISSING:
            known[f"_make_{name}"] = spec.default_factory
            head = f"{name}=_missing"
            given = f"_make_{name}() if {name} is _missing else {name}"
        heads.append(head)
        lines.append(f"        _set_{name}(self, {given})")
    text = [f"def build({', '.join(known)}):"]
    text += [f"    def __init__(self, {', '.join(heads)}):", *lines, "    return __init__"]
    built: dict[str, Any] = {}
    exec("\n".join(text), built)  # noqa: S102  our own fields' names, nothing that came in
    function: Callable[..., None] = built["build"](**known)
    return function
