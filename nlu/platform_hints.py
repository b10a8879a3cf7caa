"""The intent and slots that a platform recognised, beside what its words tell."""

from dataclasses import replace

from nlu.act_labels import (
    MOST_ACTS,
)
from nlu.dtmf import of_districts
from nlu.evidence import Evidence
from nlu.naming import (
    QUESTIONS,
)
from shared.dialog.acts import (
    Act,
    Intent,
    Understanding,
    read_label,
)
from shared.dialog.values import Hint
from shared.names.resolution import Meant
from shared.places.districts import by_postal_code

SLOT_NAMED = 0.3
"""What stands in a platform's slot was said as a name; below this it is none of ours: 「東京」."""


def with_hint(own: Understanding, hint: Hint, evidence: Evidence) -> Understanding:
    """The platform's intent and slots, and `own`, what its words tell beside them.

    What a slot names counts in every intent that has one; what it could not name is asked for.
    """
    if hint.keys:
        return _of_code(hint)
    names = own.names if own.names and own.names.meant is not Meant.NOTHING else None
    if hint.words:
        found = evidence.names(hint.words)
        names = found if found.sure or found.named > SLOT_NAMED else None
    act = Act(*read_label(hint.label), product=hint.product)
    if same := next((one for one in own.acts if one.label == hint.label), None):
        act = replace(same, product=hint.product or same.product)
    if act.intent in QUESTIONS:
        if names is None and (hint.unresolved or hint.words):
            return Understanding((Act(Intent.ASK, names=None, part="unknown"),), None)
        act = replace(act, names=names)
    others = [one for one in own.acts if one.intent is not act.intent]
    asks_more = hint.label == "ask" and any(one.intent in QUESTIONS for one in others)
    acts = (*others,) if asks_more else (act, *others)
    return Understanding(acts[:MOST_ACTS], names)


def _of_code(hint: Hint) -> Understanding:
    """A postal code in a slot; what is none is said so."""
    districts = by_postal_code().get(hint.keys, ())
    if not districts:
        return Understanding()
    names = of_districts(hint.keys, districts)
    act = Act(*read_label(hint.label), product=hint.product, names=names)
    if act.intent not in QUESTIONS:
        act = replace(act, intent=Intent.ASK, part="")
    return Understanding((act,), names)
