"""What the platforms make of a sentence, in our words: their intent names, and their slots.

Dialogflow and Assist take our names as they are. Alexa's own intents are used where they exist, and
its names hold no digits: choose1 is ChooseOneIntent, address is AddressIntent. It tells no words,
so each part of the rules is an intent of its own there: RulesPriceIntent.
"""

from collections.abc import Mapping

from shared.dialog.values import Intent
from shared.outcomes import RULE_PARTS
from shared.places.districts import by_postal_code

_ALEXA = {
    Intent.REPEAT: "AMAZON.RepeatIntent",
    Intent.NEXT: "AMAZON.NextIntent",
    Intent.PREVIOUS: "AMAZON.PreviousIntent",
    Intent.RESTART: "AMAZON.StartOverIntent",
    Intent.STOP: "AMAZON.StopIntent",
    Intent.HELP: "AMAZON.HelpIntent",
    Intent.YES: "AMAZON.YesIntent",
    Intent.NO: "AMAZON.NoIntent",
    Intent.CHOOSE1: "ChooseOneIntent",
    Intent.CHOOSE2: "ChooseTwoIntent",
    Intent.CHOOSE3: "ChooseThreeIntent",
}

_ALSO = {
    "AMAZON.CancelIntent": Intent.STOP,
    "AMAZON.NavigateHomeIntent": Intent.STOP,
    "AMAZON.MoreIntent": Intent.NEXT,
}
"""Intents of Amazon's that mean the same as another."""


def alexa_name(intent: Intent) -> str:
    """What `intent` is called in an Alexa interaction model.

    >>> alexa_name(Intent.NEXT), alexa_name(Intent.CHOOSE1), alexa_name(Intent.ASK)
    ('AMAZON.NextIntent', 'ChooseOneIntent', 'AskIntent')
    """
    return _ALEXA.get(intent) or f"{intent.value.capitalize()}Intent"


def alexa_rules_name(part: str, ends: str) -> str:
    """What a question about one part of the rules is called there. `ends`: odd, even or "".

    >>> alexa_rules_name("price", ""), alexa_rules_name("day", "odd"), alexa_rules_name("", "")
    ('RulesPriceIntent', 'RulesDayOddIntent', 'RulesIntent')
    """
    told = "" if part == RULE_PARTS[0] else part
    return f"Rules{told.capitalize()}{ends.capitalize()}Intent"


_RULES = {
    alexa_rules_name(part, ends): (part, ends)
    for part in RULE_PARTS
    for ends in ("", "odd", "even")
}


def rules_asked(name: str) -> tuple[str, str]:
    """The part of the rules that a platform's intent asks for, and how the id ends; "" for none.

    >>> rules_asked("RulesDayOddIntent"), rules_asked("AMAZON.NextIntent")
    (('day', 'odd'), ('', ''))
    """
    return _RULES.get(name, ("", ""))


_MEANT = {alexa_name(intent): intent for intent in Intent} | _ALSO
_MEANT |= dict.fromkeys(_RULES, Intent.RULES)
_MEANT |= {intent.value: intent for intent in Intent}


def intent_named(name: str) -> Intent | None:
    """What a platform's intent stands for; None for its fallback and for any that is not ours.

    >>> intent_named("AMAZON.CancelIntent"), intent_named("ask"), intent_named("Default Fallback")
    (<Intent.STOP: 'stop'>, <Intent.ASK: 'ask'>, None)
    """
    return _MEANT.get(name)


def heard_in(slots: Mapping[str, object]) -> str:
    """The places and pharmacies among `slots` as one text, in the order of an address; or "".

    >>> heard_in({"county": "台北市", "district": "台北市大安區", "product": "adult_mask"})
    '台北市大安區'
    """
    county, district, road, pharmacy = (
        value if isinstance(value := slots.get(name), str) else ""
        for name in ("county", "district", "road", "pharmacy")
    )
    if county and district.startswith(county):
        county = ""
    return county + district + road + pharmacy


def keys_in(slots: Mapping[str, object]) -> str:
    """The postal code among `slots`, as keys; "" for none, and for one that is none of Taiwan's.

    >>> keys_in({"number": 106.0}), keys_in({"number": "999"})
    ('106', '')
    """
    number = slots.get("number")
    code = f"{number:.0f}" if isinstance(number, float) else str(number)
    return code if code in by_postal_code() else ""
