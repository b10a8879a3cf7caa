"""What the operator's page tells of the pharmacies' notes: how many are read, and what is not.

`{"notes", "read", "today", "unread": [[word, how many notes], …]}`, made once for each catalogue
and day, and named by its own digest (304 to whoever has it).
"""

import json
from datetime import date

from shared.catalog import Catalog, Snapshot
from shared.hours.coverage import coverage_of
from web.operator_map import Body


class NotesData:
    """The body of the catalogue last asked for."""

    def __init__(self) -> None:
        self._kept: tuple[Catalog, date, Body] | None = None

    def of(self, snapshot: Snapshot) -> Body:
        """How the notes of `snapshot` are read on its day."""
        day, kept = snapshot.source_time.date(), self._kept
        if kept is None or kept[0] is not snapshot.catalog or kept[1] != day:
            kept = snapshot.catalog, day, Body.of(_notes(snapshot.catalog, day))
            self._kept = kept
        return kept[2]


def _notes(catalog: Catalog, day: date) -> bytes:
    found = coverage_of(catalog.pharmacies, day)
    facts = {
        "notes": found.notes,
        "read": found.read,
        "today": found.today,
        "unread": [list(pair) for pair in found.unread],
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
