"""What a caller may have named while no place is known: kept, and offered rather than asked again.

A name that was misheard is often found, and not trusted. Who asks on, or says it once more, did
name something: then what was found is worth more than the question 「請問您在哪一區？」.
"""

from collections.abc import Sequence
from dataclasses import replace

from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    Choice,
    ChoosePharmacy,
    ChoosePlace,
    Phrase,
    RequestPlace,
    Say,
    TakeDistrict,
    TakePharmacy,
    Told,
    Understanding,
)
from shared.dialog.questions import REGION, likely
from shared.dialog.values import State
from shared.names.resolution import Meant, Resolution

KEPT = 6
"""Candidates that are kept: those of two utterances."""

_OFFERED = 3


def candidates(found: Resolution | None) -> tuple[Choice, ...]:
    """What `found` may name, the likeliest first."""
    if found is None:
        return ()
    if found.meant is Meant.PHARMACY:
        return tuple(TakePharmacy(one.pharmacy.id) for one in likely(found.pharmacies))
    return tuple(TakeDistrict(one.district.key) for one in likely(found.districts))


def decide_again(
    before: State, state: State, told: tuple[Told, ...], understanding: Understanding
) -> tuple[State, tuple[Told, ...]]:
    """What was decided, with what may have been named kept for the next turn, until a place is
    known; offered where the place would be asked for a second time."""
    if state.place or state.locale != before.locale:
        return _kept((), state), told
    doubtful = _joined(candidates(understanding.doubtful), state.doubtful)
    state = _kept(doubtful, state)
    again = bool(before.doubtful) and asks_for_a_place(told[-1])
    at_once = understanding.likely and may_offer(told[-1])
    offer = _offer(doubtful) if again or at_once else None
    if offer is None:
        return state, told
    asked = (act.label for act in understanding.acts if act.intent in ABOUT_A_PHARMACY)
    state = replace(state, doubtful=(), waiting=state.waiting or tuple(asked))
    return state, (*told[:-1], offer)


def _kept(doubtful: tuple[Choice, ...], state: State) -> State:
    """`state` with what may have been named; itself where it has that already."""
    return state if doubtful == state.doubtful else replace(state, doubtful=doubtful)


def _joined(new: Sequence[Choice], old: Sequence[Choice]) -> tuple[Choice, ...]:
    """What was found twice, then what was found before, then what is new."""
    twice = [one for one in new if one in old]
    return tuple(dict.fromkeys((*twice, *old, *new)))[:KEPT]


def asks_for_a_place(told: Told) -> bool:
    """Whether `told` asks where, or says for a second time that nothing was understood."""
    match told:
        case RequestPlace(county=""):
            return True
        case Say(what=Phrase.NEED_PHARMACY):
            return True
        case Say(what=Phrase.NOT_UNDERSTOOD, times=times):
            return times > 1
    return False


def may_offer(told: Told) -> bool:
    """Whether `told` asks where, or says that nothing was understood, and knows no better."""
    if isinstance(told, Say):
        return told.what in (Phrase.NEED_PHARMACY, Phrase.NOT_UNDERSTOOD)
    return isinstance(told, RequestPlace) and not told.county and told.why != REGION


def _offer(doubtful: Sequence[Choice]) -> Told | None:
    """The first candidate and those of its kind, as a question."""
    match doubtful:
        case (TakeDistrict(), *_):
            keys = [one.place for one in doubtful if isinstance(one, TakeDistrict)]
            return ChoosePlace(tuple(keys[:_OFFERED]))
        case (TakePharmacy(), *_):
            ids = [one.id for one in doubtful if isinstance(one, TakePharmacy)]
            return ChoosePharmacy(tuple(ids[:_OFFERED]))
    return None
