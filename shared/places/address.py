"""An address as the feed writes it → its parts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; "" where a part is missing. Numbers are half-width digits.

    >>> Address("台北市大安區辛亥路3段15號", road="辛亥路", section="3", number="15").road
    '辛亥路'
    """

    text: str
    """the whole address, cleaned: half-width, 台 for 臺, district mended"""
    village: str = ""
    """村 or 里 with its ending: 豐濱村"""
    neighbourhood: str = ""
    """鄰, the number alone: 12"""
    road: str = ""
    """road, street or named place without its section: 辛亥路, 中山街, 大業南路"""
    section: str = ""
    """段, the number alone: 3"""
    lane: str = ""
    """巷, what stands before it: 12, or a name"""
    alley: str = ""
    """弄, the number alone"""
    number: str = ""
    """號, what stands before it: 15, 12之3; several joined by 、"""
    floor: str = ""
    """樓, what stands before it: 2, 1、2, B1"""
    rest: str = ""
    """what could not be told apart, as it stands"""
