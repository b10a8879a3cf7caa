"""Several places or pharmacies in one utterance: compared, or each asked for."""

from collections.abc import Sequence
from dataclasses import replace

from intents.contract import sentences
from nlu.act_labels import (
    SURE,
)
from nlu.evidence import Evidence
from nlu.grammar import grammar
from nlu.naming import (
    MOST_PARTS,
    chance,
)
from nlu.negation import clauses
from nlu.sides import sides
from shared.dialog.acts import (
    Act,
    Intent,
    RequestPlace,
)
from shared.dialog.queries import MOST_SIDES
from shared.locales import locale_of
from shared.names.resolution import Meant, Resolution
from shared.places.districts import County, District

A_SIDE = 0.15
"""How likely the other side of a comparison must be, whose both sides are told by name."""


def many_sided(acts: list[Act], text: str, evidence: Evidence) -> list[Act]:
    """With two or three places or pharmacies that are joined: they are compared, or asked for."""
    parts = sides(text, evidence.locale)
    if len(parts) > 1:
        acts = _comparing(acts, text, evidence.locale)
    elif any(act.intent in _OF_EACH for act in acts) or _which_place(text, evidence.locale):
        parts = clauses(text, evidence.locale)[:MOST_PARTS]  # 「三重 蘆洲 哪邊比較多」
    compares = any(act.intent is Intent.COMPARE for act in acts)
    named = _sides_named(parts, compares, evidence) if len(parts) > 1 else []
    if not compares and len(parts) == len(clauses(text, evidence.locale)):
        named = _without_their_county(named, 1)  # "Zhongli, Taoyuan"
    if len(named) < 2:
        return _each_asked(acts, text, evidence)
    if not compares and any(act.intent in _ALL_COUNTED for act in acts):
        acts = [act for act in acts if act.intent is not Intent.ASK]
        acts = [replace(a, intent=Intent.COMPARE) if a.intent in _ALL_COUNTED else a for a in acts]
        compares = True
    made: list[Act] = []
    for act in acts:
        if act.intent is Intent.COMPARE:
            made.append(replace(act, names=named[0], others=tuple(named[1:])))
        elif act.intent in (Intent.ASK, Intent.HOWMANY) and not compares:
            made += [replace(act, names=one) for one in named]
        elif act.intent is not Intent.ASK and not (compares and act.intent in _IN_ONE_PLACE):
            made.append(act)
    return [act for at, act in enumerate(made) if act not in made[:at]]


def _which_place(text: str, locale: str) -> bool:
    """Whether it is asked which of several places: 「大里 太平 霧峰 哪一區最多」."""
    return grammar(locale).which_place.search(text) is not None


_COUNTED = (Intent.TOTAL, Intent.LEFT)
"""What tells how many each of several places has: 「東區跟北區各有幾片」."""

_ALL_COUNTED = (*_COUNTED, Intent.MOST)
"""What is answered of several places by comparing them."""


def _sides_named(parts: Sequence[str], compares: bool, evidence: Evidence) -> list[Resolution]:
    """What `parts` name, each once: what is compared, or surely districts."""
    found = [evidence.names(part) for part in parts]
    found = _in_one_place(_in_one_county(found, parts, evidence), parts, evidence)
    named = [one for one in found if one.meant is not Meant.NOTHING and chance(one) > SURE]
    if compares and len(named) == 1:
        named = _with_other_side(named[0], found, parts, evidence)
    sure = [one for one in named if one.sure and one.meant in (Meant.DISTRICT, Meant.LANDMARK)]
    each = {_called(one): one for one in sure}
    sure = _without_their_county(_without_their_district(list(each.values())), 2)
    if not compares or len(sure) > 1:
        named = sure
    return named[:MOST_SIDES]


def _without_their_district(named: list[Resolution]) -> list[Resolution]:
    """`named` but for the district of a landmark that is named with it: 「左営区、新左営駅」."""
    inner = {one.landmark.district for one in named if one.landmarks}
    return [one for one in named if one.landmarks or one.district not in inner]


def _called(names: Resolution) -> str:
    """What tells a place that is meant from others: 景美 and 木柵 lie in one district."""
    return names.landmark.key if names.landmarks else _where(names).key


def _without_their_county(named: list[Resolution], least: int) -> list[Resolution]:
    """`named` but for what is called like the county of all, where so many are left: "in Yilan,
    Luodong or Jiaoxi"."""
    apart = [one for one in named if one.landmarks or not _is_called_like_its_county(one)]
    return apart if len(apart) >= least else named


def _is_called_like_its_county(one: Resolution) -> bool:
    return one.district.name[:2] == one.district.county.name[:2]


def _comparing(acts: list[Act], text: str, locale: str) -> list[Act]:
    """`acts`, of which a question for stock compares where the words do."""
    if not grammar(locale).compares.search(text):
        return acts
    return [replace(a, intent=Intent.COMPARE) if a.intent in _COMPARE_TOO else a for a in acts]


_COMPARE_TOO = (Intent.ASK, Intent.MORE, Intent.MOST)
"""What 「宜蘭跟羅東哪裡比較多」 may be read as, and compares the two."""

