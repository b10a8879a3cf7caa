"""The platforms' intent names and slots, translated into ours.

Dialogflow and Assist take our labels as they are. Alexa's own intents are used where they exist,
and its names hold neither digits nor dots: choose1 is ChooseOneIntent.
"""

from collections.abc import Mapping
from functools import cache

from intents.contract import load_contract
from shared.places.districts import by_postal_code

_ALEXA = {
    "repeat": "AMAZON.RepeatIntent",
    "next": "AMAZON.NextIntent",
    "previous": "AMAZON.PreviousIntent",
    "restart": "AMAZON.StartOverIntent",
    "stop": "AMAZON.StopIntent",
    "help": "AMAZON.HelpIntent",
    "yes": "AMAZON.YesIntent",
    "no": "AMAZON.NoIntent",
    "choose1": "ChooseOneIntent",
    "choose2": "ChooseTwoIntent",
    "choose3": "ChooseThreeIntent",
    "rules.overview": "RulesIntent",
}

_ALSO = {
    "AMAZON.CancelIntent": "stop",
    "AMAZON.NavigateHomeIntent": "stop",
    "AMAZON.MoreIntent": "next",
}
"""Intents of Amazon's that mean the same as another."""

ENDS = ("odd", "even")
"""How an id may end. Alexa passes no words on, so 「尾號是單號」 is an intent of its own there."""


def alexa_name(label: str, ends: str = "") -> str:
    """The name of a label of the contract in an Alexa interaction model.

    >>> alexa_name("next"), alexa_name("choose1"), alexa_name("rules.price"), alexa_name("ask")
    ('AMAZON.NextIntent', 'ChooseOneIntent', 'RulesPriceIntent', 'AskIntent')
    >>> alexa_name("rules.day", "odd")
    'RulesDayOddIntent'
    """
    own = "".join(part.capitalize() for part in (*label.split("."), ends))
    return _ALEXA.get(label) or f"{own}Intent"


@cache
def _labels() -> Mapping[str, str]:
    """A platform's name → our label."""
    labels = load_contract().intents
    found = {alexa_name(label): label for label in labels} | _ALSO
    found |= {alexa_name(label, ends): label for label in labels for ends in ENDS}
    return found | {label: label for label in labels}


def label_named(name: str) -> str:
    """The label of a platform's intent; "" for its fallback and for an unknown one.

    >>> label_named("AMAZON.CancelIntent"), label_named("ask"), label_named("Default Fallback")
    ('stop', 'ask', '')
    """
    return _labels().get(name, "")


def ends_of(name: str) -> str:
    """The ending of an id in an Alexa intent's name: odd, even; "" for none.

    >>> ends_of("RulesDayOddIntent"), ends_of("RulesPriceIntent")
    ('odd', '')
    """
    return next((ends for ends in ENDS if name.endswith(f"{ends.capitalize()}Intent")), "")


NAME_SLOTS = ("county", "district", "road", "landmark", "pharmacy")
"""The slots that name a place or a pharmacy."""


def heard_in(slots: Mapping[str, object]) -> str:
    """The places and pharmacies among `slots` as one text, in the order of an address; or "".

    >>> heard_in({"county": "台北市", "district": "台北市大安區", "product": "adult_mask"})
    '台北市大安區'
    """
    county, district, road, landmark, pharmacy = (
        value if isinstance(value := slots.get(name), str) else "" for name in NAME_SLOTS
    )
    if county and district.startswith(county):
        county = ""
    return county + district + road + landmark + pharmacy


def unknown_code_in(slots: Mapping[str, object]) -> bool:
    """Whether a slot holds a number that is not a postal code.

    >>> unknown_code_in({"number": "999"}), unknown_code_in({"number": "106"}), unknown_code_in({})
    (True, False, False)
    """
    return bool(slots.get("number")) and not keys_in(slots)


def keys_in(slots: Mapping[str, object]) -> str:
    """The postal code in `slots`, as keys; "" for none, and for one that does not exist in Taiwan.

    >>> keys_in({"number": 106.0}), keys_in({"number": "999"})
    ('106', '')
    """
    number = slots.get("number")
    code = f"{number:.0f}" if isinstance(number, float) else str(number)
    return code if code in by_postal_code() else ""
