"""Dialogue acts: what a caller asks for (`Act`), and what the line says or offers (`Move`).

A move has one text form, a short list of plain JSON, in which it travels in the state of a call:

>>> pack_move(TakeDistrict("台北市大安區", "和平路"))
['td', '台北市大安區', '和平路']
>>> unpack_move(['td', '台北市大安區', '和平路'])
TakeDistrict(place='台北市大安區', road='和平路')
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, get_args

from shared.catalog import Kind
from shared.hours import AskedTime, DayPart
from shared.locales import asked_by
from shared.lookups import LOOKUPS
from shared.names.resolution import Resolution

WEEK = 7


class Intent(StrEnum):
    """What is asked for. `intents/contract.yaml` tells what each does, with an example."""

    ASK = "ask"
    HOWMANY = "howmany"
    TOTAL = "total"
    MOST = "most"
    MORE = "more"
    COMPARE = "compare"
    LEFT = "left"
    NEARBY = "nearby"
    NEARER = "nearer"
    NEXT = "next"
    PREVIOUS = "previous"
    FIRST = "first"
    LIST = "list"
    ONLY = "only"
    CHILD = "child"
    ADULT = "adult"
    USUAL = "usual"
    NAME = "name"
    ADDRESS = "address"
    FLOOR = "floor"
    PHONE = "phone"
    CONNECT = "connect"
    HOURS = "hours"
    PLATES = "plates"
    SALE = "sale"
    DISTANCE = "distance"
    RESTOCKED = "restocked"
    SELLOUT = "sellout"
    NOTIFY = "notify"
    UNNOTIFY = "unnotify"
    RULES = "rules"
    """its part tells what of them"""
    REPEAT = "repeat"
    SLOWER = "slower"
    HELP = "help"
    OPERATOR = "operator"
    RESTART = "restart"
    YES = "yes"
    NO = "no"
    CHOOSE1 = "choose1"
    CHOOSE2 = "choose2"
    CHOOSE3 = "choose3"
    CHOOSELAST = "chooselast"
    STOP = "stop"
    EMERGENCY = "emergency"
    FORGET = "forget"
    LANGUAGE = "language"
    """its part is the label by which a locale is asked for (shared/locales), and its label alone"""
    TOPIC = "topic"
    """its part tells which: a question with one sentence for its answer"""
    LOOKUP = "lookup"
    """its part tells which of `shared.lookups`, and is its label alone"""


@dataclass(frozen=True, slots=True)
class DayAndHour:
    """The day and hour that a question is about, as they were said; every part may be absent."""

    ahead: int | None = None
    """days from today: 1 for tomorrow; 0 for today where an hour or a part of it was said too"""
    weekday: int | None = None
    """0 for Monday; the next one, today included"""
    clock: time | None = None
    part: DayPart | None = None
    """a part of the day, where no hour was said"""
    weeks: int = 0
    """1 for that day of next week: 「下禮拜二」"""
    bare: bool = False
    """the hour was said without its half of the day: 「九點」"""
    month_day: tuple[int, int] | None = None
    """a date: 「三月五號」"""

    def day(self, today: date) -> date:
        """The day that is meant; of a date the one nearest to `today`."""
        if self.month_day:
            years = (today.year, today.year - 1, today.year + 1)
            dates = [found for year in years if (found := date_in(year, self.month_day))]
            return min(dates, key=lambda found: abs(found - today), default=today)
        if self.weekday is not None:
            ahead = self.weekday - today.weekday()
            return today + timedelta(days=ahead + WEEK if self.weeks else ahead % WEEK)
        return today + timedelta(days=self.ahead or 0)

    def asked(self, now: datetime, before: AskedTime | None = None) -> AskedTime | None:
        """The time that is meant at `now`: of an hour that has passed, the next one. None for today
        without an hour: what is asked is now.

        `before`: the time asked about last, whose day and half of the day go on: 「那九點呢」 after
        「禮拜天晚上八點」.
        """
        asked = AskedTime(self.day(now.date()), self.clock, None if self.clock else self.part)
        if asked == AskedTime(now.date()):
            return None
        if (self.ahead, self.weekday, self.month_day) != (None, None, None):
            return asked
        if self.bare and before and before.late and asked.clock and asked.clock.hour < _NOON:
            asked = replace(asked, clock=asked.clock.replace(hour=asked.clock.hour + _NOON))
        if before:
            asked = replace(asked, day=before.day)
        return replace(asked, day=asked.day + timedelta(days=1)) if asked.is_over(now) else asked


_NOON = 12


def date_in(year: int, month_day: tuple[int, int]) -> date | None:
    """That day of the `year`; None where it has none: a 29th of February."""
    try:
        return date(year, *month_day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Act:
    """One dialogue act of a caller: what is asked, of what, under which condition."""

    intent: Intent
    part: str = ""
    """with RULES, TOPIC, LOOKUP and LANGUAGE: which"""
    product: str = ""
    """product id, or \"\""""
    all_products: bool = False
    """several are asked for: 「大人的跟小孩的各剩幾片」"""
    kind: Kind | None = None
    """the kind of seller that is asked for"""
    unwanted: Kind | None = None
    """the kind that is denied: 「我不要衛生所」"""
    names: Resolution | None = None
    """what is named with it; None for nothing: then it is about what was told last"""
    others: tuple[Resolution, ...] = ()
    """with COMPARE: the second one, and the third"""
    denied: Resolution | None = None
    """what is named only to be denied: 「不是台北的」"""
    not_nth: int | None = None
    """with NO: which of those told of or offered is denied, 0 the first: 「不要第一家」"""
    when: DayAndHour | None = None
    least: int = 0
    """so many are wanted at least"""
    shops: int = 0
    """of so many pharmacies at once: 「兩家的電話」; 0 where no number was said"""
    ends: str = ""
    """how the id of whoever wants to buy ends: odd, even"""
    other_county: bool = False
    """「台中的」: the same in another county"""
    place_alone: bool = False
    """「那信義區呢」: what was asked last, of that place"""
    that_one: bool = False
    """「三重的那家」: the one just told of, if it lies there"""

    @property
    def label(self) -> str:
        """Its name in `intents/contract.yaml`: ask, rules.price, topic.fraud, datatime."""
        if self.intent in (Intent.LOOKUP, Intent.LANGUAGE):
            return self.part
        return f"{self.intent}.{self.part}" if self.part else str(self.intent)


