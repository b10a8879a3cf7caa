"""When a product is sold at a pharmacy on a day: what its notes tell, for whoever is asked.

>>> from shared.catalog import Hours
>>> hours = Hours("", "週一至週六8:30發號碼牌，14:00販售口罩，週日公休")
>>> told = sale_in(hours, "mask", date(2020, 3, 3))
>>> told.sale.plates_from, told.sale.sold_from, told.sold
(datetime.time(8, 30), datetime.time(14, 0), True)
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from shared.catalog import Hours, Pharmacy, Product
from shared.hours.holidays import is_holiday
from shared.hours.note import read_note
from shared.hours.values import SaleNote

ANY = "mask"
"""What a note speaks of where nobody asked for a product: the masks of 2020."""

LOOKED_AHEAD = 14
"""Days. Who asks when it is sold next will not wait for longer."""


@dataclass(frozen=True, slots=True)
class SaleDay:
    """What the notes of a pharmacy tell of one product on one day; the rest is unset."""

    day: date
    sale: SaleNote
    """the times: `plates_from`, `sold_from`, `sold_until`, `breaks`, `see_door` …"""
    closed: bool = False
    """the pharmacy is closed all day, so nothing is sold"""

    @property
    def sold(self) -> bool | None:
        """Whether it is sold on that day; None where the notes do not tell."""
        if self.closed or self.sale.not_today or self.sale.stopped:
            return False
        sale = self.sale
        return True if sale.sold_from or sale.plates_from or sale.sold_today else None


def sale_on(pharmacy: Pharmacy, product: Product, day: date) -> SaleDay | None:
    """「幾點發號碼牌」「明天幾點賣」「禮拜天有賣嗎」: of that product on that day.

    None where no note tells anything of it.
    """
    if pharmacy.hours is None:
        return None
    return sale_in(pharmacy.hours, product.topic, day, for_children=product.for_children)


def has_stopped(pharmacy: Pharmacy, product: Product, day: date) -> bool:
    """Whether its notes say that it does not sell that any more: its count is stale."""
    told = sale_on(pharmacy, product, day)
    return told is not None and told.sale.stopped


def next_sale(pharmacy: Pharmacy, product: Product, after: date) -> SaleDay | None:
    """The first day after `after` on which it is surely sold; None where no note tells of one."""
    days = (after + timedelta(days=ahead) for ahead in range(1, LOOKED_AHEAD + 1))
    told = (sale_on(pharmacy, product, day) for day in days)
    return next((one for one in told if one and one.sold), None)


@lru_cache(maxsize=32_768)
def sale_in(hours: Hours, topic: str, day: date, *, for_children: bool = False) -> SaleDay | None:
    """As `sale_on`: the feed's own remark goes before the note of the daily file.

    Kept: a day's answers do not change, and every caller of a district asks for all of them.
    """
    holiday = is_holiday(day)
    for text, seen in ((hours.remark, None), (hours.note, hours.seen)):
        note = read_note(text, seen)
        if note is None:
            continue
        note = note.for_children() if for_children else note
        sale = note.on(day, holiday, topic or hours.topic or ANY)
        closed = note.closed_on(day, holiday)
        if sale or closed:
            return SaleDay(day, sale or SaleNote(not_today=True), closed)
    return None
