"""What the same words mean at this point of a call, and of a part of the country."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.grammar import Grammar, grammar
from nlu.negation import clauses
from shared.dialog.acts import (
    OF_A_PLACE,
    WAYS_ON,
    Act,
    DayAndHour,
    Intent,
    RequestPlace,
    TellPharmacy,
)
from shared.dialog.questions import (
    ANEW,
    FEWEST,
    IN_STOCK,
    LANDMARK,
    METRO,
    MISHEARD,
    NEXT_DOOR,
    ON_ROAD,
    PLACES,
    REGION,
    THESE,
    WHICH,
)
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution
from shared.names.transcript import transcribe
from shared.places.districts import County, by_key
from shared.places.landmarks import landmarks_called
from shared.places.telephone_numbers import counties_around

_NEAR = (Intent.ASK, Intent.NEARBY, Intent.LEFT, *OF_A_PLACE, *WAYS_ON)
"""What cannot be answered where the place that it is near is none that is known."""

BESIDE_IT = "topic.landmark"
"""What is asked by 「我在全聯旁邊」 without the place: what is beside the pharmacy."""

_PLAINLY = 0.9
"""A district as likely as this was heard, whatever stands behind it: 「板橋公園那邊」."""

_TAKEN_FOR = (Meant.DISTRICT, Meant.PHARMACY, Meant.ROAD)
"""What a place that is on no list is taken for by its sound: 「保濟宮」 for 保慶藥局."""


def unknown_place(text: str, names: Resolution | None, state: State) -> str:
    """The part of an ASK about a place that is none of ours; "" where there is none.

    REGION: a part of the country, 「中部」, is no 台中, nor 中埔; LANDMARK: a place that is on no
    list, 「仁愛國小」, is no 仁愛區.
    """
    words = grammar(state.locale)
    if not (names and (names.sure or names.written)) and words.region.search(text):
        return REGION
    if words.unlisted.search(text) is None:
        return LANDMARK if words.near.search(text) and _are_all_elsewhere(names, state) else ""
    if names and names.sure:
        elsewhere = names.meant is Meant.DISTRICT and _is_elsewhere(names, state)
        return LANDMARK if elsewhere and not _stands_apart(names, text, state.locale) else ""
    taken = names is None or (names.meant in _TAKEN_FOR and not names.chain)
    return LANDMARK if taken else ""


def _stands_apart(names: Resolution, text: str, locale: str) -> bool:
    """Whether the district stands in Latin letters apart: "Puli, near the bus station"."""
    apart = (one for one in clauses(text, locale) if not grammar(locale).unlisted.search(one))
    return any(names.district.short in transcribe(one).spelled for one in apart)


def _are_all_elsewhere(names: Resolution | None, state: State) -> bool:
    """Whether all that a place may be by its sound lies in other counties than she asked about:
    「北回歸線那邊」, in 水上, is not 北竿 nor 北屯."""
    if names is None or names.sure or names.written or names.meant not in _TAKEN_FOR:
        return False
    near = counties_near(state)
    places = [one.district for one in names.districts] + [one.district for one in names.roads]
    return bool(near and places) and not any(place.county in near for place in places)


def counties_near(state: State) -> tuple[County, ...]:
    """The county that was talked about, else those that she may ring from."""
    return counties_around(by_key().get(state.place), state.area_code)


def _is_elsewhere(names: Resolution, state: State) -> bool:
    """Whether a district is named without its ending and lies far from her: 「福興宮」, from 02."""
    district = names.district
    near = counties_near(state)
    whole = any(name in names.heard for name in (district.name, district.county.short))
    return bool(near) and district.county not in near and not whole


def its_district(text: str, names: Resolution | None, locale: str) -> Resolution | None:
    """The district that was plainly heard before a place of no list: 「松山健保局」; else None."""
    if names is None or names.sure or grammar(locale).unlisted.search(text) is None:
        return None
    if not names.districts or names.districts[0].score < _PLAINLY:
        return None
    return replace(names, meant=Meant.DISTRICT, pharmacies=(), roads=(), sure=True)


def its_landmark(text: str, names: Resolution | None, locale: str) -> Resolution | None:
    """The landmark that stands written before 「那邊」 in the district that was heard, where a
    pharmacy is called so too: 「板橋府中那邊」; else None."""
    if names is None or names.sure or names.meant is not Meant.PHARMACY or not names.districts:
        return None
    near = grammar(locale).near
    if near.search(text) is None:
        return None
    for name, called in landmarks_called().items():
        there = tuple(one for one in called if one.district == names.district)
        if there and re.search(f"{re.escape(name)}的?{near.pattern}", text):
            return replace(
                names, meant=Meant.LANDMARK, landmarks=there[:1], pharmacies=(), sure=True
            )
    return None


def near_unknown(acts: list[Act], part: str, product: str) -> list[Act]:
    """`acts`, of which what is asked near such a place asks which it is."""
    asked = Act(Intent.ASK, part, product=product)
    if not acts:  # 「北部」
        return [asked]
    others = [act for act in acts if act.intent not in _NEAR and act.label != BESIDE_IT]
    return acts if len(others) == len(acts) else [*others, asked]


def _is_the_first(text: str, state: State) -> bool:
    """Whether 「剛剛那一家」 can be none but the one that was told of, the first."""
    here = grammar(state.locale).this_one.search(text) is not None
    return here and bool(state.told) and state.at == 0 and not state.shop_before


_AMONG = (Intent.COMPARE, Intent.MOST, Intent.MORE)
"""What compares those that were told of, where these are named: 「這三家哪一家最多」."""


def _among(text: str, words: Grammar) -> str:
    """The part of a COMPARE of what was told of before; "" where it is not named."""
    if words.which_place.search(text):
        return PLACES
    return THESE if words.these.search(text) else ""


_OF_DISTRICTS = (*_AMONG, Intent.ASK, Intent.LEFT, Intent.LIST, Intent.HOWMANY, Intent.ONLY)
"""What asks for the districts of a county, where it says so: 「台北市還有哪幾區有」."""


def of_districts(
    acts: Sequence[Act], names: Resolution | None, text: str, state: State
) -> list[Act]:
    """`acts`, of which what asks for a district of a county compares those of that county; and what
    asks for the one with the fewest does that."""
    words = grammar(state.locale)
    if words.fewest.search(text):
        acts = [replace(a, part=FEWEST) if a.intent is Intent.MOST else a for a in acts]
    asked = isinstance(state.last, RequestPlace) and bool(state.last.county)
    county = asked if names is None else names.meant is Meant.COUNTY
    if not county or not words.which_place.search(text):
        return list(acts)
    others = [act for act in acts if act.intent not in _OF_DISTRICTS]
    first = next((act for act in acts if act.intent in _OF_DISTRICTS), None)
    found = first and replace(first, intent=Intent.COMPARE, part=PLACES, names=names)
    return [found, *others] if found else others


ENDS = " 。，、？！?.!呢啦啊喔吧耶"
"""What ends a sentence and tells nothing."""

_OF_A_TIME = (
    *(Intent.HOURS, Intent.SALE, Intent.SELLOUT, Intent.NEXT, Intent.ONLY, Intent.LIST),
    *(Intent.FIRST, Intent.NAME),
)
"""What is asked of a pharmacy, or of the next; with a time and 「哪一家」 for one that is open."""

_DATED = (Intent.HOURS, Intent.SALE, Intent.PLATES, Intent.RULES, Intent.LOOKUP)
"""What is asked of a day, whatever else is."""


def at_a_time(acts: Sequence[Act], asked: Act, text: str, locale: str) -> list[Act]:
    """`acts`, of which a question for any pharmacy that is open at a time asks for that.

    「晚上哪一家有開」 asks for one, 「那家晚上有開嗎」 for the hours of that one, 「晚上開到幾點」
    for an hour. What else is asked is asked of now. `asked`: the question for stock, which is
    meant where a time and 「有沒有」 are all that was understood.
    """
    words = grammar(locale)
    this = words.this_one.search(text) is not None
    any_one = words.which.search(text) is not None and not this
    alone = words.day_alone.match(text.rstrip(ENDS)) is not None
    if not acts and any_one:
        acts = [asked]
    rest = words.in_stock.sub("", words.this_one.sub("", text))
    if not acts and this and words.day_alone.match(rest):
        acts = [replace(asked, intent=Intent.HOURS)]
    of_any = (*_OF_A_TIME, Intent.ASK) if any_one else (Intent.ASK,) if alone else ()
    if words.past.search(text):
        of_any = ()
    if any_one and words.where.search(text):
        acts = [replace(act, intent=Intent.ASK) if _of_a_day(act) else act for act in acts]
    hour = words.what_time.search(text) is not None
    made = [_at_its_time(act, of_any, this, hour) for act in acts]
    first = next((act for act in made if act.intent is Intent.ASK), None)
    return [act for act in made if act.intent is not Intent.ASK or act is first]


def _of_a_day(act: Act) -> bool:
    """Whether `act` asks whose day it is; beside "where" that is asked of no id."""
    return act.intent is Intent.RULES and act.part in ("day", "turn") and not act.ends


def _at_its_time(act: Act, of_any: Sequence[Intent], this: bool, hour: bool) -> Act:
    """`act` as it is meant where it tells a time.

    `of_any`: the intents that ask for any pharmacy then; `this`: the one told of is named; `hour`:
    an hour is asked for, so that a part of the day is none.
    """
    if act.when is None:
        return act
    nothing_named = act.names is None or act.names.meant is not Meant.PHARMACY
    now = act.when == DayAndHour()
    if act.intent in of_any and nothing_named and not (now and len(of_any) > 1):
        return replace(act, intent=Intent.ASK, part="")
    if this and not now and act.names is None and act.intent in (Intent.ASK, Intent.NEXT):
        return replace(act, intent=Intent.HOURS)
    if act.intent not in _DATED:
        return replace(act, when=None)
    return replace(act, when=replace(act.when, part=None)) if hour else act


def of_this_one(acts: Sequence[Act], names: Resolution, text: str, locale: str) -> list[Act]:
    """`acts`, of which 「那間在龍山寺附近嗎」 asks how far the one told of is from there, and
    「左營那家幾點開」, 「剛剛左營的」 of the one that was told of in that place."""
    words = grammar(locale)
    this, near = words.this_one.search(text), words.near.search(text)
    if this and names.meant is Meant.DISTRICT:
        acts = [replace(act, that_one=True) for act in acts]
        return [one for act in acts for one in _of_the_one_there(act)]
    if not (this and near and this.end() < near.start()) or not names.landmarks:
        return list(acts)
    asked = (Intent.ASK, Intent.NEARBY)
    return [replace(a, intent=Intent.DISTANCE) if a.intent in asked else a for a in acts]


def _of_the_one_there(act: Act) -> Sequence[Act]:
    if act.intent is not Intent.HOURS:
        return (act,)
    return replace(act, intent=Intent.ASK, when=None), replace(act, names=None)


def of_the_one_told(text: str, state: State) -> bool:
    """Whether `text` names the pharmacy just told of, and asks for no other one."""
    words = grammar(state.locale)
    this = state.told and words.this_one.search(text)
    return bool(this) and not words.which.search(text)


_ANOTHER = (Intent.ASK, Intent.LEFT, Intent.NEXT, Intent.ONLY, Intent.LIST, Intent.NEARBY)
"""What asks for another one, where its road is named by 「那條路上」."""


def at_this_point(acts: Sequence[Act], text: str, state: State) -> list[Act]:
    """`acts` of an utterance that names nothing, as they are meant after what was told.

    「離我家最近的」 after an answer is near the caller, and not near that pharmacy; 「你聽錯了」
    asks for something else, and not for the next one; 「隔壁區呢」 for one in another district;
    「這三家哪一家最多」 compares these; "that one has no children's?" is of that one.
    """
    words = grammar(state.locale)
    if state.place and words.next_door.search(text):
        asked = [act for act in acts if act.intent not in _NEAR]
        product = next((act.product for act in acts), "")
        return [*asked, Act(Intent.NEARBY, NEXT_DOOR, product=product)]
    if len(state.told) > 1 and words.nearer.search(text):  # how far each of them is
        shops = next((act.shops for act in acts), 0) or PAIR
        return [Act(Intent.DISTANCE, shops=shops)]
    if isinstance(state.last, TellPharmacy) and words.not_any.match(text):
        return [Act(Intent.LEFT, IN_STOCK)]
    if state.told and words.metro.search(text):
        acts = [Act(Intent.DISTANCE, METRO) if _of_the_metro(act) else act for act in acts]
    made = []
    for act in acts:
        act = _with_its_part(act, text, words)
        made.append(_after_one_told(act, text, words) if state.told else act)
        if act.intent is Intent.PREVIOUS and _is_the_first(text, state):
            made[-1] = replace(act, intent=Intent.LEFT)
    return [act for at, act in enumerate(made) if act not in made[:at]]


def _of_the_metro(act: Act) -> bool:
    """Whether `act` asks how far the metro is, or for a pharmacy near it; not for its trains."""
    asked = (Intent.ASK, Intent.NEARBY, Intent.LEFT, Intent.DISTANCE)
    return act.intent in asked or act.label == BESIDE_IT


PAIR = 2
"""So many are compared where no number is said."""


def _with_its_part(act: Act, text: str, words: Grammar) -> Act:
    """`act` with the part that the words tell."""
    if act.intent in _AMONG and (part := _among(text, words)):
        return replace(act, intent=Intent.COMPARE, part=part)
    told = {
        Intent.LIST: (words.from_first, ANEW),
        Intent.NO: (words.misheard, MISHEARD),
        Intent.CHILD: (words.in_stock, IN_STOCK),
        Intent.ADULT: (words.in_stock, IN_STOCK),
        Intent.PLATES: (words.without_plates, WHICH),
    }.get(act.intent)
    return replace(act, part=told[1]) if told and told[0].search(text) else act


def _after_one_told(act: Act, text: str, words: Grammar) -> Act:
    """`act` as it is meant once a pharmacy was told of."""
    if act.intent in _ANOTHER and words.that_road.search(text):
        return Act(Intent.NEXT, ON_ROAD, product=act.product)
    if act.intent is Intent.NEARBY and words.nearest.search(text):
        return replace(act, intent=Intent.NEARER)
    this = act.intent is Intent.ASK and act.product and words.this_one.search(text)
    return replace(act, intent=Intent.LEFT) if this else act
