"""An outcome → the words of its answer."""

from shared import outcomes as o
from shared.speech.about import say_about_pharmacy
from shared.speech.choices import example_of, say_choice
from shared.speech.contacts import say_contact
from shared.speech.counted import say_counted
from shared.speech.found import line_of, say_found
from shared.speech.options import say_options, say_prompt
from shared.speech.restock import say_restock
from shared.speech.rules import say_rules
from shared.speech.text_keys import TOPIC, VOICE, WITHOUT_KEYS
from shared.speech.texts import fill, texts
from shared.speech.wording import Wording
from shared.speech.wordings import wording_of

__all__ = ["say_options", "say_outcome", "say_prompt"]


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
    wording = wording_of(locale, for_the_eye)
    text = _say(outcome, wording, times, keys, for_the_eye)
    if times and text == _say(outcome, wording, times - 1, keys, for_the_eye):
        text = fill(wording.locale, "again", times - 1) + wording.gap + text
    if for_the_eye:  # a number has a blank before it, and may begin a line
        return "\n".join(line.strip() for line in text.splitlines())
    return text


def _say(  # noqa: C901  one flat match, a sentence a case
    outcome: o.Outcome, wording: Wording, times: int, keys: bool, eye: bool
) -> str:
    def t(key: str, **blanks: str) -> str:
        called = "" if keys or key not in WITHOUT_KEYS else VOICE
        return fill(wording.locale, key + called, times, **blanks)

    if isinstance(outcome, o.Found):
        return say_found(outcome, wording, eye)
    if plain := _PLAIN.get(type(outcome)):
        return t(plain)
    told = (
        say_about_pharmacy(outcome, wording, times)
        or say_counted(outcome, wording, times)
        or say_choice(outcome, wording, times)
        or say_contact(outcome, wording, times, eye)
        or say_restock(outcome, wording, times, eye)
    )
    if told:
        return told
    match outcome:
        case o.TopicTold(name):
            return t(TOPIC + name)
        case o.Greeting(product, demo):
            return t("greeting_demo" if demo else "greeting", line=line_of(product, wording))
        case o.NotCounted(product):
            return t("not_counted", line=line_of(product, wording))
        case o.NotHeard() | o.NotUnderstood():
            return _ladder(outcome, wording, keys)
        case o.UnknownPostalCode(digits):
            return t("unknown_postal_code", digits=wording.digits(digits))
        case o.RulesTold():
            return say_rules(outcome, wording)
        case o.LookedUp(sentence, values):
            return t(sentence, **{blank: wording.value(one) for blank, one in values.items()})
        case o.NoData(operator):
            return t("no_data", operator=wording.phone(operator))
        case o.Busy(operator):
            return t("busy", operator=wording.phone(operator))
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


def _ladder(outcome: o.NotHeard | o.NotUnderstood, wording: Wording, keys: bool) -> str:
    """Each time other words; when it goes on, the last two in turn."""
    key = "not_heard" if isinstance(outcome, o.NotHeard) else "not_understood"
    if outcome.offers and outcome.times <= len(texts(wording.locale)[key + "_offers"]):
        return texts(wording.locale)[key + "_offers"][outcome.times - 1]
    lines = texts(wording.locale)[key if keys else key + "_voice"]
    beyond = max(0, outcome.times - len(lines))
    line = lines[min(outcome.times, len(lines)) - 1 - beyond % 2]
    return line.format(example=example_of(outcome, wording))
