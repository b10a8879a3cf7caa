"""Opening hours and sale notes in words."""

from datetime import date

from shared.hours import Opening, OpeningState, SaleNote
from shared.outcomes import OpenAt
from shared.speech.wording import Wording


def say_opening(
    opening: Opening | None, wording: Wording, then: OpenAt | None = None, *, whole: bool = False
) -> str:
    """Whether it is open and when masks are sold; "" when nothing is known.

    `then`: the time at which it is to be open, in the place of now. Of the sale only what matters
    most, unless `whole`: then all of it, and the pharmacy's own note where that could not be read.
    """
    told = _then(then, wording) if then else _state(opening, wording) if opening else ""
    if opening is None:
        return told
    sale = _sale(opening, wording)
    sentences = [told, *(sale if whole else sale[:1])]
    if whole and opening.state is OpeningState.OPEN and opening.at is None and not then:
        sentences.insert(1, wording.say("open_end_unknown"))
    if whole and opening.spoken_note:
        sentences.append(wording.say("hours_note", note=opening.spoken_note))
    return wording.gap.join(text for text in sentences if text)


def _then(then: OpenAt, wording: Wording) -> str:
    key = {True: "found_then_open", False: "found_then_closed", None: "found_then_unknown"}
    return wording.say(key[then.open], when=say_when(then, wording))


def say_when(then: OpenAt, wording: Wording) -> str:
    """The time that was asked for: the day where that is not today, the hour or part of it."""
    asked, part = then.asked, ""
    if asked.clock:
        part = wording.say("opens_at", time=wording.time(asked.clock))
    elif asked.part:
        part = wording.say(asked.part.value)
    return part if then.today else _on_day(asked.day, part, wording)


def _on_day(on: date, part: str, wording: Wording) -> str:
    day = wording.weekday(on)
    if not part:
        return wording.say("opens_day", day=day)
    return wording.say("opens_day_at", day=day, when=part)


def say_sale(sale: SaleNote, wording: Wording) -> str:
    """When plates are handed out and when it sells, on a day on which it does; "" for nothing."""
    return wording.gap.join(_times(sale, wording))


def _state(opening: Opening, wording: Wording) -> str:
    state = opening.state
    match state:
        case OpeningState.UNKNOWN:
            return ""
        case OpeningState.OPEN | OpeningState.CLOSES_SOON:
            if opening.at is None:
                return wording.say(state)
            key = "open_until" if state is OpeningState.OPEN else "closes_soon_at"
            return wording.say(key, time=wording.time(opening.at))
    when = _when(opening, wording)
    return wording.say(f"{state}_at", when=when) if when else wording.say(state)


def _when(opening: Opening, wording: Wording) -> str:
    """When it opens next: the day where that is not today, then the time or part of the day."""
    part = ""
    if opening.at is not None:
        part = wording.say("opens_at", time=wording.time(opening.at))
    elif opening.opens_in:
        part = wording.say(opening.opens_in.value)
    if opening.opens_on is None or opening.state is OpeningState.OPENS_LATER:
        return part
    return _on_day(opening.opens_on, part, wording)


def _sale(opening: Opening, wording: Wording) -> list[str]:
    sale = opening.sale
    if sale is None:
        return []
    if sale.stopped:
        return [wording.say("sale_stopped")]
    if sale.not_today:
        return [wording.say("sale_not_today")]
    if opening.sale_over and sale.sold_until:
        return [wording.say("sale_over", time=wording.time(sale.sold_until))]
    return _times(sale, wording)


def _times(sale: SaleNote, wording: Wording) -> list[str]:
    sentences = []
    if sale.sold_today and not (sale.sold_from or sale.plates_from):
        sentences.append(wording.say("sale_sold"))
    if sale.plates_from:
        sentences.append(wording.say("sale_plates", time=wording.time(sale.plates_from)))
    if sale.sold_from and sale.sold_until:
        span = {"from": wording.time(sale.sold_from), "until": wording.time(sale.sold_until)}
        sentences.append(wording.say("sale_between", **span))
    elif sale.sold_from:
        sentences.append(wording.say("sale_from", time=wording.time(sale.sold_from)))
    elif sale.sold_until:
        sentences.append(wording.say("sale_until", time=wording.time(sale.sold_until)))
    for start, end in sale.breaks:
        span = {"from": wording.time(start), "until": wording.time(end)}
        sentences.append(wording.say("sale_break", **span))
    if sale.no_plates:
        sentences.append(wording.say("sale_no_plates"))
    if sale.see_door:
        sentences.append(wording.say("sale_see_door"))
    return sentences
