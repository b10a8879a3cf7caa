"""All measurements, each figure beside its baseline: `make bench`."""

import importlib
import pkgutil

import bench
import samples


def main() -> None:
    """Run every module of this folder that measures something, one after the other."""
    for module in sorted(info.name for info in pkgutil.iter_modules(bench.__path__)):
        if module in _NOT_MEASUREMENTS:
            continue
        measure = getattr(importlib.import_module(f"bench.{module}"), "main", None)
        if measure is not None:
            print(f"\n=== {module}")
            measure()
    if why := samples.without_real():
        print(f"\nleft out: the real files; every figure is of our own samples: {why}")


_NOT_MEASUREMENTS = (
    "__main__", "names_fit", "names_background", "names_readings", "names_calibrate", "naming",
    "pictures", "hear",
)  # fmt: skip
"""These write files, or take half an hour, and only when asked to."""


if __name__ == "__main__":
    main()
