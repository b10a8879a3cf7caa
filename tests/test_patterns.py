"""No pattern of ours takes time that grows faster than what it reads.

Every `re.Pattern` that the code holds is tried: in modules, in what they hold, in what their cached
functions return, and those that are written where they are used (`re.sub("…", …)`). Each reads
hostile texts made of the pattern itself: its repeated parts, many times, with and without an end
that does not fit. What is judged is growth: twice the text may not take much more than twice the
time, so the speed of the machine does not matter.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # what re itself parses with
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = (
    *("shared", "intents", "nlu", "conversation", "telemetry", "web", "ivr", "sip", "skills"),
    *("commands",),
)
LONG = 1_600
"""Characters: the longest note that was seen has 1,500, an utterance at most 200."""

HOPELESS_S = 0.05
"""For a few hundred characters."""
HOPELESS = 90.0
PLAINLY = 2.3
"""Up to here it is in proportion at first sight; a square was once measured as 2.5 beside other
tests, so what lies between is looked at again."""

LINEAR = 2.0
MOST = 2.9
"""Time for twice the text: 2 where it grows with the text, 4 where with its square."""
NOTHING_S = 0.0004
"""Under this the whole long text is read in no time, whatever the growth: a turn takes 5 ms."""

Found = dict[tuple[str, int], str]
"""pattern and flags → where it stands"""


def _modules() -> Iterator[Any]:
    yield importlib.import_module("settings")
    for name in PACKAGES:
        if not (ROOT / name).is_dir():
            continue
        package = importlib.import_module(name)
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not info.name.endswith("__main__"):
                with suppress(ModuleNotFoundError):  # a speech engine that is not set up here
                    yield importlib.import_module(info.name)


def _held(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Patterns in `value`, and in whatever it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 6:
        return
    elif isinstance(value, dict):
        for key, held in list(value.items())[:2000]:
            yield from _held(key, depth + 1)
            yield from _held(held, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for held in list(value)[:2000]:
            yield from _held(held, depth + 1)
    elif type(value).__module__.split(".")[0] in PACKAGES:
        slots = getattr(type(value), "__slots__", ())
        names = [slots] if isinstance(slots, str) else [*slots, *getattr(value, "__dict__", {})]
        for name in names:
            yield from _held(getattr(value, name, None), depth + 1)


LOCALES = ("zh-TW", "en-US", "ja-JP")


def _returned(function: Any) -> Iterator[object]:
    """What a cached function holds ready: with no argument, or for each language."""
    wanted = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty
    ]
    if not wanted:
        yield function()
    elif len(wanted) == 1 and "locale" in wanted[0].name:
        for locale in LOCALES:
            yield function(locale)


def _written(module: Any) -> Iterator[tuple[str, int, int]]:
    """Patterns written where they are used: `re.sub(r"…", …)`; with the line."""
    file = getattr(module, "__file__", None)
    for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))) if file else ():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
            and node.func.attr != "escape"
        ):
            yield node.args[0].value, 0, node.lineno


@functools.cache
def all_patterns() -> Found:
    """Every pattern of the code."""
    found: Found = {}
    for module in _modules():
        for pattern, flags, line in _written(module):
            found.setdefault((pattern, flags), f"{module.__name__}:{line}")
        for name, value in list(vars(module).items()):
            values = [value]
            cached = isinstance(value, functools._lru_cache_wrapper)
            if cached and value.__module__ == module.__name__:
                values = list(_returned(value))
            for pattern in (held for value in values for held in _held(value)):
                text = pattern.pattern
                if isinstance(text, bytes):
                    text = text.decode("latin-1")
                found.setdefault((text, pattern.flags), f"{module.__name__}.{name}")
    return found


def _sample(parsed: Any, want: int = 0) -> str:
    """A text that fits; `want` chooses among what it may be."""
    text = ""
    for operation, argument in parsed:
        match str(operation):
            case "LITERAL":
                text += chr(argument)
            case "NOT_LITERAL":
                text += "啊" if argument != ord("啊") else "哦"
            case "ANY":
                text += "啊1"[want % 2]
            case "IN":
                text += _of_class(argument, want)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = argument
                text += _sample(inner, want) * min(max(least, 1), most)
            case "SUBPATTERN":
                text += _sample(argument[-1], want)
            case "BRANCH":
                branches = argument[1]
                text += _sample(branches[want % len(branches)], want)
            case "ATOMIC_GROUP":
                text += _sample(argument, want)
    return text


def _of_class(parts: Any, want: int) -> str:
    chosen = [part for part in parts if str(part[0]) != "NEGATE"]
    if len(chosen) < len(parts):
        refused = "".join(chr(part[1]) for part in chosen if str(part[0]) == "LITERAL")
        return next(sign for sign in "啊1a x、" if sign not in refused)
    kind, value = chosen[want % len(chosen)]
    match str(kind):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0] + want % (value[1] - value[0] + 1))
        case _:
            name = str(value)
            return (
                "1"
                if name.endswith("DIGIT") and "NOT" not in name
                else " "
                if name.endswith("SPACE") and "NOT" not in name
                else "a"
            )


def _repeats(parsed: Any) -> Iterator[Any]:
    """The parts of a pattern that may come again and again, inner ones too."""
    for operation, argument in parsed:
        match str(operation):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                if argument[1] > 3:
                    yield argument[2]
                yield from _repeats(argument[2])
            case "SUBPATTERN":
                yield from _repeats(argument[-1])
            case "BRANCH":
                for branch in argument[1]:
                    yield from _repeats(branch)
            case "ASSERT" | "ASSERT_NOT":
                yield from _repeats(argument[1])
            case "ATOMIC_GROUP":
                yield from _repeats(argument)


def _pumps(pattern: str, flags: int) -> set[str]:
    """What is said again and again to it."""
    parsed = _parser.parse(pattern, flags & ~re.DEBUG)
    pumps = {_sample(inner, want) for inner in _repeats(parsed) for want in range(3)}
    pumps |= {_sample(parsed, want) for want in range(3)}
    whole = _sample(parsed)
    pumps |= {whole[:1], whole[:2], whole[:-1], " ", "1", "啊", "a", "("}
    return {pump for pump in pumps if pump}


def _took(pattern: re.Pattern[str], text: str, tries: int) -> float:
    """Seconds to look for it in the whole of `text`; the best of some, which is the truest."""
    best = float("inf")
    for _ in range(tries):
        began = time.thread_time()
        pattern.sub("", text)
        pattern.fullmatch(text)
        best = min(best, time.thread_time() - began)
    return best


def growth(pattern: str, flags: int) -> tuple[float, float, str]:
    """Time for twice the worst text by time for it once, seconds for LONG, and what is repeated."""
    compiled = re.compile(pattern, flags & ~re.DEBUG)
    worst = (LINEAR, 0.0, "")
    for pump in sorted(_pumps(pattern, flags)):
        for end in ("", "！"):
            found = _growth_on(compiled, pump * LONG, end)
            if found > worst[:2]:
                worst = (*found, pump)
            if worst[0] > MOST:
                return worst
    return worst


def _growth_on(compiled: re.Pattern[str], text: str, end: str) -> tuple[float, float]:
    """Growth and seconds on one text; longer and longer, so that the worst ones show early."""
    for length in (16, 20, 24, 28, 32, 40, 60, 100, 400):
        took = _took(compiled, text[:length] + end, 1)
        if took > HOPELESS_S:
            return HOPELESS + 1, took
    long = _took(compiled, text[:LONG] + end, 1)
    if long < NOTHING_S:
        return LINEAR, long
    for tries in (1, 5, 25):  # looked at again, so that a busy machine is no fault
        long = _took(compiled, text[:LONG] + end, tries)
        half = _took(compiled, text[: LONG // 2] + end, tries)
        if long <= PLAINLY * half:
            break
    return long / half, long


def test_the_search_finds_them() -> None:
    """What the other test reads: patterns of modules, of cached functions, and inline ones."""
    found = all_patterns()
    assert len(found) > 60
    places = " ".join(found.values())
    for package in ("shared.hours", "shared.speech.names", "conversation.sanitizing", "sip.pack"):
        assert package in places, package


def test_a_slow_pattern_would_be_found() -> None:
    """Squares, cubes and worse are told from what is in proportion."""
    for slow in (r"(a+)+$", r"\s*x", r"\d+年", r"(?:一|一一)*好", r"^.*?a.*?b$"):
        assert growth(slow, re.UNICODE)[0] > MOST, slow
    for quick in (r"[a-z]+", r"(?<!\d)\d+年", r"大(?=藥局)"):
        assert growth(quick, re.UNICODE)[0] <= MOST, quick


def test_no_pattern_grows_faster_than_its_text() -> None:
    """In proportion, for every pattern of the code."""
    slow = []
    for (pattern, flags), place in sorted(all_patterns().items(), key=lambda item: item[1]):
        grows, seconds, pump = growth(pattern, flags)
        if grows > MOST:
            told = f"{place}: {grows:.1f} times for twice, {seconds * 1e3:.1f} ms for {LONG} of"
            slow.append(f"{told} {pump[:20]!r}: {pattern[:80]}")
    assert not slow, "\n".join(slow)
