"""Prints every mistake, those of the sentences with them; exit 1 where there is any."""

import sys
from pathlib import Path

from checks.contract import validate
from checks.data_files import FILES, check_all
from checks.schema_formats import ROOT
from checks.sentences import check_texts


def main(root: Path = ROOT) -> int:
    """The number of mistakes, each printed on a line."""
    faults = [*map(str, check_all(root)), *check_texts(), *validate()]
    for fault in faults:
        print(fault)
    told = f"{len(faults)} mistakes" if faults else "no mistake"
    print(f"{len(FILES)} data files and the sentences: {told}", file=sys.stderr)
    return len(faults)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
