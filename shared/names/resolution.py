"""What a sentence was taken to mean: places and pharmacies with their scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from shared.catalog import Kind, Pharmacy
from shared.places.districts import County, District
from shared.places.landmarks import Landmark

SHOWN = 3
"""of several that may be meant so many are told"""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known before the words are heard; each makes some names likelier."""

    area_code: str = ""
    """of the caller's telephone, with its 0: 02, 037; "" for a mobile or an unknown number"""
    place: District | None = None
    """the place the conversation was about"""
    near: Landmark | None = None
    """what was asked to be near to: 「離車站近一點的」 after 捷運中山站"""
    offered_places: tuple[District, ...] = ()
    """the places just read out to choose from"""
    offered_landmarks: tuple[Landmark, ...] = ()
    """the landmarks just read out: after 「林口長庚、高雄長庚」 a 「林口」 is enough"""
    offered_pharmacies: tuple[Pharmacy, ...] = ()
    """the pharmacies just read out"""
    doubtful_places: tuple[District, ...] = ()
    """what may have been named before, misheard: what sounds like it twice is likelier"""
    doubtful_pharmacies: tuple[Pharmacy, ...] = ()
    of_chain: bool = False
    """a chain was just asked for: 大樹 is another, and no 大樹區"""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A district that may have been meant."""

    district: District
    score: float
    """0–1, calibrated: the share of such matches that are right"""


@dataclass(frozen=True, slots=True)
class PharmacyMatch:
    """A pharmacy that may have been meant."""

    pharmacy: Pharmacy
    score: float
    """0–1, calibrated: the share of such matches that are right"""


@dataclass(frozen=True, slots=True)
class RoadMatch:
    """A road that was named, in one district."""

    district: District
    road: str
    """as in `Address.road`, or as in `Address.street` where its section was said"""
    score: float
    """0–1, calibrated as that of a pharmacy"""


class MentionKind(StrEnum):
    """What a mention names."""

    COUNTY = "county"
    DISTRICT = "district"
    LANDMARK = "landmark"
    ROAD = "road"
    PHARMACY = "pharmacy"
    HEALTH_CENTRE = "health_centre"
    POSTAL_CODE = "postal_code"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the utterance that names something, and what that may be."""

    start: int
    end: int
    """its first character in `Resolution.heard` and the one after its last; of an English sentence,
    whose words stand in another order, the whole"""
    kind: MentionKind
    candidates: tuple[str, ...]
    """best first, at most three: 新北市板橋區, 康熙藥局, 中正路, 台北車站, 台中市"""
    ratio: float
    """log-likelihood ratio of the best candidate in that span against everyday speech; 0 tells
    nothing, above 8 it was said clearly"""


class Meant(StrEnum):
    """What the best reading of a sentence names."""

    NOTHING = "nothing"
    COUNTY = "county"
    """a county alone: the district must be asked"""
    DISTRICT = "district"
    ROAD = "road"
    LANDMARK = "landmark"
    """a station, a hospital, a market …: what is near it"""
    PHARMACY = "pharmacy"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer of the resolver: sure, ask among at most three, or nothing."""

    heard: str
    meant: Meant = Meant.NOTHING
    districts: tuple[PlaceMatch, ...] = ()
    """best first, at most three; for a pharmacy: where the best pharmacies lie"""
    pharmacies: tuple[PharmacyMatch, ...] = ()
    """best first, at most three"""
    county: County | None = None
    """set where a county was heard, alone or beside a district"""
    counties: tuple[County, ...] = ()
    """set instead where a city and a county are both called so: 嘉義, 新竹"""
    kind: Kind | None = None
    """set where a kind of pharmacy is asked for: 衛生所"""
    chain: str = ""
    """key of the chain that was named by no shop's own name: 躍獅; "" for none. Its one shop is
    meant where that is sure, else any will do"""
    roads: tuple[RoadMatch, ...] = ()
    sought: District | None = None
    """set where a pharmacy is named beside a district that has none of that name: that district;
    what is meant is the one so called elsewhere, or the district"""
    sure: bool = False
    """it may be answered without asking back"""
    namesakes: int = 0
    """how many pharmacies bear the best pharmacy's name and fit what was heard; 2 or more: ask"""
    landmarks: tuple[Landmark, ...] = ()
    """set where a landmark is meant: one, or up to three that are called so (榮總); with a
    health centre the one it is to be near to"""
    named: float = 0.0
    """0–1, calibrated: the chance that anything was named at all, this or another; what is offered
    below 0.5 is worth asking about only where the words around it ask for a place"""
    heard_well: float = 1.0
    """0–1: if the best is right, the chance that more than a shadow of it was heard; its score
    times this is the confidence by which it is relied on. A faint one may be worth offering, and
    is no proof that anything was named"""
    written: bool = False
    """what is meant stands there character by character, and is no everyday word"""
    mentions: tuple[Mention, ...] = ()
    """every name that was heard, by its place in `heard`; none overlaps another"""

    @property
    def pharmacy(self) -> Pharmacy:
        """The likeliest pharmacy, of which there is one."""
        return self.pharmacies[0].pharmacy

    @property
    def district(self) -> District:
        """The likeliest district, of which there is one."""
        return self.districts[0].district

    @property
    def road(self) -> RoadMatch:
        """The likeliest road, in its district, of which there is one."""
        return self.roads[0]

    @property
    def landmark(self) -> Landmark:
        """The likeliest landmark, of which there is one."""
        return self.landmarks[0]

    @property
    def holds(self) -> bool:
        """Whether there is something of the kind that is meant."""
        match self.meant:
            case Meant.NOTHING:
                return False
            case Meant.COUNTY:
                return bool(self.county or self.counties)
            case Meant.DISTRICT:
                return bool(self.districts)
            case Meant.ROAD:
                return bool(self.roads)
            case Meant.LANDMARK:
                return bool(self.landmarks)
            case Meant.PHARMACY:
                return bool(self.pharmacies)
        assert_never(self.meant)

    def as_pharmacies(self, shops: Sequence[PharmacyMatch], *, sure: bool) -> "Resolution":
        """The same, of the first of these `shops`, of which there is one, and where they lie."""
        shown = tuple(shops[:SHOWN])
        places: dict[District, float] = {}
        for one in shown:
            places.setdefault(one.pharmacy.district, one.score)
        return replace(
            self,
            meant=Meant.PHARMACY,
            districts=tuple(PlaceMatch(*one) for one in places.items()),
            pharmacies=shown,
            sure=sure,
        )

    def as_roads(self, roads: Sequence[RoadMatch]) -> "Resolution":
        """The same, of the first of these `roads`, of which there is one: sure of a single one."""
        shown = tuple(roads[:SHOWN])
        return replace(
            self,
            meant=Meant.ROAD,
            districts=tuple(PlaceMatch(one.district, one.score) for one in shown),
            pharmacies=(),
            roads=shown,
            sure=len(roads) == 1,
        )

    def plain(self) -> dict[str, object]:
        """As plain JSON: what `flask resolve` and `/api/v1/resolve` answer."""
        return {
            "heard": self.heard,
            "districts": [
                {
                    "county": match.district.county.name,
                    "district": match.district.name,
                    "score": round(match.score, 3),
                }
                for match in self.districts
            ],
            "pharmacies": [
                {
                    "id": match.pharmacy.id,
                    "name": match.pharmacy.name,
                    "county": match.pharmacy.district.county.name,
                    "district": match.pharmacy.district.name,
                    "score": round(match.score, 3),
                }
                for match in self.pharmacies
            ],
            "sure": self.sure,
        }
