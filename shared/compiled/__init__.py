"""What is computed many thousand times an utterance, in C: the library of this folder.

`make setup` compiles it, with the machine's `cc` or, where there is none, with that of the package
`ziglang`; where that was not done, the first process to need it does. The file is called by what it
was made of, so that none is ever older than its sources, and once made it is only read. Why C and
not numba: docs/decisions/compiled.md.

    python -m shared.compiled     compiles it, unless it is there
"""

import ctypes
import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from shared.errors import NotCompiledError

HERE = Path(__file__).parent
BUILT = HERE / "built"

# Floats are added as they stand: contracted or reordered, two machines would hear two names.
_FLAGS = ("-std=c11", "-O3", "-shared", "-fPIC", "-ffp-contract=off")
_SECONDS = 300
"""for compiling: ziglang makes its own tools first, 11 s on a busy machine"""


@cache
def library() -> ctypes.PyDLL:
    """The compiled functions. Each keeps the interpreter: it takes 0.1 ms, and none runs twice at
    once, so that what it writes on may belong to the process."""
    made = ctypes.PyDLL(str(compiled()))
    made.weigh.argtypes = (ctypes.c_void_p,) * 3
    made.weigh.restype = ctypes.c_int
    made.align.argtypes = (
        *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_ssize_t),
        *(ctypes.c_void_p, ctypes.c_double, ctypes.c_double, ctypes.c_int, ctypes.c_void_p),
    )
    made.align.restype = None
    made.enter.argtypes = (*(ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_char_p, ctypes.c_ssize_t),)
    made.enter.restype = ctypes.c_int
    made.classify.argtypes = (
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ssize_t, ctypes.c_void_p),
    )
    made.classify.restype = ctypes.c_int
    made.nearest.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_void_p)
    made.nearest.restype = ctypes.c_int
    return made


def fields(numbers: str = "", pointers: str = "") -> list[tuple[str, type]]:
    """Fields of a structure: `numbers` as wide as a pointer."""
    return [(name, ctypes.c_ssize_t) for name in numbers.split()] + [
        (name, ctypes.c_void_p) for name in pointers.split()
    ]


SOUNDS = 9
"""of a pattern, at most; as patterns.h has it"""


class CPatterns(ctypes.Structure):
    """`Patterns` of patterns.h."""

    _fields_ = fields(pointers="all") + fields("count")


class CAlignment(ctypes.Structure):
    """`Alignment` of alignment.c."""

    _fields_ = (
        ("whole", ctypes.c_double),
        ("told", ctypes.c_double * SOUNDS),
        ("number", ctypes.c_ssize_t),
        ("places", ctypes.c_int32 * SOUNDS),
        ("start", ctypes.c_int32),
        ("end", ctypes.c_int32),
    )


class CClassifier(ctypes.Structure):
    """`Classifier` of classifier.c."""

    _fields_ = (
        *fields(pointers="table weights bias"),
        *fields("slots labels"),
        ("scale", ctypes.c_double),
    )


class CPhrases(ctypes.Structure):
    """`Phrases` of phrases.c."""

    _fields_ = (
        *fields(pointers="ends telling limits"),
        *fields("count"),
        ("missing", ctypes.c_double),
        ("extra", ctypes.c_double),
    )


def compiled(folder: Path = BUILT) -> Path:
    """The library's file in `folder`; made first where it is not there."""
    sources = sorted((*HERE.glob("*.c"), *HERE.glob("*.h")))
    made_of = hashlib.sha256(repr((_FLAGS, platform.machine(), sys.platform)).encode())
    for source in sources:
        made_of.update(source.read_bytes())
    target = folder / f"{made_of.hexdigest()[:16]}.so"
    if not target.exists():
        _compile([str(one) for one in sources if one.suffix == ".c"], target)
    return target


def _compile(sources: list[str], target: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            made = Path(folder, target.name)
            command = [*_compiler(), *_FLAGS, *sources, "-o", str(made), "-lm"]
            done = subprocess.run(  # noqa: S603  our own words
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
            if done.returncode:
                raise NotCompiledError(f"{command[0]} could not compile: {done.stderr[-2000:]}")
            made.replace(target)  # at once, whoever else makes it
    except OSError as problem:
        raise NotCompiledError(f"{problem}; run `make setup` where {HERE} can be written") from None


def _compiler() -> list[str]:
    if cc := shutil.which("cc"):
        return [cc]
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]
    raise NotCompiledError("no C compiler: `make setup`, or install a `cc` or the package ziglang")