@lru_cache(maxsize=256)
def read_label(label: str) -> tuple[Intent, str]:
    """The intent and the part that `Act.label` names; ValueError for what names none.

    >>> read_label("rules.price") == (Intent.RULES, "price")
    True
    """
    if label in LOOKUPS:
        return Intent.LOOKUP, label
    if asked_by(label):
        return Intent.LANGUAGE, label
    intent, _, part = label.partition(".")
    return Intent(intent), part


@dataclass(frozen=True, slots=True)
class Understanding:
    """What an utterance asks for: one or several acts, in the order in which they are answered."""

    acts: tuple[Act, ...] = ()
    """() where nothing was understood"""
    names: Resolution | None = None
    """what was named in it; None where no names were looked for"""
    doubtful: Resolution | None = None
    """what may have been named in it, too unsure to be taken for a name"""
    likely: bool = False
    """`doubtful` was likelier named than not, where the place would be asked for anyway"""

    @property
    def first(self) -> Intent | None:
        """The intent of the first act; None where nothing was understood."""
        return self.acts[0].intent if self.acts else None

    def has(self, intent: Intent) -> bool:
        """Whether `intent` is asked for."""
        return any(act.intent is intent for act in self.acts)


# ---------------------------------------------------------------- what the line says


class Phrase(StrEnum):
    """What is said without looking anything up."""

    BYE = "bye"
    EMERGENCY = "emergency"
    FORGOTTEN = "forgotten"
    GREET = "greet"
    HELP = "help"
    LANGUAGE = "language"
    NEED_PHARMACY = "need_pharmacy"
    NO_ANSWER = "no_answer"
    NO_DATA = "no_data"
    NO_PREVIOUS = "no_previous"
    NOT_A_CHOICE = "not_a_choice"
    NOT_COUNTED = "not_counted"
    NOT_FORGOTTEN = "not_forgotten"
    NOT_HEARD = "not_heard"
    NOT_REMEMBERED = "not_remembered"
    NOT_UNDERSTOOD = "not_understood"
    NOTIFY_FAILED = "notify_failed"
    NOTIFY_FULL = "notify_full"
    NOTIFY_NONE = "notify_none"
    NOTIFY_OFF = "notify_off"
    NOTIFY_WHICH = "notify_which"
    OPERATOR = "operator"
    SLOWER = "slower"
    UNKNOWN_CODE = "unknown_code"


