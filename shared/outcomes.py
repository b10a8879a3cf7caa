"""What the dialogue found: the outcome of an act, before it is put into words.

An outcome carries everything its sentence needs and no words. `shared.speech` has one sentence
(or several, to take in turn) for each class here, in every locale; the text check holds that.
What may follow an outcome stands in one table at the end, `TRAITS`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum, StrEnum, auto

from shared.catalog import Kind, Pharmacy, Product
from shared.hours import AskedTime, Opening, SaleDay
from shared.places.districts import County, District
from shared.places.landmarks import Landmark
from shared.rules import Rule


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one product are left."""

    product: Product
    left: int | None
    """None: the feed tells no count that can be one"""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A new conversation, or 「從頭開始」."""

    product: Product
    demo: bool = False


class ChainLack(StrEnum):
    """Why no shop of a chain is told."""

    NO_SHOP = "no_shop"
    SOLD_OUT = "sold_out"
    NO_MORE = "no_more"
    """all that have some were told"""
    UNLISTED = "unlisted"
    """none is called what was heard"""


@dataclass(frozen=True, slots=True)
class NoShop:
    """That no shop of a chain, or of one name, can be told in a place."""

    chain: str
    """its name, or that of the pharmacy"""
    place: District
    why: ChainLack


@dataclass(frozen=True, slots=True)
class OpenAt:
    """Whether a pharmacy is open at a time that was asked for."""

    asked: AskedTime
    open: bool | None
    """None: not known"""
    today: bool = False
    """that time is today"""


@dataclass(frozen=True, slots=True)
class Found:
    """A pharmacy to go to (or one asked for by name) and what it has."""

    pharmacy: Pharmacy
    counts: tuple[Count, ...]
    """the product asked for first; never empty"""
    opening: Opening | None = None
    """None: hours unknown"""
    as_of: datetime | None = None
    """time of the counts, where they are old enough to be told"""
    as_of_day: bool = True
    """its day is told too: it is not today"""
    walk_m: int | None = None
    """metres from what the caller named, where known"""
    walk_from: Pharmacy | Landmark | None = None
    """what they are counted from, where that is to be said"""
    name_county: bool = False
    """the district's name stands in several counties, so the county is said with it"""
    ordinal: int = 1
    """1 for the first pharmacy told of, 2 after one 「下一家」 …"""
    neighbour_of: District | None = None
    """set where that district has none and this pharmacy lies in a neighbouring one"""
    off_road: str = ""
    """the road that was asked about, as in `Address.street`, where there is nothing to buy now"""
    no_centre_in: District | None = None
    """set where a health centre was asked for there, and this pharmacy stands in for it"""
    instead_of: NoShop | None = None
    """set where a shop of a chain was asked for, and this pharmacy stands in for it"""
    none_open: OpenAt | None = None
    """set where a time was asked for at which none there is known to be open: of this one then"""
    then: OpenAt | None = None
    """whether it is open at the time that was asked for"""
    why: str = ""
    """why this one: most, next_most, more, nearest; "" for the best to go to"""
    with_others: bool = False
    """what else is counted is told as well"""
    in_row: int = 0
    """where several of one place are told in one breath: 1 for the first of them, 2 for the next,
    whose place was told then; 0 for one alone"""

    @property
    def stopped(self) -> bool:
        """Whether the pharmacy, asked for by name, does not sell it any more."""
        return self.opening is not None and self.opening.stopped

    @property
    def in_stock(self) -> bool:
        """Whether any of what was asked for is left here."""
        return bool(self.counts[0].left)


@dataclass(frozen=True, slots=True)
class SoldOut:
    """Nothing of the product is left in the place that was asked about, nor next to it."""

    place: District
    product: Product
    as_of: datetime | None = None
    as_of_day: bool = True
    unknown: bool = False
    """most counts of the place are not known, so nobody can say that it is sold out"""


@dataclass(frozen=True, slots=True)
class NoPharmacy:
    """The feed knows no pharmacy in this district."""

    place: District


@dataclass(frozen=True, slots=True)
class AskPlace:
    """「哪一區」 — a question came without a place, or with a county alone."""

    county: County | None = None
    why: str = ""
    """nearer, plates, chain: what it is asked for; unknown, landmark, unclear, misheard,
    region: why again; "" for stock"""
    chain: str = ""
    """name of the chain whose shops are wanted"""
    example: District | None = field(default=None, compare=False)
    """a district to say 「像是…」 with; None for the usual one"""


