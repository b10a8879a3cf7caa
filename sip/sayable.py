"""What the sound pack can say of a reply: a name that no clip has is left to road and telephone."""

from collections.abc import Callable

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.dialog.values import Reply
from shared.speech.wordings import wording_of

_LOCALE = "zh-TW"


def sayable(reply: Reply, covers: Callable[[str], bool], this_pharmacy: str) -> str:
    """`reply.text`, and for each name that cannot be said what finds the pharmacy as well.

    In an answer: its order, then its road and its telephone behind the answer; in a choice between
    several: its road.
    """
    if reply.locale != _LOCALE or covers(reply.text):
        return reply.text
    wording, text = wording_of(_LOCALE), reply.text
    told = getattr(reply.outcome, "pharmacy", None)
    for pharmacy in _pharmacies(reply.outcome):
        for name in wording.names(pharmacy.name, pharmacy.district.name):
            if covers(name) or name not in text:
                continue
            road = wording.road_of(pharmacy)
            alone = pharmacy == told
            text = text.replace(
                name, this_pharmacy if alone else f"{road}那一家" if road else this_pharmacy
            )
            if alone and isinstance(reply.outcome, o.Found):
                text = _with_whereabouts(text, reply.prompt, pharmacy)
            break
    return text


def _pharmacies(outcome: o.Outcome) -> tuple[Pharmacy, ...]:
    one = getattr(outcome, "pharmacy", None)
    return (one,) if isinstance(one, Pharmacy) else tuple(getattr(outcome, "pharmacies", ()))


def _with_whereabouts(text: str, prompt: str, pharmacy: Pharmacy) -> str:
    """`text` with the address and the telephone before what it asks."""
    wording = wording_of(_LOCALE)
    more = "".join(
        f"{said}。"
        for said in (
            wording.address(pharmacy),
            f"電話，{wording.phone(pharmacy.phone)}" if pharmacy.phone else "",
        )
        if said and said not in text
    )
    at = text.rfind(prompt) if prompt else -1
    return text + more if at < 0 else text[:at] + more + text[at:]
