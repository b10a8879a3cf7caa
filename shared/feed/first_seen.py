"""The day on which each note that says 「今天」 was first seen: the day that it means."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from shared.catalog import Hours
from shared.today import days_from_today

GAP = timedelta(hours=36)
"""The file comes daily. A note that is new after a longer time was written on nobody knows which
day."""


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """What is known of the notes of the file as it was last looked at."""

    looked: datetime | None = None
    """when; None before the first time"""
    days: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """pharmacy id → a digest of its note, the ISO date on which it was first seen ("" unknown)"""

    def after(self, hours: Mapping[str, Hours], now: datetime) -> "FirstSeen":
        """With `hours` as they are `now`: what stands there still keeps its day."""
        fresh = self.looked is not None and now - self.looked <= GAP
        today = now.date().isoformat() if fresh else ""
        days = {}
        for identity, one in hours.items():
            if any(word in one.note for word in days_from_today()):
                digest = hashlib.blake2s(one.note.encode(), digest_size=8).hexdigest()
                before = self.days.get(identity)
                same = before is not None and before[0] == digest
                days[identity] = before if before and same else (digest, today)
        return FirstSeen(now, days)

    def stamped(self, hours: Mapping[str, Hours]) -> dict[str, Hours]:
        """The same hours, with the day on which each such note was first seen."""
        found = dict(hours)
        for identity, (_, day) in self.days.items():
            if day and identity in found:
                found[identity] = replace(found[identity], seen=date.fromisoformat(day))
        return found

    def packed(self) -> bytes:
        """As it is kept."""
        looked = self.looked.isoformat() if self.looked else ""
        return json.dumps({"looked": looked, "days": self.days}, sort_keys=True).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> "FirstSeen":
        """What `packed` made; ValueError for anything else."""
        try:
            found = json.loads(content)
            days = {
                str(identity): (str(digest), date.fromisoformat(day).isoformat() if day else "")
                for identity, (digest, day) in found["days"].items()
            }
            looked = datetime.fromisoformat(found["looked"]) if found["looked"] else None
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError("not what was kept of the notes") from problem
        return cls(looked, days)
