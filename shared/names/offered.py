"""What was just read out, chosen by a part of its name."""

from shared.names.exact import bare
from shared.names.resolution import Hints, Meant, PlaceMatch, Resolution


def among_offered(heard: str, hints: Hints) -> Resolution | None:
    """The landmark just read out of whose names `heard` is a part: 「林口」 of 林口長庚."""
    if not hints.offered_landmarks:
        return None
    part = bare(heard)
    fits = [one for one in hints.offered_landmarks if any(part in name for name in one.spoken)]
    if not part or len(fits) != 1:
        return None
    places = (PlaceMatch(fits[0].district, 1.0),)
    return Resolution(heard, Meant.LANDMARK, places, sure=True, landmarks=(fits[0],), named=1.0)
