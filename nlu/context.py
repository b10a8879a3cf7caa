"""What the same words mean at this point of a call, and of a part of the country."""

from collections.abc import Sequence
from dataclasses import replace

from nlu.grammar import grammar
from shared.dialog.acts import OF_A_PLACE, WAYS_ON, Act, Intent
from shared.dialog.questions import MISHEARD, REGION
from shared.dialog.values import State
from shared.names.resolution import Resolution

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
