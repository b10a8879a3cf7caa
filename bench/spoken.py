"""The spoken rows that accuracy is measured on, and their rules of truth."""

import json
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent.parent / "shared" / "spoken"


@dataclass(frozen=True, slots=True)
class Row:
    """One spoken question: what was said, what was heard, and the truth."""

    utt: str
    heard: str
    kind: str
    """district, pharmacy, command"""
    said: str
    tier: str
    """clean, hard, faint, lost"""
    county: str = ""
    district: str = ""
    county_said: bool = False
    pharmacy: str = ""
    id: str = ""
    district_said: bool = False
    intent: str = ""

    def means_district(self, county: str, district: str) -> bool:
        """Whether that district is a right answer: elsewhere too, if the county was not said."""
        return district == self.district and (not self.county_said or county == self.county)

    def means_pharmacy(self, name: str, county: str, district: str) -> bool:
        """Whether a pharmacy of that name there is a right answer."""
        here = (county, district) == (self.county, self.district)
        return name == self.pharmacy.replace("臺", "台") and (here or not self.district_said)


def rows() -> tuple[Row, ...]:
    """All rows of the corpus beside the checkout; FileNotFoundError where it is missing."""
    text = (_FOLDER / "dev.jsonl").read_text(encoding="utf-8")
    return tuple(Row(**json.loads(line)) for line in text.splitlines())
