"""What is told about one pharmacy: its name, floor, distance, hours on a day, plates and sale."""

from shared import outcomes as o
from shared.hours import Opening, OpeningState
from shared.speech.found import origin_name
from shared.speech.opening import say_sale
from shared.speech.texts import fill
from shared.speech.voice import Voice


def say_about_pharmacy(outcome: o.Outcome, voice: Voice, times: int) -> str:
    """The answer; "" where the outcome is none of these."""

    def t(key: str, **blanks: str) -> str:
        return fill(voice.locale, key, times, **blanks)

    match outcome:
        case o.NameTold(pharmacy):
            place = voice.district(pharmacy.district, True)
            return t("name", place=place, name=voice.name(pharmacy))
        case o.NoNearer(pharmacy):
            return t("no_nearer", name=voice.name(pharmacy))
        case o.FloorTold(pharmacy):
            if floor := voice.floor(pharmacy):
                return t("floor", name=voice.name(pharmacy), floor=floor)
            return t("floor_unknown", name=voice.name(pharmacy))
        case o.DistanceTold():
            return _distance(outcome, voice, times)
        case o.OpenThen():
            return _open_then(outcome, voice, times)
        case o.SaleTold():
            return _sale(outcome, voice, times)
    return ""


def _distance(outcome: o.DistanceTold, voice: Voice, times: int) -> str:
    name = voice.name(outcome.pharmacy)
    if outcome.metres is not None and outcome.origin is None:  # from where she stands
        far = voice.distance(outcome.metres)
        return name + voice.gap + fill(voice.locale, "found_walk", times, distance=far)
    if outcome.metres is None or outcome.origin is None:
        road = voice.road(outcome.pharmacy) or voice.district(outcome.pharmacy.district, False)
        return fill(voice.locale, "distance_unknown", times, name=name, road=road)
    origin = origin_name(outcome.origin, voice)
    far = voice.distance(outcome.metres)
    return fill(voice.locale, "distance", times, name=name, origin=origin, distance=far)


def _open_then(outcome: o.OpenThen, voice: Voice, times: int) -> str:
    name, opening = voice.name(outcome.pharmacy), outcome.opening
    if opening is None or opening.state is OpeningState.UNKNOWN:
        return fill(voice.locale, "then_unknown", times, name=name)
    when = voice.weekday(outcome.moment.date())
    if outcome.at_hour:
        when += (" " if voice.gap else "") + voice.time(outcome.moment)
    key = "then_open" if _opens(opening, outcome.at_hour) else "then_closed"
    return fill(voice.locale, key, times, name=name, when=when)


def _opens(opening: Opening, at_hour: bool) -> bool:
    """Open at that hour; without an hour, at any time of that day."""
    if opening.state in (OpeningState.OPEN, OpeningState.CLOSES_SOON):
        return True
    return not at_hour and opening.state is OpeningState.OPENS_LATER


def _sale(outcome: o.SaleTold, voice: Voice, times: int) -> str:
    name, day = voice.name(outcome.pharmacy), voice.weekday(outcome.day)
    told = outcome.told
    if told is None:
        return _not_written(outcome, voice, times)
    sale = told.sale
    if sale.stopped:
        words = fill(voice.locale, "sale_stopped")
        return fill(voice.locale, "sale_of", times, name=name, times=words)
    if told.sold is False:
        key = "sale_not_of" if outcome.today else "sale_not_on"
        words = fill(voice.locale, key, times, name=name, **({} if outcome.today else {"day": day}))
        return voice.gap.join((words, _later(outcome, voice))).strip()
    if outcome.over and sale.sold_until:
        words = fill(voice.locale, "sale_over", time=voice.time(sale.sold_until))
    else:
        words = say_sale(sale, voice)
    if not words:
        return _not_written(outcome, voice, times)
    if outcome.today:
        return fill(voice.locale, "sale_of", times, name=name, times=words)
    return fill(voice.locale, "sale_on", times, name=name, day=day, times=words)


def _later(outcome: o.SaleTold, voice: Voice) -> str:
    """When it is sold next, where the notes tell."""
    later = outcome.later
    words = say_sale(later.sale, voice) if later else ""
    if later is None or not words:
        return ""
    return fill(voice.locale, "sale_next", day=voice.weekday(later.day), times=words)


def _not_written(outcome: o.SaleTold, voice: Voice, times: int) -> str:
    name = voice.name(outcome.pharmacy)
    if outcome.note:
        words = fill(voice.locale, "hours_note", note=outcome.note)
        return fill(voice.locale, "sale_of", times, name=name, times=words)
    key = "plates_unknown" if outcome.plates else "sale_unknown"
    return fill(voice.locale, key, times, name=name)
