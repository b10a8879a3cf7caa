"""The rules of a day in words."""

from collections.abc import Iterator
from datetime import timedelta

from shared.outcomes import RulesTold
from shared.rules import Rule
from shared.speech.texts import fill
from shared.speech.voice import Voice

_NEWS = timedelta(days=14)
"""A change is told for so long: after two weeks everybody has bought by the new rule once."""

_BRING = {
    "health_card": "rules_bring",
    "child_card": "rules_bring_child",
    "residence_permit": "rules_bring_permit",
}


def say_rules(outcome: RulesTold, voice: Voice) -> str:
    """Who may buy today, how many, at what price, what to bring."""
    if outcome.rule is None:
        return fill(voice.locale, "rules_unknown")
    return voice.gap.join(_sentences(outcome.rule, outcome, voice))


def _sentences(rule: Rule, outcome: RulesTold, voice: Voice) -> Iterator[str]:
    def t(key: str, **blanks: str) -> str:
        return fill(voice.locale, key, **blanks)

    if rule.changed and outcome.day - rule.since < _NEWS:
        yield t("rules_changed", date=voice.day(rule.since))
    yield t(f"rules_{rule.parity_today}")
    if rule.parity_today != "all" and rule.child_any_day:
        yield t("rules_child_any_day")
    yield _amount(rule, outcome, voice)
    if rule.child_age:
        yield t("rules_child_age", age=voice.number(rule.child_age))
    if rule.adults_child_size and rule.child_age:
        yield t("rules_child_size")
    unit = voice.unit(outcome.product)
    if rule.pack > 1:
        yield t("rules_pack", unit=unit, pack=voice.number(rule.pack))
    yield t("rules_price", unit=unit, price=voice.number(rule.price_ntd))
    for thing in rule.bring:
        if thing in _BRING:
            yield t(_BRING[thing])
    if rule.free_market:
        yield t("rules_free_market")


def _amount(rule: Rule, outcome: RulesTold, voice: Voice) -> str:
    unit = voice.unit(outcome.product)
    adult = voice.count(rule.adult_count, unit)
    if rule.days == 0:
        return fill(voice.locale, "rules_round", adult=adult)
    child = voice.tally(rule.child_count, unit)
    days = voice.number(rule.days)
    return fill(voice.locale, "rules_days", days=days, adult=adult, child=child)
