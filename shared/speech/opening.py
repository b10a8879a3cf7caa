"""Opening hours and sale notes in words."""

from shared.hours import Opening, OpeningState, SaleNote
from shared.speech.texts import fill
from shared.speech.voice import Voice

_WITH_TIME = {
    OpeningState.OPEN: ("open", "open_until"),
    OpeningState.CLOSES_SOON: ("closes_soon", "closes_soon_at"),
    OpeningState.OPENS_LATER: ("opens_later", "opens_later_at"),
    OpeningState.CLOSED_TODAY: ("closed_today", "closed_today_at"),
}
"""state → its sentence without and with a time"""


def say_opening(opening: Opening | None, voice: Voice, *, whole: bool = False) -> str:
    """Whether it is open and when masks are sold; "" when nothing is known.

    Of the sale only what matters most, unless `whole`: then all of it, and the pharmacy's own note
    where that could not be read.
    """
    if opening is None:
        return ""
    sale = _sale(opening, voice)
    sentences = [_state(opening, voice), *(sale if whole else sale[:1])]
    if whole and opening.spoken_note:
        sentences.append(fill(voice.locale, "hours_note", note=opening.spoken_note))
    return voice.gap.join(text for text in sentences if text)


def say_sale(sale: SaleNote, voice: Voice) -> str:
    """When plates are handed out and when it sells, on a day on which it does; "" for nothing."""
    return voice.gap.join(_times(sale, voice))


def _state(opening: Opening, voice: Voice) -> str:
    keys = _WITH_TIME.get(opening.state)
    if keys is None:
        return ""
    plain, with_time = keys
    if opening.state in (OpeningState.OPEN, OpeningState.CLOSES_SOON):
        if opening.at is None:
            return fill(voice.locale, plain)
        return fill(voice.locale, with_time, time=voice.time(opening.at))
    when = _when(opening, voice)
    return fill(voice.locale, with_time, when=when) if when else fill(voice.locale, plain)


def _when(opening: Opening, voice: Voice) -> str:
    """When it opens next: the day where that is not today, then the time or part of the day."""
    locale, part = voice.locale, ""
    if opening.at is not None:
        part = fill(locale, "opens_at", time=voice.time(opening.at))
    elif opening.opens_in:
        part = fill(locale, opening.opens_in.value)
    if opening.opens_on is None or opening.state is OpeningState.OPENS_LATER:
        return part
    day = voice.weekday(opening.opens_on)
    if not part:
        return fill(locale, "opens_day", day=day)
    return fill(locale, "opens_day_at", day=day, when=part)


def _sale(opening: Opening, voice: Voice) -> list[str]:
    sale = opening.sale
    if sale is None:
        return []
    locale = voice.locale
    if sale.stopped:
        return [fill(locale, "sale_stopped")]
    if sale.not_today:
        return [fill(locale, "sale_not_today")]
    if opening.sale_over and sale.sold_until:
        return [fill(locale, "sale_over", time=voice.time(sale.sold_until))]
    return _times(sale, voice)


def _times(sale: SaleNote, voice: Voice) -> list[str]:
    locale = voice.locale
    sentences = []
    if sale.sold_today and not (sale.sold_from or sale.plates_from):
        sentences.append(fill(locale, "sale_sold"))
    if sale.plates_from:
        sentences.append(fill(locale, "sale_plates", time=voice.time(sale.plates_from)))
    if sale.sold_from and sale.sold_until:
        span = {"from": voice.time(sale.sold_from), "until": voice.time(sale.sold_until)}
        sentences.append(fill(locale, "sale_between", **span))
    elif sale.sold_from:
        sentences.append(fill(locale, "sale_from", time=voice.time(sale.sold_from)))
    elif sale.sold_until:
        sentences.append(fill(locale, "sale_until", time=voice.time(sale.sold_until)))
    for start, end in sale.breaks:
        span = {"from": voice.time(start), "until": voice.time(end)}
        sentences.append(fill(locale, "sale_break", **span))
    if sale.no_plates:
        sentences.append(fill(locale, "sale_no_plates"))
    if sale.see_door:
        sentences.append(fill(locale, "sale_see_door"))
    return sentences
