"""What goes into a turn of the conversation and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import get_args

from shared.catalog import Location
from shared.dialog.acts import (
    Choice,
    ChoosePlace,
    Move,
    RequestPlace,
    TakeNone,
    TellAbout,
    TellPharmacy,
    Told,
    pack_move,
    unpack_move,
)
from shared.hours import AskedTime
from shared.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Channel:
    """What a platform can do; the words of a reply and the transfers depend on it."""

    name: str
    """twilio, alexa, dialogflow, assist, browser, terminal"""
    operator: str = "1922"
    """whom a caller who wants a person is sent to"""
    keys: bool = False
    """has a keypad, so options are told with their keys"""
    dials: bool = False
    """can connect the caller with the operator"""
    dials_pharmacies: bool = False
    """can connect the caller with a pharmacy (a Taiwanese CALLER_ID is set)"""
    for_the_eye: bool = False
    """is read, not heard: digits, several lines, a map link"""
    notifies: str = ""
    """how a person is told of a restock later: message, ring; "" where that cannot be done"""
    asks_nlu: bool = False
    """sentences that are not understood here are put to the platform's agent (NLU=dialogflow)"""
    counted: bool = True
    """its turns are people's, and stand in the figures"""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a platform's own recognition made of the utterance: a hint for ours."""

    label: str
    """of `intents/contract.yaml`: ask, phone, rules.price"""
    words: str = ""
    """the names in its slots, in the words of the utterance's locale or in Chinese; "" for none"""
    keys: str = ""
    """a postal code in its slots"""
    product: str = ""
    """product id in its slots"""
    ends: str = ""
    """how an id ends, where the platform's intent tells it: odd, even"""
    unresolved: bool = False
    """a slot for a place or a pharmacy was filled with something that is neither"""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What came in this turn: text, keys or silence, with what the channel knows."""

    text: str = ""
    """the recogniser's words; "" when nothing was heard"""
    keys: str = ""
    """keys pressed: digits, * and #; "" when none"""
    hint: Hint | None = None
    unanswered: bool = False
    """a number was rung for the caller and nobody answered"""
    hung_up: bool = False
    """the platform says that the caller is done"""
    opens: bool = False
    """the first turn of a conversation: greet unless something was said"""
    caller: str = field(default="", repr=False)
    """the caller's telephone number where the platform tells it; never kept, never logged"""
    area_code: str = ""
    """of that number, with its 0; only read where `opens`"""
    seed: int = 0
    """the running number of the conversation, for spreading callers; only read where `opens`"""
    locale: str = "zh-TW"
    """only read where `opens`"""
    remembered: Mapping[str, str] = field(default_factory=dict)
    """what this telephone had before, by the intent that asks for it: usual → key of a district"""
    not_deleted: bool = False
    """what is remembered could not be deleted now"""
    point: Location | None = None
    """where the person stands, as she shared it; never logged"""
    person: str = field(default="", repr=False)
    """where the channel can tell this person something later; never logged, kept only for that"""
    watching: tuple[str, ...] = ()
    """ids of the pharmacies of whose restock this person is told"""
    not_kept: bool = False
    """what is to be told later cannot be kept now"""

    @property
    def silent(self) -> bool:
        """Nothing was said, pressed or recognised."""
        return not (self.text.strip() or self.keys or self.hint)


