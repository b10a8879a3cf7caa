"""The parts of a sentence in the Mandarin of Taiwan."""

from dataclasses import replace

from shared.locales import DEFAULT, locale_of
from shared.numbers import say_count, say_digits, say_number, say_ordinal
from shared.places.districts import District
from shared.speech.names import names_of, say_name
from shared.speech.places import (
    say_address,
    say_distance,
    say_district,
    say_floor,
    say_road,
    written_distance,
)
from shared.speech.telephone import say_phone, write_phone
from shared.speech.times import say_date, say_time, say_weekday
from shared.speech.wording import Wording, letters


def _wheres(district: District, with_county: bool) -> tuple[str, ...]:
    """台北市大安區, and where that is too long 台北大安區."""
    full = say_district(district, with_county)
    return (full, district.county.short + district.name) if with_county else (full,)


EAR = Wording(
    locale=DEFAULT,
    gap=locale_of(DEFAULT).gap,
    names=names_of,
    chain=str,
    landmark=say_name,
    wheres=_wheres,
    county=lambda county: county.name,
    count=say_count,
    tally=say_count,
    shops=lambda number: say_count(number, "家"),
    floor=lambda pharmacy: say_floor(pharmacy.address),
    number=say_number,
    ordinal=lambda number: say_ordinal(number, "家"),
    digits=say_digits,
    phone=say_phone,
    address=lambda pharmacy: say_address(pharmacy.address),
    road=say_road,
    distance=say_distance,
    time=say_time,
    day=say_date,
    weekday=say_weekday,
    syllables=lambda text: len(letters(text)),
    product=lambda product: product.names[DEFAULT].name,
)

EYE = replace(
    EAR,
    eye=True,
    gap="\n",
    distance=lambda metres: f"{say_distance(metres)}（{written_distance(metres)}）",
    names=lambda name, district: (say_name(name, district, digits=False),),
    landmark=str,
    count=lambda number, unit: f" {number} {unit}",
    tally=lambda number, unit: f" {number} {unit}",
    shops=lambda number: f" {number} 家",
    number=lambda number: f" {number} ",
    ordinal=lambda number: f"第 {number} 家",
    digits=lambda digits: f" {digits} ",
    phone=write_phone,
    road=lambda *_: "",
    time=lambda moment: f" {moment:%H:%M} ",
    day=lambda day: f" {day.month}/{day.day}",
)
