"""What the same words mean at this point of a call, and of a part of the country."""

from collections.abc import Sequence
from dataclasses import replace

from nlu.grammar import grammar
from shared.dialog.acts import OF_A_PLACE, WAYS_ON, Act, DayAndHour, Intent
from shared.dialog.questions import MISHEARD, REGION
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution

_OF_A_REGION = (Intent.ASK, Intent.NEARBY, Intent.LEFT, *OF_A_PLACE, *WAYS_ON)
"""What may be asked of a part of the country."""


def is_region(text: str, names: Resolution | None, locale: str) -> bool:
    """Whether `text` tells a part of the country, and no place: 「中部」 is no 台中, nor 中埔."""
    if names and (names.sure or names.written):
        return False
    return grammar(locale).region.search(text) is not None


def of_region(acts: list[Act], product: str) -> list[Act]:
    """What is asked of a part of the country, too large to be answered: where in it is asked."""
    asked = Act(Intent.ASK, REGION, product=product)
    if not acts:  # 「北部」
        return [asked]
    others = [act for act in acts if act.intent not in _OF_A_REGION]
    return acts if len(others) == len(acts) else [*others, asked]


_OF_A_TIME = (Intent.HOURS, Intent.SALE, Intent.SELLOUT, Intent.NEXT, Intent.ONLY, Intent.LIST)
"""What is asked of a pharmacy, or of the next; with a time and 「哪一家」 for one that is open."""

_DATED = (Intent.HOURS, Intent.SALE, Intent.PLATES, Intent.RULES)
"""What is asked of a day, whatever else is."""


def at_a_time(acts: Sequence[Act], asked: Act, text: str, locale: str) -> list[Act]:
    """`acts`, of which a question for any pharmacy that is open at a time asks for that.

    「晚上哪一家有開」 asks for one, 「那家晚上有開嗎」 for the hours of that one, 「晚上開到幾點」
    for an hour. What else is asked is asked of now. `asked`: the question for stock, which is
    meant where a time and 「有沒有」 are all that was understood.
    """
    words = grammar(locale)
    this = words.this_one.search(text) is not None
    any_one = words.which.search(text) is not None and not this
    alone = words.day_alone.match(text) is not None
    if not acts and any_one:
        acts = [asked]
    of_any = (*_OF_A_TIME, Intent.ASK) if any_one else (Intent.ASK,) if alone else ()
    hour = words.what_time.search(text) is not None
    made = [_at_its_time(act, of_any, this, hour) for act in acts]
    first = next((act for act in made if act.intent is Intent.ASK), None)
    return [act for act in made if act.intent is not Intent.ASK or act is first]


def _at_its_time(act: Act, of_any: Sequence[Intent], this: bool, hour: bool) -> Act:
    """`act` as it is meant where it tells a time.

    `of_any`: the intents that ask for any pharmacy then; `this`: the one told of is named; `hour`:
    an hour is asked for, so that a part of the day is none.
    """
    if act.when is None:
        return act
    nothing_named = act.names is None or act.names.meant is not Meant.PHARMACY
    now = act.when == DayAndHour()
    if act.intent in of_any and nothing_named and not (now and len(of_any) > 1):
        return replace(act, intent=Intent.ASK, part="")
    if this and not now and act.names is None and act.intent in (Intent.ASK, Intent.NEXT):
        return replace(act, intent=Intent.HOURS)
    if act.intent not in _DATED:
        return replace(act, when=None)
    return replace(act, when=replace(act.when, part=None)) if hour else act


def at_this_point(acts: Sequence[Act], text: str, state: State) -> list[Act]:
    """`acts` of an utterance that names nothing, as they are meant after what was told.

    「離我家最近的」 after an answer is near the caller, and not near that pharmacy; 「你聽錯了」
    asks for something else, and not for the next one.
    """
    words = grammar(state.locale)
    near_her = bool(state.told) and words.nearest.search(text) is not None
    made = []
    for act in acts:
        if act.intent is Intent.NEARBY and near_her:
            made.append(replace(act, intent=Intent.NEARER))
        elif act.intent is Intent.NO and words.misheard.search(text):
            made.append(replace(act, part=MISHEARD))
        else:
            made.append(act)
    return made