@dataclass(frozen=True, slots=True)
class State:
    """What must be remembered between two turns of one conversation; small, plain JSON.

    Holds no words of the caller and no telephone number.
    """

    locale: str = "zh-TW"
    seed: int = 0
    """`Utterance.seed` of the first turn"""
    area_code: str = ""
    """the caller's, with its 0; "" unknown"""
    product: str = ""
    """product asked about; "" before any was named"""
    place: str = ""
    """key of the district talked about: 台北市大安區"""
    places_before: tuple[str, ...] = ()
    """keys of the two districts that were talked about before it, the last one last"""
    shop_before: str = ""
    """id of the pharmacy that was talked about there last"""
    road: str = ""
    """a road named with the place: the pharmacies on it come first"""
    kind: str = ""
    """the only kind of seller that is wanted: pharmacy, health_centre; "" for any"""
    chain: str = ""
    """key of the only chain whose shops are wanted; "" for any"""
    open_at: str = ""
    """the `AskedTime` at which it must be open; "" for none"""
    near: str = ""
    """what was asked to be near to: id of a pharmacy, a landmark's name, or a point to
    100 m (`@25.027,121.528`); "" for nothing"""
    told: tuple[str, ...] = ()
    """ids of the pharmacies told of for this question, in order"""
    at: int = 0
    """which of `told` is talked about"""
    row: tuple[str, ...] = ()
    """ids of the pharmacies that one answer told of, until another is: 「第二個」 is one of them"""
    said: tuple[Told, ...] = ()
    """what was said last, so that it can be said again"""
    passing: str = ""
    """what the last reply said, where that is not to be said again (nothing heard …)"""
    options: tuple[Choice, ...] = ()
    """what 1, 2, 3 choose now"""
    doubtful: tuple[Choice, ...] = ()
    """what may have been named while no place is known, the likeliest first"""
    waiting: tuple[str, ...] = ()
    """labels of acts that are answered once the caller has chosen: 「電話幾號」 of one of three"""
    ends: str = ""
    """how the id of whoever wants to buy ends, once it was said: odd, even"""
    again: int = 0
    """how often the last reply came in a row, so that no two replies are equal"""
    unheard: int = 0
    """turns in a row in which nothing was heard or understood"""
    slow: bool = False
    keys_told: bool = False
    """the options after an answer were read out in full"""
    time_told: int = 0
    """time of the data that was told, in minutes since 1970; 0 none"""
    began: int = 0
    """seconds since 1970 when the conversation began; 0 once its first count was told"""

    @property
    def last(self) -> Told | None:
        """What was said last, so far as it is to be said again; None before anything was."""
        return self.said[-1] if self.said else None

    @property
    def time_asked(self) -> AskedTime | None:
        """The time that was asked about last; None for now."""
        match self.last:
            case TellPharmacy(in_vain=vain):
                return AskedTime.read(self.open_at or vain)
            case TellAbout(when=when):
                return AskedTime.read(when)
        return None

    @property
    def place_before(self) -> str:
        """Key of the district that was talked about before this one; "" for none."""
        return self.places_before[-1] if self.places_before else ""

    @property
    def _shop(self) -> str:
        """Id of the pharmacy that is talked about; "" for none."""
        here = self.told[self.at :]
        return here[0] if here else ""

    @property
    def asks_for_place(self) -> bool:
        """Whether 「請問您在哪一區」 or 「請問是哪一個」 was asked last."""
        return isinstance(self.last, RequestPlace | ChoosePlace)

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether 「好」 would answer what was offered last: 「是大安區嗎」."""
        return self.options[-1:] == (TakeNone(),)

    def turned_to(self, place: str, road: str = "", near: str = "") -> "State":
        """What is remembered once another place is talked about: no pharmacy was told of it yet."""
        before = self.places_before
        if place != self.place:
            before = (*(one for one in before if one not in (place, self.place)), self.place)
        return replace(
            self,
            place=place,
            places_before=tuple(one for one in before if one)[-_PLACES_BEFORE:],
            shop_before=self.shop_before if place == self.place else self._shop,
            road=road,
            near=near,
            told=(),
            at=0,
        )


_PLACES_BEFORE = 2

_FIELDS = tuple((spec.name, spec.default) for spec in fields(State))
_DEFAULTS = dict(_FIELDS)
_CHOICES = frozenset(get_args(Choice))
_KINDS = {"said": frozenset(get_args(Told)), "options": _CHOICES, "doubtful": _CHOICES}
"""The fields that hold moves, and which."""


def pack(state: State) -> dict[str, object]:
    """`state` as plain JSON, defaults left out; `unpack` reads it."""
    packed: dict[str, object] = {}
    for name, default in _FIELDS:
        value = getattr(state, name)
        if value == default:
            continue
        packed[name] = [pack_move(move) for move in value] if name in _KINDS else value
    return packed


def unpack(packed: object) -> State:
    """The state that `pack` wrote; ValueError for anything else, so that forged ones start anew."""
    if not isinstance(packed, dict):
        raise ValueError("a state is a JSON object")
    values: dict[str, object] = {}
    for name, value in packed.items():
        default = _DEFAULTS.get(name)
        if default is None:
            continue
        if isinstance(default, tuple):
            if not isinstance(value, list | tuple):
                raise ValueError(f"{name} is no list")
            value = _moves(name, value) if name in _KINDS else _texts(value)
        elif type(value) is not type(default):
            raise ValueError(f"{name} has the wrong type")
        values[name] = value
    return State(**values)  # type: ignore[arg-type]  # the loop above has checked each type


def _moves(name: str, value: list[object] | tuple[object, ...]) -> tuple[Move, ...]:
    moves = tuple(map(unpack_move, value))
    if not _KINDS[name].issuperset(map(type, moves)):
        raise ValueError(f"{name} holds what it may not")
    return moves


def _texts(value: list[object] | tuple[object, ...]) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of texts")
    return tuple(str(item) for item in value)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen next."""

    choice: Choice
    """as in `State.options`"""
    label: str
    """key of its words in text/<locale>.yaml: next, address, phone, yes, no"""
    key: str
    """1, 2 or 3"""
    name: str = ""
    """the name to choose, in Chinese, where it is one: 台北市大安區"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was found, put into words, and what may come next."""

    outcomes: tuple[Outcome, ...]
    """an outcome an answered act, in the order of the words; never empty"""
    text: str
    """the answer and then the options, complete, for the channel's ear or eye; never empty"""
    prompt: str = ""
    """the part of `text` that asks (also the re-prompt of a speaker); "" after a goodbye"""
    locale: str = "zh-TW"
    listens: bool = True
    """an answer is awaited; False: the conversation ends or a number is rung"""
    digits: int = 1
    """how many keys to wait for: 1, or 3 where a postal code may come"""
    rings: str = ""
    """the number to connect the caller with, as dialled in Taiwan; "" for none"""
    slow: bool = False
    options: tuple[Option, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The outcome that the conversation goes on from: the last one."""
        return self.outcomes[-1]
