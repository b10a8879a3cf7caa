"""An outcome → the words of its answer."""

from shared import outcomes as o
from shared.speech.about import say_about_pharmacy
from shared.speech.choices import example_of, say_choice
from shared.speech.counted import say_counted
from shared.speech.found import line_of, say_found
from shared.speech.restock import say_restock
from shared.speech.rules import say_rules
from shared.speech.wording import Wording
from shared.speech.wordings import wording_of

TOPIC = "topic_"
"""What the keys of topics begin with; which there are stands in intents/contract.yaml."""


def say_outcome(
    outcome: o.Outcome,
    locale: str,
    *,
    times: int = 0,
    keys: bool = True,
    for_the_eye: bool = False,
) -> str:
    """The answer in words, never empty.

    `times`: how often the same was said in a row before; no text equals the one before it.
    `keys`: the caller has a keypad that may be spoken of.
    """
    wording = wording_of(locale, for_the_eye, keys=keys, turn=times)
    text = _say(outcome, wording)
    if times:
        before = wording_of(locale, for_the_eye, keys=keys, turn=times - 1)
        if text == _say(outcome, before):
            text = before.say("again") + wording.gap + text
    if for_the_eye:  # a number has a blank before it, and may begin a line
        return "\n".join(line.strip() for line in text.splitlines())
    return text


def _say(outcome: o.Outcome, wording: Wording) -> str:
    if isinstance(outcome, o.Found):
        return say_found(outcome, wording)
    if plain := _PLAIN.get(type(outcome)):
        return wording.say(plain)
    return (
        say_about_pharmacy(outcome, wording)
        or say_counted(outcome, wording)
        or say_choice(outcome, wording)
        or say_restock(outcome, wording)
        or _say_of_the_line(outcome, wording)
    )


def _say_of_the_line(outcome: o.Outcome, wording: Wording) -> str:
    match outcome:
        case o.TopicTold(name):
            return wording.say(TOPIC + name)
        case o.Greeting(product, demo):
            key = "greeting_demo" if demo else "greeting"
            return wording.say(key, line=line_of(product, wording))
        case o.NotCounted(product):
            return wording.say("not_counted", line=line_of(product, wording))
        case o.NotHeard() | o.NotUnderstood():
            return _ladder(outcome, wording)
        case o.UnknownPostalCode(digits):
            return wording.say("unknown_postal_code", digits=wording.digits(digits))
        case o.RulesTold():
            return say_rules(outcome, wording)
        case o.LookedUp(sentence, values):
            blanks = {blank: wording.value(one) for blank, one in values.items()}
            return wording.say(sentence, **blanks)
        case o.ToPerson(number, connects):
            key = "to_person" if connects else "to_person_told"
            return wording.say(key, number=wording.phone(number))
        case o.NoData(operator):
            return wording.say("no_data", operator=wording.phone(operator))
        case o.Busy(operator):
            return wording.say("busy", operator=wording.phone(operator))
    raise AssertionError(f"nothing is said of {type(outcome).__name__}")


_PLAIN: dict[type, str] = {
    o.NeedPharmacy: "need_pharmacy",
    o.NoPrevious: "no_previous",
    o.Help: "help",
    o.Slower: "slower",
    o.Emergency: "emergency",
    o.NotAChoice: "not_a_choice",
    o.NoAnswer: "no_answer",
    o.NotifyWhich: "notify_which",
    o.NotifyFull: "notify_full",
    o.NotifyFailed: "notify_failed",
    o.NotRemembered: "not_remembered",
    o.Forgotten: "forgotten",
    o.NotForgotten: "not_forgotten",
    o.LanguageChanged: "language",
    o.Goodbye: "goodbye",
}
"""Outcomes whose sentence has no blank."""


def _ladder(outcome: o.NotHeard | o.NotUnderstood, wording: Wording) -> str:
    """Each time other words; when it goes on, the last two in turn."""
    key = "not_heard" if isinstance(outcome, o.NotHeard) else "not_understood"
    if outcome.offers and outcome.times <= len(wording.texts[key + "_offers"]):
        return wording.texts[key + "_offers"][outcome.times - 1]
    lines = wording.texts[key if wording.keys else key + "_voice"]
    beyond = max(0, outcome.times - len(lines))
    line = lines[min(outcome.times, len(lines)) - 1 - beyond % 2]
    return line.format(example=example_of(outcome, wording))