_OF_EACH = (Intent.COMPARE, Intent.HOWMANY, *_COUNTED)
"""What is asked of each of several places that have no more than a pause between them."""

OF_SEVERAL = (Intent.COMPARE, Intent.HOWMANY, *_COMPARE_TOO, *_COUNTED)
"""What may be asked of several places at once."""


def _each_asked(acts: list[Act], text: str, evidence: Evidence) -> list[Act]:
    """Places with no more than a pause between them are each asked for: 「士林 大直」."""
    asked = next((act for act in acts if act.intent is Intent.ASK), None)
    parts = clauses(text, evidence.locale)[:MOST_PARTS]
    if asked is None or len(parts) < 2:
        return acts
    if asked.names and asked.names.meant is Meant.ROAD:  # 「土城 清水」: there, not near 台中
        return acts
    found: dict[str, Resolution] = {}
    for part in parts:
        names = evidence.names(part)
        if names.sure and _stands_written(names, part):
            found.setdefault(_where(names).key, names)
    counties = {_where(names).county.name[:2] for names in found.values()}
    apart = [names for names in found.values() if _where(names).name[:2] not in counties]
    if len(apart) < 2:
        return acts
    others = [act for act in acts if act is not asked]
    return [*others, *(replace(asked, names=names) for names in apart[:MOST_SIDES])]


def _stands_written(names: Resolution, part: str) -> bool:
    """Whether `part` holds the district or landmark that `names` means, by its letters."""
    match names.meant:
        case Meant.DISTRICT:
            place = names.district
            called: Sequence[str] = (place.short if len(place.short) > 1 else place.name,)
        case Meant.LANDMARK:
            called = names.landmark.spoken
        case _:
            return False
    return any(len(name) > 1 and name in part for name in called)


def _where(names: Resolution) -> District:
    return names.landmark.district if names.landmarks else names.district


def _with_other_side(
    one: Resolution, found: Sequence[Resolution], parts: Sequence[str], evidence: Evidence
) -> list[Resolution]:
    """`one` and what the other part may name near it: what is compared is a name for certain."""
    if not one.districts:
        return [one]
    beside = Evidence(replace(evidence.state, place=one.district.key), evidence.index)
    sides_ = [
        names if names is one else beside.names(part)
        for names, part in zip(found, parts, strict=True)
    ]
    return [names for names in sides_ if names is one or _is_side(names, one)]


def _is_side(names: Resolution, one: Resolution) -> bool:
    """Whether `names` may be compared with `one`, and is another than it."""
    if names.meant is not one.meant or chance(names) < A_SIDE:
        return False
    if one.meant is Meant.PHARMACY:
        return names.pharmacy != one.pharmacy
    return names.district != one.district


_IN_ONE_PLACE = (Intent.MORE, Intent.MOST)
"""What is asked of one place; beside two that are compared, the same."""


def _in_one_county(
    found: list[Resolution], parts: Sequence[str], evidence: Evidence
) -> list[Resolution]:
    """`found`, of which a name that several districts bear means the one in the county of another
    side: 「台南東區跟北區」. A county that was named only for them is none of the sides."""
    county = next((c for one in found if (c := _county_of(one))), None)
    if county is None:
        return found
    state = replace(evidence.state, said=(RequestPlace(county.name),))
    there = Evidence(state, evidence.index)
    made = [
        new if not one.sure and one.meant is Meant.DISTRICT and _is_one_of(new, one) else one
        for one, new in zip(found, map(there.names, parts), strict=True)
    ]
    if made == found:
        return found
    return [Resolution(one.heard) if one.county == county else one for one in made]


def _county_of(names: Resolution) -> County | None:
    """Where the sides of a comparison lie by what one of them names for certain."""
    if names.meant is Meant.COUNTY:
        return names.county
    one = names.sure and names.meant is Meant.DISTRICT
    return names.district.county if one else None


def _is_one_of(new: Resolution, names: Resolution) -> bool:
    """Whether `new` is surely one of the districts that `names` may be by their name."""
    called = {one.district.name for one in names.districts}
    return new.sure and new.meant is Meant.DISTRICT and new.district.name in called


def _in_one_place(
    found: list[Resolution], parts: Sequence[str], evidence: Evidence
) -> list[Resolution]:
    """`found`, where one is surely a pharmacy the others too, and there: 「千惠跟九九藥局」."""
    shops = (r for r in found if r.sure and r.meant is Meant.PHARMACY and r.districts)
    shop = next(shops, None)
    if shop is None or all(r.sure for r in found):
        return found
    place = shop.district.key
    beside = Evidence(replace(evidence.state, place=place), evidence.index)
    seller, *_ = sentences(evidence.locale).kinds["pharmacy"]
    gap = locale_of(evidence.locale).gap
    made = [
        r if r.sure else beside.names(part + gap + seller)
        for r, part in zip(found, parts, strict=True)
    ]
    return [
        new if new.meant is Meant.PHARMACY else old for old, new in zip(found, made, strict=True)
    ]
