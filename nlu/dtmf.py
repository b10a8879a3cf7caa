"""Keys → acts. They mean the same everywhere; a district is its postal code of three digits."""

from shared.dialog.acts import Act, Intent, Understanding, read_label
from shared.dialog.values import State
from shared.names.resolution import Meant, PlaceMatch, Resolution
from shared.places.districts import District, by_postal_code

_KEYS = {
    "0": "operator",
    "*": "repeat",
    "8": "english",
    "9": "restart",
    "#": "stop",
    "119": "emergency",
    "1": "choose1",
    "2": "choose2",
    "3": "choose3",
}


def understand_keys(keys: str, state: State) -> Understanding:
    """What `keys` ask for; nothing for a code or a key that means nothing here."""
    keys = keys if keys == "#" else keys.removesuffix("#")
    if label := _KEYS.get(keys):
        if label == "english" and state.locale == "en-US":
            label = "mandarin"
        return Understanding((Act(*read_label(label)),))
    if districts := by_postal_code().get(keys, ()):
        names = of_districts(keys, districts)
        return Understanding((Act(Intent.ASK, names=names),), names)
    return Understanding()


def of_districts(words: str, districts: tuple[District, ...]) -> Resolution:
    """A district that was named beyond doubt, or several of one postal code."""
    found = tuple(PlaceMatch(one, 1 / len(districts)) for one in districts)
    return Resolution(words, Meant.DISTRICT, found, sure=len(found) == 1)
