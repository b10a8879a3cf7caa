"""A question with names in it: sure → answer, unsure → ask among three, nothing → the place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from shared.catalog import Pharmacy
from shared.dialog.answers import (
    ABOUT_A_PHARMACY,
    Decision,
    ask_district,
    ask_landmark,
    ask_pharmacy,
    take,
    with_origin,
)
from shared.dialog.facts import Facts
from shared.dialog.values import State, Step, Turn
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.places.districts import County, District, all_districts, by_key
from shared.places.landmarks import landmark_named

WORTH_OFFERING = 0.2
"""An option five times less likely than the first only makes the choice harder to remember."""

A_NAME_HEARD, A_PLACE_HEARD = 0.15, 0.9
"""A question in which no name scores as much as the first, but a district the second, is about the
district: 「三民區的藥局」 scores 0.02 and 0.997. Three names at 0.02 are nothing to choose from."""

Matched = TypeVar("Matched", PlaceMatch, PharmacyMatch)

_OF, _PARTICLES = "的", "呢啦啊喔吧 。，？！"
"""「台中的呢？」 asks for the same in another county; 「台中市呢」 for any place there."""

_THAT_ONE = ("那家", "那間", "那一家", "那一間", "這家", "這間", "這一家", "這一間")

_OFFERED = 3
"""As many as a caller can choose from."""


def ask(state: State, turn: Turn, facts: Facts) -> Decision:
    """A question: sure → answer, unsure → ask between at most three, nothing → the place."""
    if turn.product and turn.product not in {one.id for one in facts.snapshot.products}:
        return _keeping_place(state, turn.resolution), ("not_counted",)
    if turn.product:
        state = replace(state, product=facts.product_of(turn.product).id)
    heard = turn.resolution
    if heard and heard.kind:
        state = replace(state, kind=heard.kind)
    if heard and (narrowed := _among_namesakes(state, heard, facts)):
        return narrowed
    match heard.meant if heard else Meant.NOTHING:
        case Meant.COUNTY if heard and (heard.county or heard.counties):
            return _ask_county(state, heard, turn, facts)
        case Meant.DISTRICT if heard:
            if same := _same_pharmacy(state, heard, turn, facts):
                return state, ("found", same.id, facts.product(state).id)
            return _ask_place(state, heard, facts)
        case Meant.ROAD if heard:
            return _ask_road(state, heard, facts)
        case Meant.LANDMARK if heard and heard.sure:
            return ask_landmark(state, heard.landmarks[0], facts)
        case Meant.LANDMARK if heard:
            return state, ("which_landmark", *(one.spoken[0] for one in heard.landmarks))
        case Meant.PHARMACY if heard:
            return _ask_pharmacy(state, heard, turn, facts)
    if state.place:
        return ask_district(state, state.place, facts, state.road)
    return state, ("ask", "")


def _keeping_place(state: State, heard: Resolution | None) -> State:
    """`state` with the district that was surely named: 「那口罩呢」 may follow."""
    if heard is None or heard.meant is not Meant.DISTRICT or not heard.sure:
        return state
    key = heard.districts[0].district.key
    return replace(state, place=key, road="", near="", told=(), at=-1)


def _among_namesakes(state: State, heard: Resolution, facts: Facts) -> Decision | None:
    """「台北的」「新莊區」 in answer to several pharmacies of one name: those of them there."""
    asked = facts.pharmacy(state.step[1]) if state.step[:1] == ("namesakes",) else None
    if asked is None or heard.meant not in (Meant.COUNTY, Meant.DISTRICT):
        return None
    places = {match.district for match in _likely(heard.districts)} if heard.districts else set()
    there = [
        pharmacy
        for pharmacy in facts.snapshot.catalog.pharmacies
        if pharmacy.name == asked.name
        and (pharmacy.district in places or pharmacy.district.county == heard.county)
    ]
    if len(there) == 1:
        return ask_pharmacy(state, there[0], facts)
    ids = [pharmacy.id for pharmacy in there]
    if len(ids) > _OFFERED:
        return state, ("namesakes", *ids[:_OFFERED], "more")
    return (state, ("namesakes", *ids)) if ids else None


def _same_pharmacy(state: State, heard: Resolution, turn: Turn, facts: Facts) -> Pharmacy | None:
    """「三重的那家」 after one in 三重: that one, and no other that serves as well."""
    key = heard.districts[0].district.key if heard.districts else ""
    said_so = key == state.place and turn.heard.rstrip(_PARTICLES).endswith(_THAT_ONE)
    return facts.talked_about(state) if said_so else None


def _ask_county(state: State, heard: Resolution, turn: Turn, facts: Facts) -> Decision:
    """A county alone: of the places just offered the one in it, else the district is asked.

    「台中的」 after 台北市大安區: the 大安區 there.
    """
    counties = (heard.county,) if heard.county else heard.counties
    there = [step for county in counties for step in state.options if _lies_in(step, county)]
    if len(there) == 1:
        return take(state, there[0], facts)
    if namesakes := _not_offered(state, counties):
        return take(state, ("district", namesakes[0].key, ""), facts)
    if other := _namesake_there(state, heard, turn):
        return take(state, ("district", other.key, ""), facts)
    if heard.county:
        return state, ("ask", heard.county.name)
    return state, ("which_county", *(county.name for county in counties))


def _namesake_there(state: State, heard: Resolution, turn: Turn) -> District | None:
    """The district of that county that is called like the one just told of: 「台中的」."""
    last = by_key().get(state.place)
    if last is None or not turn.heard.rstrip(_PARTICLES).endswith(_OF):
        return None
    there = (one for one in all_districts() if one.county == heard.county)
    return next((one for one in there if one.name == last.name and one != last), None)


def _not_offered(state: State, counties: Sequence[County]) -> list[District]:
    """「嘉義市」 in answer to three of the four 東區: the fourth, if it is the only one there."""
    if state.step[:2] != ("which_place", "") or len(state.options) < _OFFERED:
        return []
    names = {by_key()[key].name for key in state.step[2:] if key in by_key()}
    there = [one for one in all_districts() if one.county in counties and one.name in names]
    return there if len(names) == len(there) == 1 else []


def _lies_in(offered: Step, county: County) -> bool:
    match offered:
        case ("district", key, *_) if key in by_key():
            return by_key()[key].county == county
        case ("county", name):
            return name == county.name
        case ("landmark", name) if name in landmark_named():
            return landmark_named()[name].district.county == county
    return False


def not_denied(options: Sequence[Step], denied: Resolution | None) -> list[Step]:
    """What is left to choose from after 「不是台北的」; nothing where no name was denied."""
    if denied is None:
        return []
    names = {match.district.key for match in _likely(denied.districts)}
    names |= {match.pharmacy.id for match in _likely(denied.pharmacies)}
    county = denied.county if denied.meant is Meant.COUNTY else None
    return [
        step
        for step in options
        if step[1:] and step[1] not in names and not (county and _lies_in(step, county))
    ]


def _ask_place(state: State, heard: Resolution, facts: Facts) -> Decision:
    if heard.sure:
        key = heard.districts[0].district.key
        offered = [step for step in state.options if step[:2] == ("district", key)]
        return take(state, offered[0] if offered else ("district", key, ""), facts)
    if not heard.districts or heard.districts[0].score < A_NAME_HEARD:
        return state, ("not_understood", str(state.unheard + 1))
    likely = [match.district.key for match in _likely(heard.districts)]
    return state, ("which_place", "", *likely)


def _likely(matches: Sequence[Matched]) -> list[Matched]:
    """Those of `matches`, best first, that are worth reading out."""
    return [match for match in matches if match.score >= matches[0].score * WORTH_OFFERING]


def _ask_road(state: State, heard: Resolution, facts: Facts) -> Decision:
    best = heard.roads[0]
    if heard.sure:
        return ask_district(state, best.district.key, facts, best.road)
    keys = dict.fromkeys(match.district.key for match in heard.roads)
    return state, ("which_place", best.road, *keys)


def _ask_pharmacy(state: State, heard: Resolution, turn: Turn, facts: Facts) -> Decision:
    best = heard.pharmacies[0].pharmacy
    if heard.sure:
        state, step = ask_pharmacy(state, best, facts)
        if heard.landmarks:  # 「台大醫院附近的衛生所」
            near = replace(state, near=heard.landmarks[0].spoken[0])
            state, step = with_origin((near, step))
        if turn.wants in ABOUT_A_PHARMACY:
            step = (ABOUT_A_PHARMACY[turn.wants], best.id)
        return state, step
    if heard.pharmacies[0].score < A_NAME_HEARD and heard.districts:
        place_heard = heard.districts[0].score >= A_PLACE_HEARD
        return _ask_place(state, replace(heard, sure=place_heard), facts)
    if heard.namesakes < 2 and heard.pharmacies[0].score < A_NAME_HEARD:
        return state, ("not_understood", str(state.unheard + 1))
    ids = [match.pharmacy.id for match in _likely(heard.pharmacies)]
    kind = "namesakes" if heard.namesakes > 1 else "which_pharmacy"
    return state, (kind, *ids, "more") if heard.namesakes > len(ids) else (kind, *ids)
