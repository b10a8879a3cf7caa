"""Which road is meant: where two are named, the one that crosses the other; and none far away."""

from dataclasses import replace

from nlu.context import counties_near
from nlu.evidence import Evidence
from nlu.negation import clauses
from nlu.sides import sides
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution


def at_crossing(text: str, names: Resolution | None, evidence: Evidence) -> Resolution | None:
    """`names`, or the road of the one district in which both lie: 「忠孝東路跟復興南路口」."""
    if names is None or names.sure or names.meant is not Meant.ROAD:
        return names
    parts = sides(text, evidence.locale)
    parts = parts if len(parts) > 1 else clauses(text, evidence.locale)
    found = [one for one in map(evidence.names, parts) if one.meant is Meant.ROAD]
    if len(found) < 2:
        return names
    first, other = found[:2]
    places = {match.district for match in other.roads}
    both = tuple(match for match in first.roads if match.district in places)
    if len({match.district for match in both}) != 1 or first.road.road == other.road.road:
        return names
    there = tuple(one for one in names.districts if one.district == both[0].district)
    return replace(names, roads=both[:1], districts=there, sure=True)


def not_far_away(names: Resolution | None, state: State) -> Resolution | None:
    """`names`, to be asked about where it is a road of another county than she asked about, or a
    landmark of another than that of the place before, and neither that nor its district was said:
    「大學路」 in 民雄 is not surely that of 三峽, nor 「台江文化中心」 that of 高雄."""
    if names is None or not names.sure or names.meant not in (Meant.ROAD, Meant.LANDMARK):
        return names
    if names.meant is Meant.LANDMARK and not state.place:
        return names
    near = counties_near(state)
    place = names.landmark.district if names.landmarks else names.road.district
    said = any(name in names.heard for name in (place.short, place.county.short))
    return names if not near or place.county in near or said else replace(names, sure=False)
