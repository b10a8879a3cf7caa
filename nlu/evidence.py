"""What the classifier and the resolver tell of one utterance and of its parts, each asked once."""

from dataclasses import dataclass, field

from nlu.commands import is_command
from nlu.model import Classification, classifier
from shared.dialog.acts import (
    RequestPlace,
    TakeDistrict,
    TakeLandmark,
    TakePharmacy,
    TellPharmacy,
)
from shared.dialog.values import State
from shared.names.chains import chains
from shared.names.index import NameIndex
from shared.names.resolution import Hints, Resolution
from shared.names.resolve import resolve
from shared.places.districts import all_districts, by_key
from shared.places.landmarks import landmark_named

_PHARMACY = "藥局"  # left out by many callers: 「平安」 may be 平安藥局


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for one utterance in `state`."""

    state: State
    index: NameIndex
    _readings: dict[str, Classification] = field(default_factory=dict)
    _names: dict[str, Resolution] = field(default_factory=dict)

    @property
    def locale(self) -> str:
        """Of the conversation."""
        return self.state.locale

    def reading(self, text: str) -> Classification:
        """What the classifier tells of `text`."""
        if text not in self._readings:
            self._readings[text] = classifier(self.locale).read(text)
        return self._readings[text]

    def names(self, text: str) -> Resolution:
        """What the resolver finds in `text`; nothing in a mere command."""
        if text not in self._names:
            if is_command(text, self.locale) and text + _PHARMACY not in self.index.names.numbers:
                self._names[text] = Resolution(text)
            else:
                self._names[text] = resolve(text, self.index, hints(self.state, self.index))
        return self._names[text]


def hints(state: State, index: NameIndex) -> Hints:
    """What the conversation so far tells about the names that may come."""
    places = [by_key().get(one.place) for one in state.options if isinstance(one, TakeDistrict)]
    last = state.last
    if isinstance(last, RequestPlace) and last.county:  # 「台中市的哪一區呢？」
        places += [one for one in all_districts() if one.county.name == last.county]
    marks = [landmark_named().get(o.name) for o in state.options if isinstance(o, TakeLandmark)]
    found = [index.catalog.by_id.get(o.id) for o in state.options if isinstance(o, TakePharmacy)]
    kept = [one.place for one in state.doubtful if isinstance(one, TakeDistrict)]
    kept_shops = [one.id for one in state.doubtful if isinstance(one, TakePharmacy)]
    return Hints(
        area_code=state.area_code,
        place=by_key().get(state.place),
        near=landmark_named().get(state.near),
        offered_landmarks=tuple(one for one in marks if one is not None),
        offered_places=tuple(place for place in places if place is not None),
        doubtful_places=tuple(one for one in map(by_key().get, kept) if one is not None),
        doubtful_pharmacies=tuple(
            p for p in map(index.catalog.by_id.get, kept_shops) if p is not None
        ),
        offered_pharmacies=tuple(pharmacy for pharmacy in found if pharmacy is not None),
        of_chain=bool(state.chain) or (isinstance(last, TellPharmacy) and last.in_vain in chains()),
    )
