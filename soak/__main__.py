"""All long tries, one after the other: `make soak`."""

import importlib
import pkgutil
import sys

import soak


def main() -> int:
    """Run every module of this folder that has a `main`; how many of them failed."""
    failed = 0
    for name in sorted(info.name for info in pkgutil.iter_modules(soak.__path__)):
        run = getattr(importlib.import_module(f"soak.{name}"), "main", None)
        if name == "__main__" or run is None:
            continue
        print(f"\n=== {name}", flush=True)
        try:
            run()
        except Exception as problem:  # the others are tried all the same
            failed += 1
            print(f"FAILED: {problem}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