class About(StrEnum):
    """What may be told of a pharmacy: what is asked of one, and that none is nearer."""

    NAME = str(Intent.NAME)
    ADDRESS = str(Intent.ADDRESS)
    FLOOR = str(Intent.FLOOR)
    PHONE = str(Intent.PHONE)
    CONNECT = str(Intent.CONNECT)
    HOURS = str(Intent.HOURS)
    PLATES = str(Intent.PLATES)
    SALE = str(Intent.SALE)
    DISTANCE = str(Intent.DISTANCE)
    RESTOCKED = str(Intent.RESTOCKED)
    SELLOUT = str(Intent.SELLOUT)
    NOTIFY = str(Intent.NOTIFY)
    NEAREST = "nearest"


OF_A_PLACE = (Intent.MOST, Intent.HOWMANY, Intent.TOTAL, Intent.MORE)
"""Asked of a place, and answered of it: not of the first pharmacy there."""

WAYS_ON = (Intent.FIRST, Intent.PREVIOUS, Intent.NEXT, Intent.NEARER, Intent.LIST)
"""Acts that each lead to another pharmacy: of several, the first of these; none beside a question
about a place that is named."""

CHOICES = (Intent.CHOOSE1, Intent.CHOOSE2, Intent.CHOOSE3)
"""The first to the third of what was offered."""

ABOUT_A_PHARMACY = frozenset(Intent(one) for one in About if one is not About.NEAREST)
"""Asked of the pharmacy that is named with it, else of the one just told of."""


