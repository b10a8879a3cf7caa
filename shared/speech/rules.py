"""The rules of a day in words: the part that was asked, or the most important."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from shared.outcomes import RulesTold
from shared.rules import Rule
from shared.speech.texts import fill
from shared.speech.voice import Voice

_NEWS = timedelta(days=7)
"""A change is told for so long: after a week everybody has had her days by the new rule."""

_BRING = {
    "health_card": "rules_bring",
    "child_card": "rules_bring_child",
    "residence_permit": "rules_bring_permit",
}

_Part = Callable[[Rule, RulesTold, Voice], Iterator[str]]


def say_rules(outcome: RulesTold, voice: Voice) -> str:
    """One or two sentences on the part that was asked about."""
    if outcome.rule is None:
        return fill(voice.locale, "rules_unknown")
    return voice.gap.join(_PARTS[outcome.about](outcome.rule, outcome, voice))


def _overview(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    if rule.changed and outcome.day - rule.since < _NEWS:
        yield fill(voice.locale, "rules_changed", date=voice.day(rule.since))
    yield fill(voice.locale, f"rules_{rule.parity_today}")
    yield from _amount(rule, outcome, voice)


def _day(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    """Whether the caller may buy that day, where she said how her id ends; else who may."""
    if not outcome.ends or not rule.by_weekday:
        if outcome.today:
            yield fill(voice.locale, f"rules_{rule.parity_today}")
        else:
            day = voice.weekday(outcome.day)
            yield fill(voice.locale, f"rules_then_{rule.parity_today}", day=day)
        if rule.parity_today != "all" and rule.child_any_day:
            yield fill(voice.locale, "rules_child_any_day")
    elif not outcome.today:
        yield from _turn(rule, outcome, voice)
    elif rule.may_buy(1 if outcome.ends == "odd" else 0):
        yield fill(voice.locale, "rules_may_buy")
    else:
        yield fill(voice.locale, f"rules_wait_{outcome.ends}")


def _turn(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    """On which days one may buy; with the next of them, where it is known how the id ends."""
    if not rule.by_weekday:
        yield fill(voice.locale, "rules_any_day")
    elif outcome.ends:
        following = _next_turn(outcome, voice)
        yield fill(voice.locale, f"rules_turn_{outcome.ends}", next=following)
    else:
        yield fill(voice.locale, "rules_weekdays")


def _next_turn(outcome: RulesTold, voice: Voice) -> str:
    if outcome.next_turn is None:
        return ""
    ahead = (outcome.next_turn - outcome.day).days
    if outcome.today and ahead < len(_SOON):
        return fill(voice.locale, _SOON[ahead])
    return fill(voice.locale, "rules_next_day", day=voice.weekday(outcome.next_turn))


_SOON = ("rules_next_today", "rules_next_tomorrow")


def _again(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    """After how many days one may buy again."""
    if rule.days == 0:
        yield fill(voice.locale, "rules_again_round")
        return
    adult = voice.tally(rule.adult_count, voice.unit(outcome.product))
    yield fill(voice.locale, "rules_again", days=voice.number(rule.days), adult=adult)


def _box(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    if rule.days == 0:
        yield from _amount(rule, outcome, voice)
        return
    adult = voice.tally(rule.adult_count, voice.unit(outcome.product))
    yield fill(voice.locale, "rules_box", days=voice.number(rule.days), adult=adult)


def _card(_: Rule, __: RulesTold, voice: Voice) -> Iterator[str]:
    yield fill(voice.locale, "rules_card")


def _size(rule: Rule, _: RulesTold, voice: Voice) -> Iterator[str]:
    yield fill(voice.locale, "rules_child_size" if rule.adults_child_size else "rules_child_only")


def _amount(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    unit = voice.unit(outcome.product)
    adult = voice.count(rule.adult_count, unit)
    if rule.days == 0:
        yield fill(voice.locale, "rules_round", adult=adult)
        return
    child = voice.tally(rule.child_count, unit)
    days = voice.number(rule.days)
    yield fill(voice.locale, "rules_days", days=days, adult=adult, child=child)


def _price(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    unit = voice.unit(outcome.product)
    if rule.pack > 1:
        yield fill(voice.locale, "rules_pack", unit=unit, pack=voice.number(rule.pack))
    yield fill(voice.locale, "rules_price", unit=unit, price=voice.number(rule.price_ntd))
    if rule.free_market:
        yield fill(voice.locale, "rules_free_market")


def _bring(rule: Rule, _: RulesTold, voice: Voice) -> Iterator[str]:
    for thing in rule.bring:
        yield fill(voice.locale, _BRING[thing])


def _child(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    """How many, up to which age, with what card; where no difference is made, how many."""
    if not rule.child_age or outcome.child_product is None:
        yield from _amount(rule, outcome, voice)
        return
    child = voice.count(rule.child_count, voice.unit(outcome.child_product))
    age, days = voice.number(rule.child_age), voice.number(rule.days)
    yield fill(voice.locale, "rules_child", age=age, days=days, child=child)
    if rule.child_any_day:
        yield fill(voice.locale, "rules_child_any_day")
    if "child_card" in rule.bring:
        yield fill(voice.locale, "rules_bring_child")


def _proxy(rule: Rule, _: RulesTold, voice: Voice) -> Iterator[str]:
    if not rule.proxy:
        yield fill(voice.locale, "rules_proxy_unknown" if rule.proxy is None else "rules_proxy_any")
        return
    yield fill(voice.locale, "rules_proxy", cards=voice.number(rule.proxy))
    if rule.proxy_child and rule.proxy_child != rule.proxy:
        yield fill(voice.locale, "rules_proxy_child", cards=voice.number(rule.proxy_child))


def _foreigner(rule: Rule, _: RulesTold, voice: Voice) -> Iterator[str]:
    permit = "residence_permit" in rule.bring
    yield fill(voice.locale, "rules_foreigner" if permit else "rules_proxy_unknown")


_PARTS: dict[str, _Part] = {
    "overview": _overview,
    "day": _day,
    "turn": _turn,
    "amount": _amount,
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
