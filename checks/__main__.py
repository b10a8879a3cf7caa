"""Prints every mistake, those of sentences and sound pack with them; exit 1 where there is any."""

import sys
from pathlib import Path

from checks.data_files import FILES, check_all
from checks.intent_sentences import validate
from checks.schema_formats import ROOT
from checks.sentences import check_texts
from checks.sound_pack import faults as sound_faults


def main(root: Path = ROOT) -> int:
    """The number of mistakes, each printed on a line."""
    faults = [*map(str, check_all(root)), *check_texts(), *validate()]
    faults += [] if faults else sound_faults()  # these read the files as the service does
    for fault in faults:
        print(fault)
    told = f"{len(faults)} mistakes" if faults else "no mistake"
    print(f"{len(FILES)} data files, the sentences and the sound pack: {told}", file=sys.stderr)
    return len(faults)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
