"""The rules of each day, from the dated table."""

from datetime import date, timedelta

import pytest

from shared.rules import Rule, rule_on


def rule(day: str, feed: str = "masks") -> Rule:
    """The rules of `feed` on `day`, 2020-03-03; fails where there are none."""
    found = rule_on(feed, date.fromisoformat(day))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "before", "on"),
    [
        # (adult, child, days, NT$ apiece, child's age)
        ("2020-02-20", (2, 2, 7, 5, 12), (2, 4, 7, 5, 12)),
        ("2020-03-05", (2, 4, 7, 5, 12), (3, 5, 7, 5, 13)),
        ("2020-03-19", (3, 5, 7, 5, 13), (3, 5, 7, 5, 16)),
        ("2020-04-09", (3, 5, 7, 5, 16), (9, 10, 14, 5, 16)),
        ("2020-06-01", (9, 10, 14, 5, 16), (9, 10, 14, 5, 16)),
        ("2020-12-31", (9, 10, 14, 5, 16), (10, 10, 14, 4, 16)),
    ],
)
def test_masks_change_on_the_day(day: str, before: tuple[int, ...], on: tuple[int, ...]) -> None:
    """The day before each changeover has the old rules, the day of it the new ones."""
    eve = date.fromisoformat(day) - timedelta(days=1)
    assert amounts(rule(eve.isoformat())) == before
    assert amounts(rule(day)) == on
    assert rule(day).since == date.fromisoformat(day)


def amounts(found: Rule) -> tuple[int, ...]:
    """How many, in how many days, at what price, up to which age a child."""
    return (
        found.adult,
        found.child,
        found.days,
        found.price,
        found.child_age,
    )


def test_masks_begin_on_6_february_2020() -> None:
    """Before the scheme there are no rules; on its first day two in seven days for NT$10."""
    assert rule_on("masks", date(2020, 2, 5)) is None
    first = rule("2020-02-06")
    assert amounts(first) == (2, 2, 7, 5, 12)
    assert first.adult * first.price == 10
    assert first.changed == ()
    assert first.bring == ("health_card", "child_card", "residence_permit")


def test_masks_end_is_not_told() -> None:
    """The end of the scheme is not established: its last rules go on."""
    assert amounts(rule("2021-06-01")) == (10, 10, 14, 4, 16)
    assert rule("2021-06-01").adult * rule("2021-06-01").price == 40


@pytest.mark.parametrize(
    ("day", "parity"),
    [
        ("2020-02-06", "even"),  # Thursday
        ("2020-02-07", "odd"),
        ("2020-02-08", "even"),
        ("2020-02-09", "all"),  # Sunday
        ("2020-02-10", "odd"),
        ("2020-03-03", "even"),  # Tuesday
        ("2020-03-04", "odd"),
        ("2020-03-05", "even"),
        ("2020-04-05", "all"),  # Sunday
        ("2020-04-06", "odd"),
        ("2020-04-07", "even"),
        ("2020-04-08", "odd"),  # the last day of odd and even
        ("2020-04-09", "all"),
        ("2020-04-10", "all"),
        ("2020-04-12", "all"),
    ],
)
def test_last_digit_says_who_may_buy(day: str, parity: str) -> None:
    """Odd Monday, Wednesday, Friday, even (0 too) Tuesday, Thursday, Saturday, Sunday all."""
    found = rule(day)
    assert found.parity_today == parity
    odd, even = parity in ("odd", "all"), parity in ("even", "all")
    assert [found.may_buy(digit) for digit in range(10)] == [even, odd] * 5


def test_children_are_freed_of_odd_and_even_first() -> None:
    """From 27 February 2020 children's cards bought on every day, three of them at once."""
    assert (rule("2020-02-26").proxy_child, rule("2020-02-27").proxy_child) == (1, 3)
    assert not rule("2020-02-26").child_any_day
    assert rule("2020-02-27").child_any_day
    assert rule("2020-02-27").changed == ("child_any_day", "proxy_child")


def test_adults_could_buy_childrens_size_for_two_weeks() -> None:
    """Opened on 9 April 2020, closed again on the 23rd."""
    days = ("2020-04-08", "2020-04-09", "2020-04-22", "2020-04-23")
    assert [rule(day).child_size for day in days] == ["children", "anyone", "anyone", "children"]


def test_free_market_stands_beside_the_scheme_from_june() -> None:
    """From 1 June 2020 masks were also sold freely."""
    assert not rule("2020-05-31").free_market
    assert rule("2020-06-01").free_market
    assert rule("2020-06-01").changed == ("free_market",)


def test_what_changed_is_told() -> None:
    """Each row knows what is new with it."""
    assert rule("2020-03-05").changed == ("adult", "child", "child_age")
    assert rule("2020-04-10").changed == ("adult", "child", "days", "parity", "child_size")


@pytest.mark.parametrize(
    ("day", "packs", "parity"),
    [
        ("2022-04-28", 1, "even"),  # Thursday
        ("2022-04-29", 1, "odd"),
        ("2022-05-01", 1, "all"),  # Sunday
        ("2022-06-11", 1, "even"),
        ("2022-06-12", 1, "all"),
        ("2022-06-13", 1, "all"),  # odd and even abolished
        ("2022-06-14", 1, "all"),
        ("2022-08-14", 1, "all"),
        ("2022-08-15", 2, "all"),
        ("2022-09-30", 2, "all"),
        ("2022-10-01", 6, "all"),
        ("2023-04-30", 6, "all"),
    ],
)
def test_rapid_tests_are_sold_by_the_pack_and_the_round(day: str, packs: int, parity: str) -> None:
    """Five a pack for NT$500, so many packs a round, without regard to age."""
    found = rule(day, "rapid_tests")
    assert (found.adult, found.child, found.parity_today) == (packs, packs, parity)
    assert (found.pack, found.price, found.days, found.child_age) == (5, 500, 0, 0)


@pytest.mark.parametrize("day", ["2022-04-27", "2023-05-01", "2024-01-01"])
def test_rapid_tests_have_no_rules_outside_the_scheme(day: str) -> None:
    """It ran from 28 April 2022 to 30 April 2023."""
    assert rule_on("rapid_tests", date.fromisoformat(day)) is None


def test_feed_without_a_table_has_no_rules() -> None:
    """Nothing is told of something that has no table."""
    assert rule_on("vaccines", date(2022, 5, 1)) is None


def test_what_is_not_established_of_others_cards_is_not_told() -> None:
    """Rapid tests for others: nothing known at first; allowed from 1 July 2022, no number told."""
    assert rule("2022-06-30", "rapid_tests").proxy is None
    assert rule("2022-07-01", "rapid_tests").proxy == 0
