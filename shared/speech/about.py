"""What is told about one pharmacy: name, floor, distance, hours, sale, and how it is reached."""

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.speech.found import map_link, origin_name
from shared.speech.hours import say_opening, say_sale, say_when
from shared.speech.wording import Wording


def say_about_pharmacy(outcome: o.Outcome, wording: Wording) -> str:
    """The answer; "" where the outcome is none of these."""
    match outcome:
        case o.NameTold(pharmacy):
            place = wording.district(pharmacy.district, True)
            return wording.say("name", place=place, name=wording.name(pharmacy))
        case o.NoNearer(pharmacy):
            return wording.say("no_nearer", name=wording.name(pharmacy))
        case o.FloorTold(pharmacy):
            if floor := wording.floor(pharmacy):
                return wording.say("floor", name=wording.name(pharmacy), floor=floor)
            return wording.say("floor_unknown", name=wording.name(pharmacy))
        case o.DistanceTold():
            return _distance(outcome, wording)
        case o.HoursTold(pharmacy, opening):
            told = say_opening(opening, wording, whole=True)
            key = "hours" if told else "hours_unknown"
            return wording.say(key, name=wording.name(pharmacy), hours=told)
        case o.OpenThen(pharmacy, then):
            key = {True: "then_open", False: "then_closed", None: "then_unknown"}[then.open]
            return wording.say(key, name=wording.name(pharmacy), when=say_when(then, wording))
        case o.SaleTold():
            return _sale(outcome, wording)
        case o.AddressTold(pharmacy):
            return _address(pharmacy, wording)
        case o.PhoneTold(pharmacy):
            return _phone("phone", pharmacy, wording)
        case o.ToPharmacy(pharmacy, connects):
            return _phone("to_pharmacy" if connects else "to_pharmacy_told", pharmacy, wording)
    return ""


def _distance(outcome: o.DistanceTold, wording: Wording) -> str:
    pharmacy = outcome.pharmacy
    name = wording.name(pharmacy)
    if outcome.metres is None:
        road = wording.road_of(pharmacy) or wording.district(pharmacy.district, False)
        return wording.say("distance_unknown", name=name, road=road)
    far = wording.distance(outcome.metres)
    if outcome.origin is None:  # from where she stands
        return name + wording.gap + wording.say("found_walk", distance=far)
    origin = origin_name(outcome.origin, wording)
    return wording.say("distance", name=name, origin=origin, distance=far)


def _sale(outcome: o.SaleTold, wording: Wording) -> str:
    name, day = wording.name(outcome.pharmacy), wording.weekday(outcome.day)
    told = outcome.told
    if told is None:
        return _not_written(outcome, wording)
    sale = told.sale
    if sale.stopped:
        return wording.say("sale_of", name=name, times=wording.say("sale_stopped"))
    if told.sold is False:
        key = "sale_not_of" if outcome.today else "sale_not_on"
        words = wording.say(key, name=name, day=day)
        return wording.gap.join((words, _later(outcome, wording))).strip()
    if outcome.over and sale.sold_until:
        words = wording.say("sale_over", time=wording.time(sale.sold_until))
    else:
        words = say_sale(sale, wording)
    if not words:
        return _not_written(outcome, wording)
    return wording.say("sale_of" if outcome.today else "sale_on", name=name, day=day, times=words)


def _later(outcome: o.SaleTold, wording: Wording) -> str:
    """When it is sold next, where the notes tell."""
    later = outcome.later
    words = say_sale(later.sale, wording) if later else ""
    if later is None or not words:
        return ""
    return wording.say("sale_next", day=wording.weekday(later.day), times=words)


def _not_written(outcome: o.SaleTold, wording: Wording) -> str:
    name = wording.name(outcome.pharmacy)
    if outcome.note:
        words = wording.say("hours_note", note=outcome.note)
        return wording.say("sale_of", name=name, times=words)
    return wording.say("plates_unknown" if outcome.plates else "sale_unknown", name=name)


def _address(pharmacy: Pharmacy, wording: Wording) -> str:
    name = wording.name(pharmacy)
    if wording.eye:
        return "\n".join((name, pharmacy.address.text, map_link(pharmacy)))
    address = wording.address(pharmacy)
    key = "address" if address else "address_unknown"
    place = wording.district(pharmacy.district, True)
    return wording.say(key, name=name, place=place, address=address)


def _phone(key: str, pharmacy: Pharmacy, wording: Wording) -> str:
    key = key if pharmacy.phone else "phone_unknown"
    return wording.say(key, name=wording.name(pharmacy), phone=wording.phone(pharmacy.phone))
