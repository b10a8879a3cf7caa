"""One or more of every outcome, with the cases that its sentences tell apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product as product_of

from intents.contract import load_contract
from shared import outcomes as o
from shared.catalog import Kind, Location, Pharmacy
from shared.clock import TAIPEI
from shared.hours import AskedTime, DayPart, Opening, OpeningState, SaleDay, SaleNote
from shared.places.address import Address
from shared.places.districts import by_key
from shared.places.landmarks import landmark_named, landmarks_called
from shared.rules import coming_rule, rule_on
from tests.products import ADULT, CHILD, TEST_KIT

AT = datetime(2020, 3, 3, 11, 23, tzinfo=TAIPEI)
NOON = datetime(2020, 3, 4, 12, 0, tzinfo=TAIPEI)


DAAN = by_key()["台北市大安區"]
XINYI_DISTRICT = by_key()["台北市信義區"]
BANQIAO = by_key()["新北市板橋區"]

XINYI = Pharmacy(
    "5901010001",
    "信義藥局",
    Kind.PHARMACY,
    DAAN,
    Address(
        "台北市大安區信義路4段265巷12弄3之1號2樓", "", "", "信義路", "4", "265", "12", "3之1", "2"
    ),
    "0227653147",
)
MUTE = replace(XINYI, phone="", location=Location(121.54, 25.03))
CENTRE = Pharmacy(
    "2345010001",
    "花蓮縣豐濱鄉衛生所",
    Kind.HEALTH_CENTRE,
    by_key()["花蓮縣豐濱鄉"],
    Address("花蓮縣豐濱鄉豐濱村3鄰41號", village="豐濱村", neighbourhood="3", number="41"),
    "038358141",
)
NOWHERE = replace(CENTRE, address=Address("花蓮縣豐濱鄉", rest=""))

SALE = SaleNote(
    plates_from=time(8),
    sold_from=time(9),
    sold_until=time(12),
    no_plates=True,
    see_door=True,
    breaks=((time(12), time(13, 30)),),
)

ASKED = (
    AskedTime(AT.date(), time(17)),
    *(AskedTime(AT.date(), part=part) for part in DayPart),
)
OPENINGS = (
    Opening(OpeningState.OPEN),
    Opening(OpeningState.OPEN, at=AT.replace(hour=21, minute=30), sale=SALE),
    Opening(OpeningState.CLOSES_SOON),
    Opening(OpeningState.CLOSES_SOON, at=NOON),
    Opening(OpeningState.OPENS_LATER),
    Opening(OpeningState.OPENS_LATER, at=NOON, sale=SaleNote(not_today=True)),
    Opening(OpeningState.OPENS_LATER, opens_on=AT.date(), opens_in=DayPart.AFTERNOON),
    Opening(OpeningState.CLOSED_TODAY),
    Opening(OpeningState.CLOSED_TODAY, opens_on=date(2020, 3, 4)),
    Opening(OpeningState.CLOSED_TODAY, opens_on=date(2020, 3, 4), opens_in=DayPart.MORNING),
    Opening(OpeningState.CLOSED_TODAY, opens_on=date(2020, 3, 4), opens_in=DayPart.EVENING),
    Opening(OpeningState.CLOSED_TODAY, at=NOON, opens_on=date(2020, 3, 4)),
    Opening(OpeningState.UNKNOWN, sale=SaleNote(sold_from=time(14))),
    Opening(OpeningState.OPEN, sale=SaleNote(sold_until=time(11)), sale_over=True),
    Opening(OpeningState.UNKNOWN, sale=SaleNote(sold_until=time(14)), spoken_note="周日休息"),
    Opening(OpeningState.UNKNOWN),
    Opening(OpeningState.OPEN, sale=SaleNote(not_today=True, stopped=True)),
)


def found(left: int = 205, other: int = 50, **more: object) -> o.Found:
    """An answer of 信義藥局 with so many masks for adults and for children."""
    counts = (o.Count(ADULT, left), o.Count(CHILD, other))
    return replace(o.Found(XINYI, counts), **more)  # type: ignore[arg-type]  # fields of Found


def all_outcomes() -> Iterator[o.Outcome]:
    """Every outcome, in every shape that is worded in another way."""
    for product in (ADULT, CHILD, TEST_KIT, replace(TEST_KIT, id="new")):
        yield from (o.Greeting(product), o.Greeting(product, demo=True))
    yield from (found(), found(0, 0), found(1, 0, name_county=True, ordinal=3, as_of=AT))
    yield found(as_of=AT, as_of_day=False)
    yield found(neighbour_of=XINYI_DISTRICT, walk_m=600)
    yield found(1234, neighbour_of=XINYI_DISTRICT, name_county=True, walk_m=4100)
    yield found(1234, name_county=True, walk_m=20, pharmacy=CENTRE)
    yield o.Found(XINYI, (o.Count(TEST_KIT, 2),))
    for origin in (MUTE, landmark_named()["台大醫院"]):
        yield from (found(walk_m=metres, walk_from=origin) for metres in (20, 300, 4100))
    yield from (found(opening=opening) for opening in OPENINGS)
    yield from (o.HoursTold(XINYI, opening) for opening in (*OPENINGS, None))
    yield o.SoldOut(DAAN, ADULT, unknown=True)
    yield o.Found(XINYI, (o.Count(ADULT, None), o.Count(CHILD, None)))
    yield from (found(why=why) for why in ("most", "next_most", "more"))
    yield from (found(with_others=True), found(in_row=1), found(in_row=2, ordinal=2))
    yield found(0, 0, with_others=True)
    for asked in ASKED:
        for is_open in (True, False, None):
            for today in (True, False):
                then = o.OpenAt(asked, is_open, today)
                yield o.OpenThen(XINYI, then)
                yield found(then=then)
        yield o.OpenThen(XINYI, o.OpenAt(AskedTime(NOON.date()), True))
        yield found(none_open=o.OpenAt(asked, None, today=True))
    for opening in (*OPENINGS, None):
        sale = opening and opening.sale
        day = SaleDay(AT.date(), sale) if sale else None
        for today in (True, False):
            yield o.SaleTold(XINYI, today, AT.date(), today, day, over=today)
        later = SaleDay(NOON.date(), SaleNote(sold_from=time(9)))
        shut = SaleDay(AT.date(), SaleNote(not_today=True), closed=True)
        yield o.SaleTold(XINYI, False, AT.date(), True, shut, later=later)
        yield o.SaleTold(XINYI, False, AT.date(), False, shut)
    some = SaleDay(AT.date(), SaleNote(sold_today=True))
    yield o.SaleTold(XINYI, False, AT.date(), True, some)
    yield o.SaleTold(XINYI, False, AT.date(), True, None, note="視進貨情況開賣")
    for pharmacy in (XINYI, CENTRE, NOWHERE):
        yield from (o.NameTold(pharmacy), o.FloorTold(pharmacy), o.NoNearer(pharmacy))
        yield from (o.DistanceTold(pharmacy), o.DistanceTold(pharmacy, 300, MUTE))
    for place, total in product_of((DAAN, DAAN.county), (True, False)):
        yield o.HowMany(place, ADULT, 12, 2205, total)
        for left, shops in ((0, 0), (0, 2), (1, 1), (2, 3), (3, 3)):
            yield o.HowMany(place, ADULT, left, left * 90, total, "大樹藥局", shops)
    for other in (3, 205):
        yield o.Compared((o.Side(DAAN, 205), o.Side(XINYI_DISTRICT, other)), ADULT)
        yield o.Compared((o.Side(XINYI, 205), o.Side(CENTRE, other)), CHILD)
        three = (o.Side(XINYI_DISTRICT, 205), o.Side(DAAN, other), o.Side(BANQIAO, 205))
        yield o.Compared(three, ADULT)
    yield from (o.NoMore(DAAN, ADULT), o.NoNext(DAAN, CHILD, alone=True))
    for kind, exists in product_of(Kind, (True, False)):
        yield o.OnlyKind(DAAN, kind, ADULT, exists, XINYI, 12)
        yield o.OnlyKind(DAAN, kind, ADULT, exists)
    for name in load_contract().intents:
        if name.startswith("topic."):
            yield o.TopicTold(name.removeprefix("topic."))
    yield from (
        o.AskPlace(why=why)
        for why in ("nearer", "plates", "unknown", "unclear", "landmark", "misheard", "region")
    )
    yield o.AskPlace(why="chain", chain="躍獅藥局")
    yield from (o.SoldOut(DAAN, ADULT), o.SoldOut(DAAN, CHILD, AT), o.NoPharmacy(DAAN))
    yield from (o.AskPlace(), o.AskPlace(DAAN.county), o.AskPlace(CENTRE.district.county))
    yield from (o.AmbiguousPlace((DAAN,)), o.AmbiguousPlace((DAAN, XINYI_DISTRICT)))
    yield o.AmbiguousPlace((DAAN, DAAN), more=True)
    yield o.AmbiguousCounty((DAAN.county, CENTRE.district.county))
    yield from (found(off_road="興豐路"), found(off_road="忠孝東路4段"))
    yield from (found(off_road="興豐路", ordinal=2), found(why="fewest"))
    yield found(no_centre_in=XINYI_DISTRICT)
    for lack in o.ChainLack:
        yield found(instead_of=o.NoShop("躍獅藥局", XINYI_DISTRICT, lack))
    yield o.AmbiguousLandmark(landmarks_called()["榮總"])
    yield from (o.AmbiguousPharmacy((XINYI,)), o.AmbiguousPharmacy((XINYI, CENTRE)))
    yield o.AmbiguousPharmacy((XINYI, XINYI), same_name=True)
    yield o.AmbiguousPharmacy((XINYI, XINYI), same_name=True, more=True)
    for pharmacy in (XINYI, MUTE, CENTRE, NOWHERE):
        yield from (o.AddressTold(pharmacy), o.PhoneTold(pharmacy))
        yield from (o.ToPharmacy(pharmacy, True), o.ToPharmacy(pharmacy, False))
    yield from (o.NeedPharmacy(), o.NoNext(DAAN, ADULT), o.NoPrevious())
    yield o.RulesTold(ADULT, None, AT.date())
    for feed, product, *days in (
        ("masks", ADULT, date(2020, 2, 10), date(2020, 3, 3), date(2020, 3, 6), date(2020, 4, 10)),
        ("masks", ADULT, date(2020, 3, 8), date(2020, 7, 1), date(2021, 1, 5)),
        ("rapid_tests", TEST_KIT, date(2022, 4, 28), date(2022, 6, 14), date(2022, 10, 3)),
    ):
        child = CHILD if feed == "masks" else None
        for day, about, ends in product_of(days, o.RULE_PARTS, ("", "odd", "even")):
            rule, coming = rule_on(feed, day), coming_rule(feed, day)
            yield o.RulesTold(product, rule, day, about, ends, child, coming=coming)
            for ahead in range(3):
                turn = day + timedelta(days=ahead)
                yield o.RulesTold(product, rule, day, about, ends, child, next_turn=turn)
            yield o.RulesTold(product, rule, day, about, ends, child, today=False, next_turn=day)
    for sentence in ("data_time", "data_time_demo"):
        yield o.LookedUp(sentence, {"date": AT.date(), "time": AT.time()})
    yield o.LookedUp(
        "clock", {"date": AT.date(), "weekday": o.Weekday(AT.date()), "time": AT.time()}
    )
    yield o.LookedUp("clock_day", {"date": AT.date(), "weekday": o.Weekday(AT.date())})
    yield from (o.Help(), o.Slower())
    yield from (o.Emergency(), o.NotCounted(ADULT), o.NotCounted(TEST_KIT))
    for offers in (False, True):
        yield from (o.NotHeard(times, offers) for times in range(1, 8))
        yield from (o.NotUnderstood(times, offers) for times in range(1, 8))
    yield from (o.NotAChoice(), o.UnknownPostalCode("999"))
    yield from (o.ToPerson("1922", True), o.ToPerson("0227653147", False), o.NoAnswer())
    yield o.NoData("1922")
    yield o.Busy("1922")
    yield from (o.RestockTold(XINYI, ADULT, time(9, 5)), o.RestockTold(XINYI, ADULT, None))
    yield from (o.SelloutTold(XINYI, ADULT, time(10, 30)), o.SelloutTold(XINYI, ADULT, None))
    yield from (o.NotRemembered(), o.Forgotten(), o.NotForgotten())
    for rings, left in product_of((True, False), (0, 12)):
        yield o.NotifySet(XINYI, CHILD, left, rings)
    yield from (o.NotifyWhich(), o.NotifyFull(), o.NotifyFailed())
    yield from (o.NotifyOff(), o.NotifyOff(was_on=False))
    yield from (o.Restocked(XINYI, ADULT, 200), o.Restocked(MUTE, CHILD, 50, line=ADULT))
    yield from (o.LanguageChanged(), o.Goodbye())
