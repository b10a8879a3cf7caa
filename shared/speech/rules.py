"""The rules of a day in words."""

from shared.outcomes import RulesTold
from shared.rules import Rule
from shared.speech.texts import fill
from shared.speech.voice import Voice


def say_rules(outcome: RulesTold, voice: Voice) -> str:
    """Who may buy today, how many, at what price, what to bring."""
    rule, locale = outcome.rule, voice.locale
    if rule is None:
        return fill(locale, "rules_unknown")
    sentences = [fill(locale, f"rules_{rule.parity_today}")]
    if rule.parity_today != "all" and rule.child_any_day:
        sentences.append(fill(locale, "rules_child_any_day"))
    sentences.append(_amount(rule, outcome, voice))
    price = {"unit": voice.unit(outcome.product), "price": voice.number(rule.price_ntd)}
    sentences.append(fill(locale, "rules_price", **price))
    sentences.append(fill(locale, "rules_bring"))
    return ("" if locale != "en-US" else " ").join(sentences)


def _amount(rule: Rule, outcome: RulesTold, voice: Voice) -> str:
    if rule.days == 0:
        return fill(voice.locale, "rules_pack", pack=voice.number(rule.pack))
    unit = voice.unit(outcome.product)
    return fill(
        voice.locale,
        "rules_days",
        days=voice.number(rule.days),
        adult=voice.count(rule.adult_count, unit),
        child=voice.count(rule.child_count, unit),
    )
