"""Opening hours and sale notes in words."""

from datetime import date

from shared.hours import Opening, OpeningState, SaleNote
from shared.outcomes import OpenAt
from shared.speech.texts import fill
from shared.speech.wording import Wording

_WITH_TIME = {
    OpeningState.OPEN: ("open", "open_until"),
    OpeningState.CLOSES_SOON: ("closes_soon", "closes_soon_at"),
    OpeningState.OPENS_LATER: ("opens_later", "opens_later_at"),
    OpeningState.CLOSED_TODAY: ("closed_today", "closed_today_at"),
}
"""state → its sentence without and with a time"""


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
        sentences.insert(1, fill(wording.locale, "open_end_unknown"))
    if whole and opening.spoken_note:
        sentences.append(fill(wording.locale, "hours_note", note=opening.spoken_note))
    return wording.gap.join(text for text in sentences if text)


def _then(then: OpenAt, wording: Wording) -> str:
    key = {True: "found_then_open", False: "found_then_closed", None: "found_then_unknown"}
    return fill(wording.locale, key[then.open], when=say_when(then, wording))


def say_when(then: OpenAt, wording: Wording) -> str:
    """The time that was asked for: the day where that is not today, the hour or part of it."""
    asked, locale, part = then.asked, wording.locale, ""
    if asked.clock:
        part = fill(locale, "opens_at", time=wording.time(asked.clock))
    elif asked.part:
        part = fill(locale, asked.part.value)
    return part if then.today else _on_day(asked.day, part, wording)


def _on_day(on: date, part: str, wording: Wording) -> str:
    day = wording.weekday(on)
    if not part:
        return fill(wording.locale, "opens_day", day=day)
    return fill(wording.locale, "opens_day_at", day=day, when=part)


def say_sale(sale: SaleNote, wording: Wording) -> str:
    """When plates are handed out and when it sells, on a day on which it does; "" for nothing."""
    return wording.gap.join(_times(sale, wording))


def _state(opening: Opening, wording: Wording) -> str:
    keys = _WITH_TIME.get(opening.state)
    if keys is None:
        return ""
    plain, with_time = keys
    if opening.state in (OpeningState.OPEN, OpeningState.CLOSES_SOON):
        if opening.at is None:
            return fill(wording.locale, plain)
        return fill(wording.locale, with_time, time=wording.time(opening.at))
    when = _when(opening, wording)
    return fill(wording.locale, with_time, when=when) if when else fill(wording.locale, plain)


def _when(opening: Opening, wording: Wording) -> str:
    """When it opens next: the day where that is not today, then the time or part of the day."""
    locale, part = wording.locale, ""
    if opening.at is not None:
        part = fill(locale, "opens_at", time=wording.time(opening.at))
    elif opening.opens_in:
        part = fill(locale, opening.opens_in.value)
    if opening.opens_on is None or opening.state is OpeningState.OPENS_LATER:
        return part
    return _on_day(opening.opens_on, part, wording)


def _sale(opening: Opening, wording: Wording) -> list[str]:
    sale = opening.sale
    if sale is None:
        return []
    locale = wording.locale
    if sale.stopped:
        return [fill(locale, "sale_stopped")]
    if sale.not_today:
        return [fill(locale, "sale_not_today")]
    if opening.sale_over and sale.sold_until:
        return [fill(locale, "sale_over", time=wording.time(sale.sold_until))]
    return _times(sale, wording)


def _times(sale: SaleNote, wording: Wording) -> list[str]:
    locale = wording.locale
    sentences = []
    if sale.sold_today and not (sale.sold_from or sale.plates_from):
        sentences.append(fill(locale, "sale_sold"))
    if sale.plates_from:
        sentences.append(fill(locale, "sale_plates", time=wording.time(sale.plates_from)))
    if sale.sold_from and sale.sold_until:
        span = {"from": wording.time(sale.sold_from), "until": wording.time(sale.sold_until)}
        sentences.append(fill(locale, "sale_between", **span))
    elif sale.sold_from:
        sentences.append(fill(locale, "sale_from", time=wording.time(sale.sold_from)))
    elif sale.sold_until:
        sentences.append(fill(locale, "sale_until", time=wording.time(sale.sold_until)))
    for start, end in sale.breaks:
        span = {"from": wording.time(start), "until": wording.time(end)}
        sentences.append(fill(locale, "sale_break", **span))
    if sale.no_plates:
        sentences.append(fill(locale, "sale_no_plates"))
    if sale.see_door:
        sentences.append(fill(locale, "sale_see_door"))
    return sentences
