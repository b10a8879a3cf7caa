"""What the operator's page shows of the pharmacies' sale notes: how many are understood, and which
words are not.

`{"notes", "read", "today", "unread": [[word, how many notes], …]}`, made once for each catalogue
and day, and named by its own digest (304 to a browser that has it).
"""

from dataclasses import asdict

from shared.catalog import Snapshot
from shared.hours.coverage import coverage_of
from web.kept import Kept
from web.operator_map import Body


def notes_data() -> Kept[Body]:
    """Snapshot → how its notes are understood on its day."""
    return Kept(_notes, by=lambda snapshot: (snapshot.catalog, snapshot.source_time.date()))


def _notes(snapshot: Snapshot) -> Body:
    return Body.of(asdict(coverage_of(snapshot.catalog.pharmacies, snapshot.source_time.date())))
