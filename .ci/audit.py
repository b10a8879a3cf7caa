"""Reads pip-audit's JSON and says in a line or more what it found; exit 1 on an advisory.

Where advisory data are out of reach pip-audit ends with an error, or leaves out every package and
calls that well: both are said here, and neither fails the run.
"""

import json
import sys


def main() -> int:
    """1 where a package that is pinned has a known fault."""
    try:
        packages = json.load(sys.stdin)["dependencies"]
    except (ValueError, KeyError, TypeError):
        print("audit: advisory data are out of reach, so nothing was audited")  # noqa: T201
        return 0
    looked_at = [package for package in packages if "skip_reason" not in package]
    faulty = [package for package in looked_at if package["vulns"]]
    for package in faulty:
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            name = f"{package['name']} {package['version']}"
            print(f"audit: {name}: {fault['id']}; mended in {mended}")  # noqa: T201
    if not looked_at:
        print("audit: advisory data are out of reach, so nothing was audited")  # noqa: T201
    else:
        print(  # noqa: T201
            f"audit: {len(looked_at)} of {len(packages)} packages looked at, {len(faulty)} faulty"
        )
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
