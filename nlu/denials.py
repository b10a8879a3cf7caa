"""「不是板橋，是三重」: a name that is denied, and what is said instead of it."""

import re
from functools import cache

from intents.contract import normal, sentences
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution
from shared.places.districts import by_key

_MARKS = r"[,，。、！？!?;；]\s*"
_BETWEEN_CLAUSES = {"zh-TW": r"[\s,，。、！？!?;；]+"}
"""Recognisers put a space where a Mandarin speaker pauses."""

_APART = {"en-US": " "}
"""What stands between words."""


def clauses(heard: str, locale: str) -> list[str]:
    """The parts of a sentence, between pauses."""
    return re.split(_BETWEEN_CLAUSES.get(locale, _MARKS), heard.strip())


def without_denied(heard: str, locale: str) -> str | None:
    """What is left of `heard` without the names that it denies: "" for nothing.

    None where none is denied.

    >>> without_denied("不是板橋，是三重", "zh-TW")
    '三重'
    """
    said = [normal(clause) for clause in clauses(heard, locale)]
    denials, instead = _patterns(locale)
    if not any(pattern.match(clause) for pattern in denials for clause in said):
        return None
    left = []
    for clause in said:
        denied = next((found for one in denials if (found := one.match(clause))), None)
        rest = clause if denied is None else denied["rest"] or ""
        left.append(instead.sub("", rest).strip())
    return " ".join(part for part in left if part)


def was_told(resolution: Resolution, state: State) -> bool:
    """Whether what was heard is what was just told of, or offered."""
    best = resolution.districts[0].district if resolution.districts else None
    options = (("district", state.place), *(step[:2] for step in state.options))
    if resolution.meant is Meant.PHARMACY:
        told = {*state.told, *(step[1] for step in options if step[0] == "pharmacy")}
        return any(match.pharmacy.id in told for match in resolution.pharmacies)
    if resolution.meant is Meant.COUNTY:
        places = [by_key().get(step[1]) for step in options if step[0] == "district"]
        return any(one and one.county == resolution.county for one in places)
    return best is not None and ("district", best.key) in options


@cache
def _patterns(locale: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """What a clause with a denied name looks like, and what a clause in its place begins with."""
    words = sentences(locale).denials
    apart = re.escape(_APART.get(locale, ""))
    before, behind, instead = (
        "|".join(re.escape(word) for word in sorted(words[where], key=len, reverse=True))
        for where in ("before", "behind", "instead")
    )
    denials = []
    if before:
        rest = rf"(?:{apart}(?:{instead}){apart}(?P<rest>.+))?"
        denials.append(rf"(?:{before}){apart}(?P<denied>.+?){rest}$")
    if behind:
        denials.append(rf"(?P<denied>.+?){apart}(?:{behind})(?P<rest>.*)$")
    return (
        tuple(re.compile(pattern) for pattern in denials),
        re.compile(rf"^(?:{instead}){apart}" if instead else r"(?!)"),
    )
