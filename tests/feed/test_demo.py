"""The demo feed: invented pharmacies in the real districts, with counts that move."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.catalog import Location
from shared.clock import TAIPEI
from shared.feed.demo import demo_feed
from shared.feed.load import load_demo
from shared.places.districts import District, all_districts
from shared.places.middles import middle_of
from shared.places.neighbours import neighbours_of
from shared.places.telephone_numbers import area_codes
from shared.query.near import great_circle_metres
from tests.real import real_file

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=TAIPEI)


def test_every_district_has_a_pharmacy_and_nothing_is_refused() -> None:
    """It goes the same way through the parser as a real feed."""
    parsed = load_demo(MORNING)

    assert parsed.refusals == ()
    assert set(parsed.snapshot.catalog.by_district) == set(all_districts())
    assert 1_400 <= len(parsed.snapshot.catalog.pharmacies) <= 2_500
    assert parsed.snapshot.demo
    assert all(pharmacy.hours for pharmacy in parsed.snapshot.catalog.pharmacies)


def test_the_district_in_the_address_is_the_one_found() -> None:
    """And the road is read out of it."""
    for pharmacy in load_demo(MORNING).snapshot.catalog.pharmacies:
        assert pharmacy.address.text.startswith(pharmacy.district.key)
        assert pharmacy.address.road


def test_every_pharmacy_stands_in_its_district_and_nowhere_else() -> None:
    """No point is nearer to the middle of a neighbour than to its own."""
    for pharmacy in load_demo(MORNING).snapshot.catalog.pharmacies:
        point = pharmacy.location
        assert point is not None, pharmacy
        own = _metres(point, pharmacy.district)
        assert own <= 1_201
        assert all(own <= _metres(point, other) + 20 for other in neighbours_of(pharmacy.district))


def _metres(point: Location, district: District) -> float:
    return great_circle_metres(point, Location(*middle_of(district)))


def test_telephone_numbers_have_their_county_s_area_code() -> None:
    """And can be spoken: none is refused as impossible."""
    codes = area_codes()
    for pharmacy in load_demo(MORNING).snapshot.catalog.pharmacies:
        code = next(code for code in codes if pharmacy.phone.startswith(code))
        assert pharmacy.district.county in codes[code]


@pytest.mark.real
def test_nothing_of_it_is_real() -> None:
    """No id and no telephone number of the real feed."""
    pharmacies = load_demo(MORNING).snapshot.catalog.pharmacies
    real = real_file("maskdata-20200303.csv").read_text(encoding="utf-8-sig")
    digits = real.replace("(", "").replace(")", "")

    assert all(pharmacy.id.startswith("99") for pharmacy in pharmacies)
    assert not [pharmacy.id for pharmacy in pharmacies if f"\n{pharmacy.id}" in real]
    assert not [pharmacy.phone for pharmacy in pharmacies if f",{pharmacy.phone}," in digits]


def test_it_is_a_function_of_the_time_alone() -> None:
    """Every process tells the same, at every start."""
    assert demo_feed(MORNING) == demo_feed(MORNING)
    moment = load_demo(MORNING + timedelta(seconds=29)).snapshot
    assert moment.source_time == MORNING
    assert moment.stocks == load_demo(MORNING).snapshot.stocks
    london = load_demo(MORNING.astimezone(ZoneInfo("Europe/London"))).snapshot
    assert london.stocks == moment.stocks


@pytest.mark.parametrize("hour", [8, 10, 13, 17, 21])
def test_there_is_always_something_to_tell(hour: int) -> None:
    """Some have masks and some have none, at every hour at which people call."""
    stocks = load_demo(MORNING.replace(hour=hour)).snapshot.stocks.values()
    with_masks = sum(stock["adult_mask"] > 0 for stock in stocks) / len(stocks)

    assert with_masks > 0.2
    assert hour <= 10 or with_masks < 1


def test_counts_fall_through_the_day_and_rise_with_the_restock() -> None:
    """As they did."""
    total = [
        sum(
            stock["adult_mask"]
            for stock in load_demo(MORNING.replace(hour=hour)).snapshot.stocks.values()
        )
        for hour in (8, 10, 14, 20)
    ]
    assert total[1] > total[0]
    assert total[1] > total[2] > total[3]
