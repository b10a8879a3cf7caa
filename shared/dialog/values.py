"""What goes into a turn of the conversation and what comes out."""

from dataclasses import dataclass, field, fields
from enum import StrEnum

from shared.names.resolution import Resolution
from shared.outcomes import Outcome

Step = tuple[str, ...]
"""One thing said or asked, in plain words, so that it fits into a state:
("district", key, road) · ("pharmacy", id) · ("found", id, product) ·
("address", id) · ("next",) …"""


class Intent(StrEnum):
    """What a caller may want. `intents/contract.yaml` tells each with an example."""

    ASK = "ask"
    """where is stock: a question with a place or a pharmacy in it"""
    REPEAT = "repeat"
    SLOWER = "slower"
    NEXT = "next"
    PREVIOUS = "previous"
    ADDRESS = "address"
    PHONE = "phone"
    HOURS = "hours"
    CHILD = "child"
    ADULT = "adult"
    CONNECT = "connect"
    """ring the pharmacy just named"""
    OPERATOR = "operator"
    HELP = "help"
    RULES = "rules"
    DATATIME = "datatime"
    EMERGENCY = "emergency"
    """somebody is in danger; said to the wrong number"""
    RESTART = "restart"
    YES = "yes"
    NO = "no"
    CHOOSE1 = "choose1"
    CHOOSE2 = "choose2"
    CHOOSE3 = "choose3"
    STOP = "stop"
    NEARBY = "nearby"
    """the nearest to what is known of the caller"""
    USUAL = "usual"
    """「和上次一樣」: the place this telephone asked about last time"""
    FORGET = "forget"
    """delete what is remembered of this telephone"""
    RESTOCKED = "restocked"
    """when did the pharmacy just named get new stock today"""
    SELLOUT = "sellout"
    """about when does the pharmacy just named sell out"""
    ENGLISH = "english"
    JAPANESE = "japanese"
    MANDARIN = "mandarin"


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
    asks_nlu: bool = False
    """sentences that are not understood here are put to the platform's agent (NLU=dialogflow)"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a caller said or pressed, understood, with the channel's hints."""

    heard: str = ""
    """the recogniser's words; "" when nothing was heard"""
    keys: str = ""
    """keys pressed: digits, * and #; "" when none"""
    intent: Intent | None = None
    """None: nothing was understood"""
    product: str = ""
    """product id named in the sentence, or \"\""""
    resolution: Resolution | None = None
    """places and pharmacies in the sentence; None where none were looked for"""
    wants: Intent | None = None
    """with ASK and a pharmacy named: ADDRESS, PHONE or HOURS where that was asked of it"""
    about: str = ""
    """with RULES: the part that was asked, of `outcomes.RULE_PARTS`; "" for none"""
    ends: str = ""
    """with RULES: how the caller's id ends, odd or even; "" where she did not say"""
    unanswered: bool = False
    """a number was rung for the caller and nobody answered"""
    remembered: str = ""
    """key of the district this telephone asked about last time; "" where not remembered"""
    not_deleted: bool = False
    """with FORGET: what is remembered could not be deleted now"""
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


@dataclass(frozen=True, slots=True)
class State:
    """What must be remembered between two turns of one conversation; small, plain JSON.

    Holds no words of the caller and no telephone number.
    """

    locale: str = "zh-TW"
    seed: int = 0
    """`Turn.seed` of the first turn"""
    area_code: str = ""
    """the caller's, with its 0; "" unknown"""
    product: str = ""
    """product asked about; "" before any was named"""
    place: str = ""
    """key of the district talked about: 台北市大安區"""
    road: str = ""
    """a road named with the place: the pharmacies on it come first"""
    kind: str = ""
    """the kind that was asked for, until its place is known: health_centre; "" for any"""
    near: str = ""
    """what was asked to be near to: id of a pharmacy, or a landmark's name; "" for nothing"""
    told: tuple[str, ...] = ()
    """ids of the pharmacies told of for this question, in order"""
    at: int = -1
    """which of `told` is talked about; -1 none"""
    step: Step = ()
    """what was said last, so that it can be said again: ("pharmacy", "5901…")"""
    options: tuple[Step, ...] = ()
    """the steps that 1, 2, 3 choose now"""
    said: Step = ()
    """the step of the last reply, where that was none to say again (nothing heard …)"""
    again: int = 0
    """how often the last reply's step came in a row, so that no two replies are equal"""
    unheard: int = 0
    """turns in a row in which nothing was heard or understood"""
    slow: bool = False
    began: int = 0
    """seconds since 1970 when the conversation began; 0 once its first count was told"""


_FIELDS = tuple((spec.name, spec.default) for spec in fields(State))


def pack(state: State) -> dict[str, object]:
    """`state` as plain JSON, defaults left out; `unpack` reads it."""
    packed: dict[str, object] = {}
    for name, default in _FIELDS:
        value = getattr(state, name)
        if value != default:
            packed[name] = value
    return packed


def unpack(packed: object) -> State:
    """The state that `pack` wrote; ValueError for anything else, so that forged ones start anew."""
    if not isinstance(packed, dict):
        raise ValueError("a state is a JSON object")
    values: dict[str, object] = {}
    for name, default in _FIELDS:
        if name not in packed:
            continue
        value = packed[name]
        if isinstance(default, tuple):
            if not isinstance(value, list | tuple):
                raise ValueError(f"{name} is no list")
            nested = name == "options"
            value = tuple(_texts(item) for item in value) if nested else _texts(value)
        elif type(value) is not type(default):
            raise ValueError(f"{name} has the wrong type")
        values[name] = value
    return State(**values)  # type: ignore[arg-type]  # the loop above has checked each type


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of texts")
    return tuple(value)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen next."""

    step: Step
    """as in `State.options`"""
    label: str
    """key of its words in text/<locale>.yaml: next, address, phone; or the name itself"""
    key: str
    """1, 2 or 3"""


@dataclass(frozen=True, slots=True)
class Reply:
    """An outcome put into words, and what may come next."""

    outcome: Outcome
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