@dataclass(frozen=True, slots=True)
class AmbiguousPlace:
    """Several districts could be meant (or one, not surely): the caller chooses. One to three."""

    places: tuple[District, ...]
    more: bool = False
    """all bear one name, and others than those offered bear it too (東區)"""


@dataclass(frozen=True, slots=True)
class AmbiguousCounty:
    """A city and a county are called so (嘉義): the caller chooses. Two."""

    counties: tuple[County, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousLandmark:
    """Several hospitals, stations … are called so (or one, not surely): the caller chooses. One to
    three."""

    landmarks: tuple[Landmark, ...]
    district: District | None = None
    """one that is called like a landmark elsewhere: 苗栗縣公館鄉"""


@dataclass(frozen=True, slots=True)
class AmbiguousPharmacy:
    """Several pharmacies could be meant (or one, not surely): the caller chooses. One to three."""

    pharmacies: tuple[Pharmacy, ...]
    same_name: bool = False
    """all bear one name, so their districts tell them apart (健安藥局)"""
    more: bool = False
    """there are more than those offered; naming the district settles it"""


@dataclass(frozen=True, slots=True)
class AddressTold:
    """Where a pharmacy is."""

    pharmacy: Pharmacy


@dataclass(frozen=True, slots=True)
class PhoneTold:
    """A pharmacy's telephone number (which may be unknown: `pharmacy.phone` is "")."""

    pharmacy: Pharmacy


@dataclass(frozen=True, slots=True)
class HoursTold:
    """When a pharmacy is open and when it sells."""

    pharmacy: Pharmacy
    opening: Opening | None


@dataclass(frozen=True, slots=True)
class OpenThen:
    """Whether a pharmacy is open on another day, or at an hour that was asked for."""

    pharmacy: Pharmacy
    then: OpenAt


@dataclass(frozen=True, slots=True)
class SaleTold:
    """When a pharmacy hands out number plates, or sells, on a day."""

    pharmacy: Pharmacy
    plates: bool
    """the plates were asked for, not the sale"""
    day: date
    today: bool
    told: SaleDay | None
    """what its notes tell of that product on that day; None for nothing"""
    over: bool = False
    """today's sale ended at a time that has passed"""
    later: SaleDay | None = None
    """where it is not sold on that day: the next on which it is"""
    note: str = ""
    """the note itself, made fit for the ear (Chinese), where it could not be read"""


@dataclass(frozen=True, slots=True)
class NameTold:
    """What the pharmacy just told of is called, and where it is."""

    pharmacy: Pharmacy


@dataclass(frozen=True, slots=True)
class FloorTold:
    """On which floor a pharmacy is, as far as its address says."""

    pharmacy: Pharmacy


@dataclass(frozen=True, slots=True)
class DistanceTold:
    """How far a pharmacy is."""

    pharmacy: Pharmacy
    metres: int | None = None
    """on foot; None where it is not known from where"""
    origin: Pharmacy | Landmark | None = None


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many pharmacies of a place, or of a chain there, still have some, and how many pieces."""

    place: District | County
    product: Product
    pharmacies: int
    pieces: int
    total: bool
    """the pieces were asked for"""
    chain: str = ""
    """name of the chain that alone is counted; "" for all"""
    shops: int = 0
    """how many it has there"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that are compared."""

    what: District | County | Pharmacy
    left: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Which of two or three has most."""

    sides: tuple[Side, ...]
    """in the order in which they were named"""
    product: Product


@dataclass(frozen=True, slots=True)
class NoMore:
    """No other pharmacy of the place has more, or so many, of it."""

    place: District
    product: Product


@dataclass(frozen=True, slots=True)
class NoNearer:
    """None is nearer than the one just told of."""

    pharmacy: Pharmacy


@dataclass(frozen=True, slots=True)
class OnlyKind:
    """A place has no seller of the kind that is wanted, or none with some left."""

    place: District
    kind: Kind
    """the kind that is wanted"""
    product: Product
    exists: bool
    """there is one, but it has none left"""
    instead: Pharmacy | None = None
    """of the other kind, with some left"""
    left: int = 0
    """how many that one has"""


@dataclass(frozen=True, slots=True)
class TopicTold:
    """A question that is answered with one sentence of its own."""

    name: str
    """of a `topic.…` in intents/contract.yaml"""


@dataclass(frozen=True, slots=True)
class NeedPharmacy:
    """「地址」「電話」「下一家」 … before any pharmacy was named."""


@dataclass(frozen=True, slots=True)
class NoNext:
    """There is no further pharmacy to tell of here."""

    place: District
    product: Product
    alone: bool = False
    """the one told of is the only one"""


@dataclass(frozen=True, slots=True)
class NoPrevious:
    """There was no pharmacy before this one."""


RULE_PARTS = (
    *("overview", "day", "turn", "amount", "price", "bring", "child", "size", "proxy"),
    *("foreigner", "again", "box", "card"),
)
"""What of the rules can be asked for; the overview where none of it was."""


@dataclass(frozen=True, slots=True)
class RulesTold:
    """Who may buy, how many, at what price: the part that was asked, or the most important."""

    product: Product
    """the adults' one"""
    rule: Rule | None
    """None: no rules are known for that day"""
    day: date
    about: str = "overview"
    """one of RULE_PARTS"""
    ends: str = ""
    """how the caller's id ends, where she said so: odd, even"""
    child_product: Product | None = None
    """None where no difference is made"""
    today: bool = True
    """`day` is today, and not another that was asked for"""
    next_turn: date | None = None
    """with `ends`: the next day on which such an id may buy, `day` included"""
    coming: Rule | None = None
    """the rule by which one may soon buy more or fewer; None for none within a week"""


@dataclass(frozen=True, slots=True)
class Weekday:
    """Which day of the week that is."""

    day: date


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found for a question of `shared.lookups`."""

    sentence: str
    """the key of its sentence in `shared/speech/text`"""
    values: Mapping[str, date | Weekday | time | int | Product | Pharmacy | District]
    """blank of that sentence → what is said there, worded as its type is"""


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked."""


@dataclass(frozen=True, slots=True)
class Slower:
    """From now on the voice speaks more slowly; what was said last is said again."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody needs an ambulance: the caller is told to dial 119."""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Something was asked for that this feed does not count (rapid tests of the mask line)."""

    product: Product
    """what it counts"""


@dataclass(frozen=True, slots=True)
class _Missed:
    times: int = 1
    """how often in a row; from 3 on a person is offered"""
    offers: bool = False
    """something is offered to choose from, and said again with it: no other question beside it"""
    example: District | None = field(default=None, compare=False)
    """a district to say 「像是…」 with; None for the usual one"""


@dataclass(frozen=True, slots=True)
class NotHeard(_Missed):
    """Nothing came: no word, no key."""


@dataclass(frozen=True, slots=True)
class NotUnderstood(_Missed):
    """Something came that makes no sense here."""


@dataclass(frozen=True, slots=True)
class NotAChoice:
    """A key or 「第三個」 that nothing was offered for."""


@dataclass(frozen=True, slots=True)
class UnknownPostalCode:
    """Three digits that no district has."""

    digits: str


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The caller is connected with a person, or told the number where that cannot be done."""

    number: str
    """in full, as dialled in Taiwan: 1922, 0227653147"""
    connects: bool
    """True: this reply rings the number; False: the caller has to dial it"""


@dataclass(frozen=True, slots=True)
class ToPharmacy:
    """The caller is connected with a pharmacy, or told its number where that cannot be done."""

    pharmacy: Pharmacy
    connects: bool


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A person or a pharmacy was rung and did not answer: busy, no answer, failed."""


@dataclass(frozen=True, slots=True)
class NoData:
    """There is no snapshot fit to be told from."""

    operator: str
    """the number to ask instead"""


@dataclass(frozen=True, slots=True)
class Busy:
    """More people ask at this moment than can be answered in time."""

    operator: str
    """the number to ask instead"""


@dataclass(frozen=True, slots=True)
class RestockTold:
    """When a pharmacy's stock last rose today, as far as was seen."""

    pharmacy: Pharmacy
    product: Product
    at: time | None
    """None: not seen today"""


@dataclass(frozen=True, slots=True)
class SelloutTold:
    """About when a pharmacy sells out, from the days that were seen."""

    pharmacy: Pharmacy
    product: Product
    about: time | None
    """None: too few days were seen"""


@dataclass(frozen=True, slots=True)
class NotifySet:
    """The caller will be told of the next restock of a pharmacy."""

    pharmacy: Pharmacy
    product: Product
    left: int = 0
    """how many it has now all the same"""
    rings: bool = False
    """by a call; else by a message"""


@dataclass(frozen=True, slots=True)
class NotifyWhich:
    """Of a restock anywhere nobody is told: which pharmacy is meant?"""


@dataclass(frozen=True, slots=True)
class NotifyFull:
    """The caller is told of as many pharmacies as one may be."""


@dataclass(frozen=True, slots=True)
class NotifyFailed:
    """What is to be told later cannot be kept now: its store does not answer."""


@dataclass(frozen=True, slots=True)
class NotifyOff:
    """The caller is told of no restock any more, and what was kept for it is deleted."""

    was_on: bool = True


@dataclass(frozen=True, slots=True)
class Restocked:
    """The message itself: a pharmacy has new stock."""

    pharmacy: Pharmacy
    product: Product
    left: int
    opening: Opening | None = None
    """None: hours unknown"""
    line: Product | None = None
    """by a call, which first tells who rings: the line of this product; None: by a message"""


@dataclass(frozen=True, slots=True)
class NotRemembered:
    """「和上次一樣」, but nothing is remembered of this telephone (or memory is off)."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was remembered of this telephone is deleted."""


@dataclass(frozen=True, slots=True)
class NotForgotten:
    """What is remembered of this telephone cannot be deleted now: its store does not answer."""


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    """The conversation goes on in the language of this reply."""


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The end of the conversation."""


Outcome = (
    Greeting
    | Found
    | SoldOut
    | NoPharmacy
    | AskPlace
    | AmbiguousPlace
    | AmbiguousCounty
    | AmbiguousLandmark
    | AmbiguousPharmacy
    | AddressTold
    | PhoneTold
    | HoursTold
    | OpenThen
    | SaleTold
    | NameTold
    | FloorTold
    | DistanceTold
    | HowMany
    | Compared
    | NoMore
    | NoNearer
    | OnlyKind
    | TopicTold
    | NeedPharmacy
    | NoNext
    | NoPrevious
    | RulesTold
    | LookedUp
    | Help
    | Slower
    | Emergency
    | NotCounted
    | NotHeard
    | NotUnderstood
    | NotAChoice
    | UnknownPostalCode
    | ToPerson
    | ToPharmacy
    | NoAnswer
    | NoData
    | Busy
    | RestockTold
    | SelloutTold
    | NotifySet
    | NotifyWhich
    | NotifyFull
    | NotifyFailed
    | NotifyOff
    | Restocked
    | NotRemembered
    | Forgotten
    | NotForgotten
    | LanguageChanged
    | Goodbye
)


class Then(Enum):
    """What is asked after an outcome."""

    NOTHING = auto()
    """its own sentence asks, or the conversation ends"""
    CHOOSE = auto()
    """the caller chooses between what it names"""
    MORE = auto()
    """the next pharmacy, the address, the telephone number of the one told of; else a place"""
    PLACE = auto()
    """another place, whatever was told before"""
    OPEN = auto()
    """what was open to choose from before stays open; where nothing was, as MORE"""


@dataclass(frozen=True, slots=True)
class Traits:
    """What may follow an outcome."""

    then: Then = Then.MORE
    repeats: bool = True
    """「再說一次」 says it again; else what was said before it"""


_PASSING = Traits(Then.OPEN, repeats=False)

TRAITS: Mapping[type, Traits] = defaultdict(
    Traits,
    {
        Greeting: Traits(Then.NOTHING),
        SoldOut: Traits(Then.PLACE),
        NoPharmacy: Traits(Then.PLACE),
        AskPlace: Traits(Then.NOTHING),
        AmbiguousPlace: Traits(Then.CHOOSE),
        AmbiguousCounty: Traits(Then.CHOOSE),
        AmbiguousLandmark: Traits(Then.CHOOSE),
        AmbiguousPharmacy: Traits(Then.CHOOSE),
        Compared: Traits(Then.CHOOSE),
        TopicTold: Traits(Then.OPEN, repeats=False),
        NeedPharmacy: Traits(Then.NOTHING, repeats=False),
        NoNext: Traits(Then.PLACE),
        NoPrevious: Traits(repeats=False),
        RulesTold: Traits(Then.OPEN),
        Help: Traits(Then.OPEN),
        Slower: _PASSING,
        Emergency: Traits(Then.NOTHING),
        NotHeard: Traits(Then.OPEN, repeats=False),
        NotUnderstood: Traits(Then.OPEN, repeats=False),
        NotAChoice: _PASSING,
        UnknownPostalCode: Traits(Then.NOTHING, repeats=False),
        NoData: Traits(Then.NOTHING),
        Busy: Traits(Then.NOTHING),
        NotifySet: Traits(repeats=False),
        NotifyWhich: Traits(Then.NOTHING, repeats=False),
        NotifyFull: _PASSING,
        NotifyFailed: _PASSING,
        NotifyOff: _PASSING,
        Restocked: Traits(Then.NOTHING, repeats=False),
        LanguageChanged: Traits(repeats=False),
        Goodbye: Traits(Then.NOTHING),
    },
)
"""What may follow each outcome that asks otherwise than most."""
