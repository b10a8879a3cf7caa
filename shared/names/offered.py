"""What was just read out, chosen by a part of its name."""

from shared.names.exact import bare
from shared.names.resolution import Hints
from shared.names.stated import Stated, landmarks_named


def among_offered(heard: str, hints: Hints) -> Stated | None:
    """The landmark just read out of whose names `heard` is a part: 「林口」 of 林口長庚."""
    if not hints.offered_landmarks:  # as mostly
        return None
    part = bare(heard)
    fits = [one for one in hints.offered_landmarks if any(part in name for name in one.spoken)]
    if not part or len(fits) != 1:
        return None
    return landmarks_named(fits, (0, len(heard)))
