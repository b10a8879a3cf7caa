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
from shared.places.neighbours import nearest_km, neighbours_of
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
    """No point is nearer to the middle of a neighbour than to its own; some are far from it, to
    the east or west as to the north or south, and some nearly half of the way to the next one."""
    farthest, eastward, of_the_way = 0.0, 0.0, 0.0
    for pharmacy in load_demo(MORNING).snapshot.catalog.pharmacies:
        point = pharmacy.location
        assert point is not None, pharmacy
        own = _metres(point, pharmacy.district)
        assert own <= 1_201
        farthest = max(farthest, own)
        middle = middle_of(pharmacy.district)
        if abs(point.longitude - middle[0]) > 3 * abs(point.latitude - middle[1]):
            eastward = max(eastward, own)
        of_the_way = max(of_the_way, own / nearest_km(pharmacy.district) / 1_000)
        assert all(own <= _metres(point, other) + 20 for other in neighbours_of(pharmacy.district))
    assert min(farthest, eastward) > 1_100
    assert of_the_way > 0.45


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


def _all_counts(hour: int, minute: int = 0, second: int = 0) -> list[tuple[int, int]]:
    """Adult and child masks of every pharmacy at that time."""
    stocks = load_demo(MORNING.replace(hour=hour, minute=minute, second=second), seconds=1)
    return [(stock["adult_mask"], stock["child_mask"]) for stock in stocks.snapshot.stocks.values()]


def test_at_nine_every_pharmacy_gets_what_one_got_in_february_2020() -> None:
    """200 for adults and 50 for children, and up to half as many more; until then what was left."""
    adults, children = zip(*_all_counts(9), strict=True)
    assert (min(adults), max(adults)) == (200, 299)
    assert (min(children), max(children)) == (50, 74)
    before = [adult for adult, _ in _all_counts(8, 59, 59)]
    assert (min(before), max(before)) == (0, 60)


def test_a_restock_lasts_for_four_hours_at_least_and_at_some_until_midnight() -> None:
    """Both kinds go together, so that who has none for adults has none for children."""
    assert min(_all_counts(12, 45))[0] > 0
    assert min(_all_counts(13, 15))[0] == 0
    assert max(_all_counts(23, 59))[0] > 0
    assert all(child == 0 for adult, child in _all_counts(17) if adult == 0)


def test_a_city_district_has_more_pharmacies_than_a_township() -> None:
    """Four to seven and one to four, so that both kinds of answer can be tried."""
    of_kind: dict[bool, set[int]] = {True: set(), False: set()}
    for district, pharmacies in load_demo(MORNING).snapshot.catalog.by_district.items():
        of_kind[district.name.endswith(("區", "市"))].add(len(pharmacies))
    assert of_kind == {True: {4, 5, 6, 7}, False: {1, 2, 3, 4}}


def test_an_address_is_one_that_there_may_be() -> None:
    """A house number from 1 to 399; three roads of ten have sections, which are four."""
    addresses = [p.address for p in load_demo(MORNING).snapshot.catalog.pharmacies]
    numbers = [int(address.number) for address in addresses]
    assert (min(numbers), max(numbers)) == (1, 399)
    sections = [address.section for address in addresses if address.section]
    assert set(sections) == set("1234")
    assert 0.25 < len(sections) / len(addresses) < 0.35


def test_no_two_have_one_telephone_number() -> None:
    """And each has as many digits as numbers of its area have: nine or ten with the area code."""
    phones = [p.phone for p in load_demo(MORNING).snapshot.catalog.pharmacies]
    assert len(set(phones)) == len(phones)
    assert {len(phone) for phone in phones} == {9, 10}


def test_the_pharmacies_stay_the_same_from_version_to_version() -> None:
    """The classifier was fitted on their names, and the browser's tests look for the one in Matsu.

    The last would be another one if any that is invented before it were.
    """
    pharmacies = load_demo(MORNING).snapshot.catalog.pharmacies
    matsu = [p.name for p in pharmacies if p.district.county.name == "連江縣"]
    assert matsu[-1] == "平宜藥局"
    assert pharmacies[-1].id == "9998301442"
    assert pharmacies[-1].name == "春壽大藥局"
