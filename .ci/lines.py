"""Lines of product code by folder at revisions: `python .ci/lines.py f66bcc1 HEAD`.

Python, JavaScript, HTML, CSS and C; not words and data (YAML, tables), nor what others wrote
(web/static/vendor), nor what tries the product (tests, benchmarks, long tries, samples, checks).
"""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]

_CODE = re.compile(r"\.(py|js|html|css|c|pyx)$")
_NOT_PRODUCT = re.compile(r"^(tests|bench|soak|samples|checks|docs|deploy|\.)|web/static/vendor")


def main() -> None:
    """A line a folder, a column a revision."""
    counted = [lines(revision) for revision in sys.argv[1:] or ["HEAD"]]
    for folder in sorted(set().union(*counted)):
        print(f"{folder:20}" + "".join(f"{one[folder]:9,}" for one in counted))
    print(f"{'all':20}" + "".join(f"{one.total():9,}" for one in counted))


def lines(revision: str) -> Counter[str]:
    """Folder (in shared/, its own folders) → lines."""
    found: Counter[str] = Counter()
    command = ["git", "grep", "--count", "", revision]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    for line in told.stdout.splitlines():
        _, path, count = line.rsplit(":", 2) if line.count(":") == 2 else ("", "", "0")
        if _CODE.search(path) and not _NOT_PRODUCT.search(path):
            parts = path.split("/")
            depth = 2 if parts[0] == "shared" and len(parts) > 2 else 1
            found["/".join(parts[:depth]) if len(parts) > 1 else "(top)"] += int(count)
    return found


if __name__ == "__main__":
    main()