class Lack(StrEnum):
    """Of what there is none."""

    SOLD_OUT = "sold_out"
    NO_NEXT = "no_next"
    NO_PHARMACY = "no_pharmacy"
    NO_MORE = "no_more"
    ONLY_KIND = "only_kind"


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence that looks nothing up."""

    code: ClassVar[str] = "s"
    what: Phrase
    times: int = 0
    """how often in a row, where that matters"""
    digits: str = ""
    """the postal code that is none"""


UNLISTED = "unlisted"
"""What was asked for is a pharmacy by a name that none there bears."""


@dataclass(frozen=True, slots=True)
class TellPharmacy:
    """A pharmacy and what it has."""

    code: ClassVar[str] = "p"
    id: str
    product: str
    why: str = ""
    """most, next_most, fewest, more; walk: how far it is from what was named; all: of all
    products"""
    in_vain: str = ""
    """what was asked for, and for which this one stands in: the health centre (`Kind`) of a
    district that has none, the key of a chain, the id of one of a name that none there bears (its
    own, where it lies elsewhere), `UNLISTED`, the `AskedTime` at which none is known to be open"""


@dataclass(frozen=True, slots=True)
class TellAbout:
    """One thing about a pharmacy."""

    code: ClassVar[str] = "a"
    id: str
    what: About
    when: str = ""
    """the `AskedTime` that is asked about; "" for now"""


@dataclass(frozen=True, slots=True)
class TellNone:
    """That there is none."""

    code: ClassVar[str] = "n"
    what: Lack
    place: str
    product: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TellHowMany:
    """How many places still have some, how many pieces there are."""

    code: ClassVar[str] = "h"
    place: str
    """key of a district, or the name of a county"""
    product: str
    total: bool = False
    """the pieces were asked for, not the places"""
    chain: str = ""
    """key of the chain whose shops are counted; "" for all"""


@dataclass(frozen=True, slots=True)
class TellCompared:
    """Which of two or three has most. All are places (their keys, of a county its name), or
    pharmacies (their ids)."""

    code: ClassVar[str] = "c"
    sides: tuple[str, ...]
    product: str


@dataclass(frozen=True, slots=True)
class TellRules:
    """A part of the rules."""

    code: ClassVar[str] = "r"
    part: str
    ends: str = ""
    day: str = ""
    """ISO date that is asked about; "" for today"""


@dataclass(frozen=True, slots=True)
class TellTopic:
    """The one sentence of a topic."""

    code: ClassVar[str] = "t"
    name: str


@dataclass(frozen=True, slots=True)
class TellLookup:
    """What is looked up for a question of `shared.lookups`."""

    code: ClassVar[str] = "l"
    name: str
    day: str = ""
    """ISO date that is asked about; "" for today"""


@dataclass(frozen=True, slots=True)
class RequestPlace:
    """Where; in a county if that is known. why: nearer, plates: what it is asked for."""

    code: ClassVar[str] = "q"
    county: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """Which of one to three districts."""

    code: ClassVar[str] = "wp"
    places: tuple[str, ...]
    road: str = ""


@dataclass(frozen=True, slots=True)
class ChooseCounty:
    """Which of two counties of one name."""

    code: ClassVar[str] = "wc"
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChooseLandmark:
    """Which of one to three landmarks, or the district that is called like one."""

    code: ClassVar[str] = "wl"
    names: tuple[str, ...]
    place: str = ""
    """key of that district: 苗栗縣公館鄉 beside 公館; "" for none"""


@dataclass(frozen=True, slots=True)
class ChoosePharmacy:
    """Which of one to three pharmacies."""

    code: ClassVar[str] = "ws"
    ids: tuple[str, ...]
    namesakes: bool = False
    """all bear one name"""
    more: bool = False
    """and there are more of that name"""
    place: str = ""
    """key of the district in which they were sought; "" for none"""


# ---------------------------------------------------------------- what may be chosen


@dataclass(frozen=True, slots=True)
class TakeDistrict:
    """A district, or a road in it."""

    code: ClassVar[str] = "td"
    place: str
    road: str = ""


@dataclass(frozen=True, slots=True)
class TakeCounty:
    """A county, whose district is asked then."""

    code: ClassVar[str] = "tc"
    name: str


@dataclass(frozen=True, slots=True)
class TakeLandmark:
    """A landmark, and what is near it."""

    code: ClassVar[str] = "tl"
    name: str


@dataclass(frozen=True, slots=True)
class TakePharmacy:
    """A pharmacy."""

    code: ClassVar[str] = "tp"
    id: str


@dataclass(frozen=True, slots=True)
class TakeNext:
    """The next pharmacy."""

    code: ClassVar[str] = "x"


@dataclass(frozen=True, slots=True)
class TakeAbout:
    """More about the pharmacy just told of: address, phone, connect."""

    code: ClassVar[str] = "ta"
    what: str


@dataclass(frozen=True, slots=True)
class TakeNone:
    """None of what was offered."""

    code: ClassVar[str] = "no"


Told = (
    Say
    | TellPharmacy
    | TellAbout
    | TellNone
    | TellHowMany
    | TellCompared
    | TellRules
    | TellTopic
    | TellLookup
    | RequestPlace
    | ChoosePlace
    | ChooseCounty
    | ChooseLandmark
    | ChoosePharmacy
)
"""What the line says in a turn."""

ASKS_BACK = (RequestPlace, ChoosePlace, ChooseCounty, ChooseLandmark, ChoosePharmacy)
"""What is told where the place or the pharmacy is asked first."""

Choice = TakeDistrict | TakeCounty | TakeLandmark | TakePharmacy | TakeNext | TakeAbout | TakeNone
"""What 1, 2, 3 choose."""

Move = Told | Choice

_BY_CODE: dict[str, type[Move]] = {kind.code: kind for kind in get_args(Told) + get_args(Choice)}
_FIELDS = {
    kind: tuple((spec.name, spec.type) for spec in fields(kind)) for kind in _BY_CODE.values()
}


def pack_move(move: Move) -> list[object]:
    """`move` as a short list of plain JSON: its code, then its fields, empty ones at the end
    left out."""
    values = [_plain(getattr(move, name)) for name, _ in _FIELDS[type(move)]]
    while values and values[-1] in ("", 0, False, []):
        values.pop()
    return [move.code, *values]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def unpack_move(packed: object) -> Move:
    """The move that `pack_move` wrote; ValueError for anything else."""
    code = packed[0] if isinstance(packed, list) and packed else None
    if not isinstance(packed, list) or not isinstance(code, str) or code not in _BY_CODE:
        raise ValueError("no move")
    kind = _BY_CODE[code]
    known = _FIELDS[kind]
    if len(packed) - 1 > len(known):
        raise ValueError(f"{kind.__name__} has fewer fields")
    told = zip(known, packed[1:], strict=False)
    values = [value if type(value) is one else _checked(one, value) for (_, one), value in told]
    try:
        return kind(*values)  # type: ignore[arg-type]  # `_checked` has checked each
    except TypeError as error:
        raise ValueError(f"{kind.__name__} lacks a field") from error


_TEXTS = tuple[str, ...]


def _checked(kind: object, value: object) -> object:
    """`value`, written as plain JSON, as one of another `kind`."""
    if kind == _TEXTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError("expected a list of texts")
        return tuple(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(str(value))
    raise ValueError(f"expected {kind}")
