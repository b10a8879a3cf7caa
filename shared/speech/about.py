"""What is told about one pharmacy: its name, floor, distance, hours on a day, plates and sale."""

from shared import outcomes as o
from shared.speech.found import origin_name
from shared.speech.hours import say_opening, say_sale, say_when
from shared.speech.texts import fill
from shared.speech.wording import Wording


def say_about_pharmacy(outcome: o.Outcome, wording: Wording, times: int) -> str:
    """The answer; "" where the outcome is none of these."""

    def t(key: str, **blanks: str) -> str:
        return fill(wording.locale, key, times, **blanks)

    match outcome:
        case o.NameTold(pharmacy):
            place = wording.district(pharmacy.district, True)
            return t("name", place=place, name=wording.name(pharmacy))
        case o.NoNearer(pharmacy):
            return t("no_nearer", name=wording.name(pharmacy))
        case o.FloorTold(pharmacy):
            if floor := wording.floor(pharmacy):
                return t("floor", name=wording.name(pharmacy), floor=floor)
            return t("floor_unknown", name=wording.name(pharmacy))
        case o.DistanceTold():
            return _distance(outcome, wording, times)
        case o.HoursTold(pharmacy, opening):
            told = say_opening(opening, wording, whole=True)
            key = "hours" if told else "hours_unknown"
            return t(key, name=wording.name(pharmacy), hours=told)
        case o.OpenThen():
            return _open_then(outcome, wording, times)
        case o.SaleTold():
            return _sale(outcome, wording, times)
    return ""


def _distance(outcome: o.DistanceTold, wording: Wording, times: int) -> str:
    name = wording.name(outcome.pharmacy)
    if outcome.metres is not None and outcome.origin is None:  # from where she stands
        far = wording.distance(outcome.metres)
        return name + wording.gap + fill(wording.locale, "found_walk", times, distance=far)
    if outcome.metres is None or outcome.origin is None:
        pharmacy = outcome.pharmacy
        road = wording.road_of(pharmacy) or wording.district(pharmacy.district, False)
        return fill(wording.locale, "distance_unknown", times, name=name, road=road)
    origin = origin_name(outcome.origin, wording)
    far = wording.distance(outcome.metres)
    return fill(wording.locale, "distance", times, name=name, origin=origin, distance=far)


def _open_then(outcome: o.OpenThen, wording: Wording, times: int) -> str:
    name, then = wording.name(outcome.pharmacy), outcome.then
    if then.open is None:
        return fill(wording.locale, "then_unknown", times, name=name)
    key = "then_open" if then.open else "then_closed"
    return fill(wording.locale, key, times, name=name, when=say_when(then, wording))


def _sale(outcome: o.SaleTold, wording: Wording, times: int) -> str:
    name, day = wording.name(outcome.pharmacy), wording.weekday(outcome.day)
    told = outcome.told
    if told is None:
        return _not_written(outcome, wording, times)
    sale = told.sale
    if sale.stopped:
        words = fill(wording.locale, "sale_stopped")
        return fill(wording.locale, "sale_of", times, name=name, times=words)
    if told.sold is False:
        key = "sale_not_of" if outcome.today else "sale_not_on"
        words = fill(
            wording.locale, key, times, name=name, **({} if outcome.today else {"day": day})
        )
        return wording.gap.join((words, _later(outcome, wording))).strip()
    if outcome.over and sale.sold_until:
        words = fill(wording.locale, "sale_over", time=wording.time(sale.sold_until))
    else:
        words = say_sale(sale, wording)
    if not words:
        return _not_written(outcome, wording, times)
    if outcome.today:
        return fill(wording.locale, "sale_of", times, name=name, times=words)
    return fill(wording.locale, "sale_on", times, name=name, day=day, times=words)


def _later(outcome: o.SaleTold, wording: Wording) -> str:
    """When it is sold next, where the notes tell."""
    later = outcome.later
    words = say_sale(later.sale, wording) if later else ""
    if later is None or not words:
        return ""
    return fill(wording.locale, "sale_next", day=wording.weekday(later.day), times=words)


def _not_written(outcome: o.SaleTold, wording: Wording, times: int) -> str:
    name = wording.name(outcome.pharmacy)
    if outcome.note:
        words = fill(wording.locale, "hours_note", note=outcome.note)
        return fill(wording.locale, "sale_of", times, name=name, times=words)
    key = "plates_unknown" if outcome.plates else "sale_unknown"
    return fill(wording.locale, key, times, name=name)
