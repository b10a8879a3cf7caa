"""The rules of a day in words: the part that was asked, or the most important."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from shared.outcomes import RulesTold
from shared.rules import Rule
from shared.speech.wording import Wording

_NEWS = timedelta(days=7)
"""A change is told for so long: after a week everybody has had her days by the new rule."""

_BRING = {
    "health_card": "rules_bring",
    "child_card": "rules_bring_child",
    "residence_permit": "rules_bring_permit",
}

_Part = Callable[[Rule, RulesTold, Wording], Iterator[str]]


def say_rules(outcome: RulesTold, wording: Wording) -> str:
    """One or two sentences on the part that was asked about."""
    if outcome.rule is None:
        return wording.say("rules_unknown")
    return wording.gap.join(_PARTS[outcome.about](outcome.rule, outcome, wording))


def _overview(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    if rule.changed and outcome.day - rule.since < _NEWS:
        yield wording.say("rules_changed", date=wording.day(rule.since))
    yield wording.say(f"rules_{rule.parity_today}")
    yield from _amount(rule, outcome, wording)


def _day(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    """Whether the caller may buy that day, where she said how her id ends; else who may."""
    if not outcome.ends or not rule.parity:
        if outcome.today:
            yield wording.say(f"rules_{rule.parity_today}")
        else:
            day = wording.weekday(outcome.day)
            yield wording.say(f"rules_then_{rule.parity_today}", day=day)
        if rule.parity_today != "all" and rule.child_any_day:
            yield wording.say("rules_child_any_day")
        return
    may = rule.may_buy(1 if outcome.ends == "odd" else 0)
    if outcome.today:
        yield wording.say("rules_may_buy" if may else f"rules_wait_{outcome.ends}")
    elif may:
        yield wording.say("rules_may_buy_then", day=wording.weekday(outcome.day))
        if rule.parity_today != "all":  # whose id was it? she may ask for two
            yield wording.say(f"rules_then_{rule.parity_today}", day=wording.weekday(outcome.day))
    else:
        yield wording.say("rules_not_then", day=wording.weekday(outcome.day))
        yield from _turn(rule, outcome, wording)


def _turn(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    """On which days one may buy; with the next of them, where it is known how the id ends."""
    if not rule.parity:
        yield wording.say("rules_any_day")
    elif outcome.ends:
        following = _next_turn(outcome, wording)
        yield wording.say(f"rules_turn_{outcome.ends}", next=following)
    else:
        yield wording.say("rules_weekdays")


def _next_turn(outcome: RulesTold, wording: Wording) -> str:
    if outcome.next_turn is None:
        return ""
    ahead = (outcome.next_turn - outcome.day).days
    if outcome.today and ahead < len(_SOON):
        return wording.say(_SOON[ahead])
    return wording.say("rules_next_day", day=wording.weekday(outcome.next_turn))


_SOON = ("rules_next_today", "rules_next_tomorrow")


def _again(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    """After how many days one may buy again."""
    if rule.days == 0:
        yield wording.say("rules_again_round")
        return
    adult = wording.tally(rule.adult, wording.unit(outcome.product))
    yield wording.say("rules_again", days=wording.number(rule.days), adult=adult)


def _box(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    if rule.days == 0:
        yield from _amount(rule, outcome, wording)
        return
    adult = wording.tally(rule.adult, wording.unit(outcome.product))
    yield wording.say("rules_box", days=wording.number(rule.days), adult=adult)


def _card(_: Rule, __: RulesTold, wording: Wording) -> Iterator[str]:
    yield wording.say("rules_card")


def _size(rule: Rule, _: RulesTold, wording: Wording) -> Iterator[str]:
    yield wording.say("rules_child_size" if rule.child_size == "anyone" else "rules_child_only")


def _amount(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    unit = wording.unit(outcome.product)
    adult = wording.count(rule.adult, unit)
    if rule.days == 0:
        yield wording.say("rules_round", adult=adult)
        return
    child = wording.tally(rule.child, unit)
    days = wording.number(rule.days)
    yield wording.say("rules_days", days=days, adult=adult, child=child)


def _amount_and_change(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    """How many, and from which day it will be more or fewer."""
    yield from _amount(rule, outcome, wording)
    if (coming := outcome.coming) and coming.days:
        unit = wording.unit(outcome.product)
        adult, child = (wording.tally(n, unit) for n in (coming.adult, coming.child))
        day = wording.day(coming.since)
        yield wording.say("rules_coming", day=day, adult=adult, child=child)


def _price(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    unit = wording.unit(outcome.product)
    if rule.pack > 1:
        yield wording.say("rules_pack", unit=unit, pack=wording.number(rule.pack))
    yield wording.say("rules_price", unit=unit, price=wording.number(rule.price))
    if rule.free_market:
        yield wording.say("rules_free_market")


def _bring(rule: Rule, _: RulesTold, wording: Wording) -> Iterator[str]:
    for thing in rule.bring:
        yield wording.say(_BRING[thing])


def _child(rule: Rule, outcome: RulesTold, wording: Wording) -> Iterator[str]:
    """How many, up to which age, with what card; where no difference is made, how many."""
    if not rule.child_age or outcome.child_product is None:
        yield from _amount(rule, outcome, wording)
        return
    child = wording.count_of(rule.child, outcome.child_product)
    age, days = wording.number(rule.child_age), wording.number(rule.days)
    yield wording.say("rules_child", age=age, days=days, child=child)
    if rule.child_any_day:
        yield wording.say("rules_child_any_day")
    if "child_card" in rule.bring:
        yield wording.say("rules_bring_child")


def _proxy(rule: Rule, _: RulesTold, wording: Wording) -> Iterator[str]:
    if not rule.proxy:
        yield wording.say("rules_proxy_unknown" if rule.proxy is None else "rules_proxy_any")
        return
    yield wording.say("rules_proxy", cards=wording.number(rule.proxy))
    if rule.proxy_child and rule.proxy_child != rule.proxy:
        yield wording.say("rules_proxy_child", cards=wording.number(rule.proxy_child))


def _foreigner(rule: Rule, _: RulesTold, wording: Wording) -> Iterator[str]:
    permit = "residence_permit" in rule.bring
    yield wording.say("rules_foreigner" if permit else "rules_proxy_unknown")


_PARTS: dict[str, _Part] = {
    "overview": _overview,
    "day": _day,
    "turn": _turn,
    "amount": _amount_and_change,
    "price": _price,
    "bring": _bring,
    "child": _child,
    "proxy": _proxy,
    "foreigner": _foreigner,
    "again": _again,
    "box": _box,
    "card": _card,
    "size": _size,
}
