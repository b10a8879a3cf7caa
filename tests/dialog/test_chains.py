"""A chain is named: its shops in the place come first, and where there is none that is said."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Kind
from shared.dialog.acts import Act, Intent
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution
from shared.places.districts import by_key
from tests.dialog.talks import (
    DAAN,
    SANCHONG,
    SEA,
    TEA,
    XINYI,
    Talk,
    ask,
    like,
    name_of,
    with_pharmacies,
)
from tests.small_world import heard_districts, heard_pharmacies

KEY, NAME = "躍獅", "躍獅藥局"
ITS_SHOPS = ("躍獅甲藥局", "躍獅乙藥局")
"""In 台北市大安區, with 90 and 20; one in 台中市大安區 has none."""

_MANY, _FEW = (like(XINYI, id=f"598800000{n}", name=name) for n, name in enumerate(ITS_SHOPS))
_EMPTY = like(XINYI, id="5988000009", name="躍獅丙藥局", district=SEA)
_WORLD = with_pharmacies(
    _EMPTY, left=0, snapshot=with_pharmacies(_FEW, snapshot=with_pharmacies(_MANY, left=90))
)

ALONE = Resolution(NAME, Meant.PHARMACY, chain=KEY)
"""「有沒有躍獅」, which may be anywhere."""


def its(*districts: str, **more: object) -> Act:
    """「大安區的躍獅」."""
    names = replace(heard_districts(*districts, sure=len(districts) == 1), chain=KEY)
    return replace(Act(Intent.ASK, names=names), **more)  # type: ignore[arg-type]


def _call() -> Talk:
    return Talk(_WORLD)


def test_its_shops_are_told_one_after_the_other_then_another() -> None:
    """And before the other it is said that there are no more."""
    talk = _call()
    told = [talk.say(its(DAAN)).outcome, talk.ask(Intent.NEXT), talk.ask(Intent.NEXT)]
    assert {name_of(one) for one in told[:2]} == set(ITS_SHOPS)
    assert name_of(told[2]) not in ITS_SHOPS
    lacks = [one.instead_of for one in told if isinstance(one, o.Found)]
    assert lacks == [None, None, o.NoShop(NAME, by_key()[DAAN], o.ChainLack.NO_MORE)]


@pytest.mark.parametrize(
    ("place", "why"), [(SANCHONG, o.ChainLack.NO_SHOP), (SEA, o.ChainLack.SOLD_OUT)]
)
def test_another_stands_in_and_it_is_said_why(place: str, why: o.ChainLack) -> None:
    """None is there, or the one that is there has none."""
    told = _call().say(its(place)).outcome
    assert isinstance(told, o.Found)
    assert told.instead_of == o.NoShop(NAME, by_key()[place], why)


def test_where_nobody_has_any_the_place_is_sold_out() -> None:
    """A chain is no pharmacy that could stand in for itself."""
    assert isinstance(_call().say(its(TEA)).outcome, o.SoldOut)


def test_without_a_place_it_is_asked_for_with_its_name() -> None:
    """And the answer is one of its shops; nothing else is named then."""
    talk = _call()
    assert talk.ask(Intent.ASK, names=ALONE) == o.AskPlace(None, "chain", chain=NAME)
    assert name_of(talk.say(ask(DAAN)).outcome) in ITS_SHOPS
    assert Talk().ask(Intent.ASK) == o.AskPlace()


def test_it_may_be_named_with_the_place_that_was_asked_for() -> None:
    """「請問您在哪一區」, 「大安區的躍獅」: the question that is open is narrowed by it."""
    talk = _call()
    talk.ask(Intent.ASK)
    assert name_of(talk.say(its(DAAN)).outcome) in ITS_SHOPS


@pytest.mark.parametrize("intent", [Intent.ASK, Intent.NEXT])
def test_its_name_alone_is_of_the_place_talked_about(intent: Intent) -> None:
    """「有沒有躍獅」, 「還有別家躍獅嗎」 after another pharmacy there."""
    talk = _call()
    talk.say(ask(SEA))
    talk.state = replace(talk.state or State(), place=DAAN, told=(XINYI,), at=0)
    assert name_of(talk.ask(intent, names=ALONE)) in ITS_SHOPS


def test_another_of_it_is_not_the_one_just_told_of() -> None:
    """「還有別家躍獅嗎」, and 「躍獅」 once more, after one of its two shops."""
    for intent in (Intent.NEXT, Intent.ASK):
        talk = _call()
        first = name_of(talk.say(its(DAAN)).outcome)
        assert {first, name_of(talk.ask(intent, names=ALONE))} == set(ITS_SHOPS)


def test_with_a_place_of_its_own_another_of_it_is_of_that_place() -> None:
    """「還有別家嗎，大安區的躍獅」 after a pharmacy elsewhere."""
    talk = _call()
    talk.say(ask(SANCHONG))
    assert name_of(talk.say(its(DAAN, intent=Intent.NEXT)).outcome) in ITS_SHOPS


def test_a_new_question_is_for_any_pharmacy() -> None:
    """「三重區還有嗎」 after a shop of the chain; 「那三重呢」 still asks for one of it."""
    for alone, lack in ((False, False), (True, True)):
        talk = _call()
        talk.say(its(DAAN))
        told = talk.say(replace(ask(SANCHONG), place_alone=alone)).outcome
        assert isinstance(told, o.Found)
        assert bool(told.instead_of) is lack


def test_what_was_asked_for_in_vain_is_asked_of_the_next_place() -> None:
    """「三重的躍獅」, which has none, and 「那大安呢」."""
    talk = _call()
    talk.say(its(SANCHONG))
    assert name_of(talk.say(replace(ask(DAAN), place_alone=True)).outcome) in ITS_SHOPS
    talk.say(ask(SANCHONG))
    named = talk.say(its(DAAN, place_alone=True)).outcome
    assert name_of(named) in ITS_SHOPS, "「那大安區的躍獅呢」"


def test_a_kind_of_seller_takes_the_place_of_a_chain_and_the_chain_of_a_kind() -> None:
    """「衛生所」 after 「躍獅」 asks for no shop of it, nor the other way round."""
    talk = _call()
    talk.say(its(DAAN))
    told = talk.ask(Intent.ASK, kind=Kind.HEALTH_CENTRE)
    assert isinstance(told, o.Found)
    assert (told.no_centre_in, told.instead_of) == (by_key()[DAAN], None)
    talk = _call()
    talk.ask(Intent.ASK, kind=Kind.HEALTH_CENTRE)
    told = talk.say(its(DAAN)).outcome
    assert isinstance(told, o.Found)
    assert (told.pharmacy.name in ITS_SHOPS, told.no_centre_in) == (True, None)


@pytest.mark.parametrize(
    ("place", "counted"), [(DAAN, (2, 110, 2)), (SEA, (0, 0, 1)), (SANCHONG, (0, 0, 0))]
)
def test_its_shops_are_counted(place: str, counted: tuple[int, int, int]) -> None:
    """Those that have some, their pieces, and all of them; no other pharmacy."""
    told = _call().say(its(place, intent=Intent.HOWMANY)).outcome
    assert isinstance(told, o.HowMany)
    assert (told.pharmacies, told.pieces, told.shops) == counted
    assert told.chain == NAME
    every = _call().say(ask(place, intent=Intent.HOWMANY)).outcome
    assert isinstance(every, o.HowMany)
    assert (every.chain, every.shops) == ("", 0)


def test_what_is_counted_without_a_place_is_told_once_it_is_known() -> None:
    """「有幾家躍獅」, 「請問您在哪一區」, 「大安區」: its shops there; they are counted at once
    where the place is known."""
    talk = _call()
    assert talk.ask(Intent.HOWMANY, names=ALONE) == o.AskPlace(None, "chain", chain=NAME)
    told = talk.say(ask(DAAN)).outcome
    assert isinstance(told, o.HowMany)
    assert told.shops == 2
    talk.say(ask(SANCHONG))
    there = talk.ask(Intent.HOWMANY, names=ALONE)
    assert isinstance(there, o.HowMany)
    assert (there.place, there.shops) == (by_key()[SANCHONG], 0)


def test_what_goes_on_from_a_count_is_of_the_chain_that_was_counted() -> None:
    """The pieces, the most, the next place; of a place that is named anew all are counted."""
    talk = _call()
    talk.say(its(DAAN, intent=Intent.HOWMANY))
    pieces = talk.ask(Intent.TOTAL)
    assert isinstance(pieces, o.HowMany)
    assert (pieces.pieces, pieces.total) == (110, True)
    sea = talk.say(replace(ask(SEA), place_alone=True)).outcome
    assert isinstance(sea, o.HowMany)
    assert (sea.shops, sea.chain) == (1, NAME)
    every = talk.say(ask(DAAN, intent=Intent.TOTAL)).outcome
    assert isinstance(every, o.HowMany)
    assert (every.pieces, every.chain) == (351, "")


def test_the_only_one_with_some_is_talked_about_after_the_count() -> None:
    """「有幾家躍獅」, 「打給他」; of two nobody knows which."""
    sold_out = {**_WORLD.stocks, _FEW.id: {"adult_mask": 0, "child_mask": 0}}
    for stocks, told in ((sold_out, o.ToPharmacy), (_WORLD.stocks, o.NeedPharmacy)):
        talk = Talk(replace(_WORLD, stocks=stocks))
        talk.say(its(DAAN, intent=Intent.HOWMANY))
        assert isinstance(talk.ask(Intent.CONNECT), told)


def test_the_most_of_a_chain_is_the_most_of_its_shops() -> None:
    """「大安區哪一家躍獅最多」: 90, though another pharmacy has 205."""
    assert name_of(_call().say(its(DAAN, intent=Intent.MOST)).outcome) == "躍獅甲藥局"


def test_two_that_were_heard_are_asked_about_and_then_it_is_one_of_its_shops() -> None:
    """「大安區的躍獅」, which 大安區."""
    talk = _call()
    assert isinstance(talk.say(its(DAAN, SEA)).outcome, o.AmbiguousPlace)
    assert name_of(talk.ask(Intent.CHOOSE1)) in ITS_SHOPS


def test_it_is_still_asked_for_where_nothing_else_is_named() -> None:
    """「還有嗎」 after one of its shops: the other one."""
    talk = _call()
    first = name_of(talk.say(its(DAAN)).outcome)
    other = name_of(talk.ask(Intent.ASK, names=Resolution("還有嗎")))
    assert {first, other} == set(ITS_SHOPS)


def test_more_of_a_shop_is_told_of_the_one_in_the_place() -> None:
    """「躍獅的電話」 where she is: one of its shops, and its number; else where is asked."""
    talk = _call()
    talk.say(ask(SANCHONG))
    talk.state = replace(talk.state or State(), place=DAAN, told=(), at=0)
    told = talk.ask(Intent.PHONE, names=ALONE)
    assert isinstance(told, o.PhoneTold)
    assert told.pharmacy.name in ITS_SHOPS
    talk = _call()
    assert isinstance(talk.ask(Intent.PHONE, names=ALONE), o.AskPlace)
    assert [type(one) for one in talk.say(ask(DAAN)).outcomes] == [o.Found, o.PhoneTold]


def test_another_one_by_its_own_name_or_from_nowhere_is_a_question() -> None:
    """「還有海邊藥局嗎」 tells of that one; 「還有別家躍獅嗎」 before any place asks where."""
    talk = _call()
    talk.say(ask(DAAN))
    named = heard_pharmacies("9004390001", sure=True)
    assert name_of(talk.ask(Intent.NEXT, names=named)) == "海邊藥局"
    assert _call().ask(Intent.NEXT, names=ALONE) == o.AskPlace(None, "chain", chain=NAME)
